#pragma once
#include <map>
#include <string>
#include <vector>

#include <hourglass/tensor/activation.h>

// What weights alone do not hold of a network: which layers it has, and in which order. Written beside the weights, it
// lets a program that has no model rebuild the network in another format (io/network.h, io/onnx/).
namespace hourglass::HOURGLASS_BUILD::nn {

/// A layer of a network, by its kind:
///
///     linear, conv2d, conv_transpose2d, batch_norm, layer_norm     PyTorch's, in evaluation mode
///     activation    φ(x), and nothing else
///     reshape       each row in the sizes axis1, axis2, …
///     first         the first `count` columns
///     round         the nearest integer, of two the even one
///     top_k         the `k` largest elements of each row, and 0 for the others
///     nearest       instead of each `width` elements the row of the parameter `prefix` that is nearest to them
struct LayerSpec {
  std::string kind;
  std::string prefix = "";  ///< of its parameters' names, as in "encoder.0."
  Activation activation = Activation::none;
  std::map<std::string, double> numbers = {};  ///< stride, padding, output_padding; epsilon; or as above
};
using NetworkSpec = std::vector<LayerSpec>;

/// A model's networks by name: encoder, decoder, generator, …
using Networks = std::map<std::string, NetworkSpec>;

}  // namespace hourglass::HOURGLASS_BUILD::nn
