#pragma once
#include <map>
#include <string>
#include <vector>

#include <hourglass/tensor/product.h>

// What weights alone do not tell of a network: which layers it has, in which order. Written down, so that a program
// that knows no model can make it anew in another format (io/network.h, io/onnx/).
namespace hourglass::HOURGLASS_BUILD::nn {

/// A step of a network, by its kind:
///
///     linear, conv2d, conv_transpose2d, batch_norm, layer_norm     PyTorch's, as they are in use
///     activation    φ(x), and nothing else
///     reshape       each row in the sizes axis1, axis2, …
///     first         the first `count` columns
///     round         the nearest whole number, of two the even one
///     top_k         the `k` largest numbers of each row, and 0 for the others
///     nearest       instead of each `width` numbers the row of the parameter `prefix` that is nearest to them
struct Note {
  std::string kind;
  std::string prefix = "";  ///< of its parameters' names, as in "encoder.0."
  Activation activation = Activation::none;
  std::map<std::string, double> numbers = {};  ///< stride, padding, output_padding; epsilon; or as above
};
using Notes = std::vector<Note>;

/// A model's networks by name: encoder, decoder, generator, …
using Networks = std::map<std::string, Notes>;

}  // namespace hourglass::HOURGLASS_BUILD::nn
