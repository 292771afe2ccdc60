#pragma once
#include <map>
#include <string>

#include <hourglass/nn/spec.h>

// The networks of a model as texts beside its weights, in the same file, so that a program without the
// model can convert them to another format (io/onnx/).
namespace hourglass::HOURGLASS_BUILD::io {

/// "none", "relu", "leaky_relu", "sigmoid", "tanh", "gelu" or "silu".
const char* activation_name(Activation activation);
/// Texts for `save_weights`: "network.encoder", …. Where the parameters' names have something before them
/// ("plain.encoder.0.weight"), it stands in `prefix` ("plain."), and before the networks' names, too.
std::map<std::string, std::string> describe(const nn::Networks& networks, const std::string& prefix = "");
/// One network from its text. Throws, naming `who`, on anything that `describe` does not write.
nn::NetworkSpec parse_network(const std::string& text, const std::string& who);

}  // namespace hourglass::HOURGLASS_BUILD::io
