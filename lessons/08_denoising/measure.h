#pragma once
#include <string>
#include <vector>

#include <hourglass/models/autoencoder.h>
#include <hourglass/nn/corruption.h>
#include "lessons/common/run.h"

// The measurements of lesson 08, and how its page shows them.
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

/// S23, S26: the error on clean images ‖x - r(x)‖²; the share of an added noise that the output contains; the accuracy
/// of a linear probe, trained on the codes of labelled images; the decoder's weights of single units.
void measure_codes(Run& run, const data::Images& labelled, const data::Images& test, std::vector<Variant>& variants);

/// S25, S26: the error ‖x - r(x~)‖² under each kind of noise: of the noisy image itself, of filters and PCA (their
/// settings chosen on training images), of the best affine map, and of each network.
void measure_errors(Run& run, const data::Images& train, const data::Images& test, std::vector<Variant>& variants);

/// S24: the squared change of each layer's activations by noise, relative to their variance over images.
void measure_layers(Run& run, const Tensor& x, const Tensor& noisy, const std::vector<Variant>& variants);

}  // namespace hourglass::HOURGLASS_BUILD
