#pragma once
#include <string>
#include <vector>

#include <hourglass/models/convolutional.h>
#include "lessons/common/run.h"

// What lesson 16 measures of its networks, and how its page shows that.
namespace hourglass::HOURGLASS_BUILD {

/// One of the networks that are compared. Its input is the image with its pixels in another order: at index i stands
/// pixel order[i].
struct Variant {
  std::string name;
  models::Autoencoder* model;
  std::vector<int> order;

  /// The network's input for images x [n, pixels].
  Tensor permuted(const Tensor& x) const;
  /// g(f(x)), the pixels in the order of x again.
  Tensor reconstruct(const Tensor& x) const;
};

/// Of each network: its number of parameters, ‖x - r‖² per test image, and reconstructions.
void measure_errors(Run& run, const std::vector<Variant>& variants, const data::Images& test);

/// ‖x - r‖² per test image of the first two networks, for digits that are shifted to the right by 0 to 4 pixels.
void measure_shifts(Run& run, const std::vector<Variant>& variants, const data::Images& test);

/// The equivariance of the feature maps: how far the maps of images that are shifted by 4 pixels are from the maps
/// shifted by 1, away from the edges, relative to the maps. And the maps of the first layer as pictures.
void measure_maps(Run& run, const models::Convolutional& model, const data::Images& test);

}  // namespace hourglass::HOURGLASS_BUILD
