#pragma once
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include <hourglass/metrics/activity.h>
#include <hourglass/models/autoencoder.h>
#include "lessons/common/run.h"

// What lesson 07 measures of its networks, and how its page shows that.
namespace hourglass::HOURGLASS_BUILD {

/// Training images for the linear probe; test images as they are, and with noise.
struct Samples {
  const data::Images &train, &test;
  Tensor x, noisy;  ///< [n, pixels], both of `test`
};

/// A trained network: f, g, the decoder's W [pixels, code], and the threshold above which |h| counts as active.
struct Trained {
  template <models::AnyAutoencoder Model>
  Trained(const std::string& name, Model& model, Number threshold)
      : name(name),
        encode([&](const Tensor& x) { return model.encode(x).value(); }),
        decode([&](const Tensor& h) { return model.decode(h).value(); }),
        W(model.parameters()[2].variable),
        threshold(threshold) {}

  std::string name;
  std::function<Tensor(const Tensor&)> encode, decode;
  Variable W;
  Scalar threshold;
};

/// What is measured of one network.
struct Measured {
  std::string name;
  double error = 0;                             ///< ‖x - r‖², averaged over images
  metrics::Activity units;                      ///< how often units are active
  double mean_activity = 0;                     ///< the mean of h over units and images
  double noise_copied = 0;                      ///< Σ (r(x~) - r(x)) d / Σ d², with the noise d = x~ - x
  std::optional<double> probe_percent, purity;  ///< of the classes, where there are labels
  std::vector<std::vector<int>> strongest;      ///< of each unit: the images that activate it most
  Variable W;                                   ///< the decoder's
};
Measured measure(const Trained& network, const Samples& samples);

/// The metrics of each network, and those of two networks with a penalty relative to the same network without it.
void record(Run& run, const std::vector<Measured>& measured);
/// A row for each network.
void show_table(Run& run, const std::vector<Measured>& measured);
/// The share of images in which each unit is active, in descending order.
void show_activity(Run& run, const std::vector<Measured>& measured);
/// What units add to an image (the columns of W), and the images that activate them most.
void show_units(Run& run, const std::vector<Measured>& measured, const data::Images& test);

}  // namespace hourglass::HOURGLASS_BUILD
