#pragma once
#include <string>
#include <vector>

#include <hourglass/models/autoencoder.h>
#include <hourglass/nn/corruption.h>
#include "lessons/common/run.h"

// What lesson 08 measures of its networks, and how its page shows that.
namespace hourglass::HOURGLASS_BUILD {

/// One of the networks that are compared.
struct Variant {
  std::string name;
  nn::Corruption noise;  ///< of its input in training
  Number weight;         ///< λ of λ Σ |h|
  models::Autoencoder model;
  /// g(f(x))
  Tensor reconstruct(const Tensor& x) { return model.decode(model.encode(x)).value(); }
};

/// S23, S26: the error of clean images ‖x - r(x)‖²; which share of added noise the output copies; how well a linear
/// probe, trained on the codes of labelled images, predicts the class; what units add to an image.
void measure_codes(Run& run, const data::Images& labelled, const data::Images& test, std::vector<Variant>& variants);

/// S25, S26: the error ‖x - r(x~)‖² under each noise: of the noisy image itself, of filters and PCA (their settings
/// chosen on training images), of the best affine map, and of each network.
void measure_errors(Run& run, const data::Images& train, const data::Images& test, std::vector<Variant>& variants);

/// S24: how far noise moves the activations of each layer, relative to how far images differ there.
void measure_layers(Run& run, const Tensor& x, const Tensor& noisy, const std::vector<Variant>& variants);

}  // namespace hourglass::HOURGLASS_BUILD
