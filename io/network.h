#pragma once
#include <map>
#include <string>
#include <vector>

#include "nn/layer.h"

// What weights alone do not tell of a network: which layers it has, in which order. Kept as a note in the file of
// weights, so that a program that knows no model can make it into another format (tools/onnx).
namespace hourglass::inline HOURGLASS_BUILD::io {

/// One layer: its kind (linear, conv2d, conv_transpose2d, batch_norm, layer_norm), the prefix of its parameters' names
/// ("encoder.0."), its activation, its numbers.
struct LayerNote {
  std::string kind, prefix, activation = "none";
  std::map<std::string, double> numbers;  ///< stride, padding, output_padding; epsilon
};

/// The layers as a text; `prefix` stands before their parameters' names, as in `collect`. Throws, naming the place, on
/// a layer without parameters: a function in C++ cannot be written down.
std::string describe(const nn::Sequential& network, const std::string& prefix);
/// What `describe` wrote. Throws, naming `who`, on anything else.
std::vector<LayerNote> parse_network(const std::string& text, const std::string& who);

}  // namespace hourglass::inline HOURGLASS_BUILD::io
