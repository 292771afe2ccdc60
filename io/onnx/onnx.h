#pragma once
#include <string>

#include <hourglass/io/safetensors.h>
#include <hourglass/nn/layer.h>

// A library of its own, so that nothing else needs protobuf.
namespace hourglass::HOURGLASS_BUILD::io {

/// A network as an ONNX file (opset 17), from a file of weights that describes its networks (io/network.h): what
/// onnxruntime and others run. Its input is called "input", its output "output"; the batch is the free axis "n".
/// Throws, naming `who`, when there is no such network, listing those that there are, and on what is not a network.
std::string to_onnx(const Archive& weights, const std::string& network, const std::string& who);

/// The same of a model in memory:  save_onnx("decoder.onnx", model.networks().at("decoder"), model.parameters())
void save_onnx(const std::string& path, const nn::NetworkSpec& network, const nn::Parameters& parameters);

}  // namespace hourglass::HOURGLASS_BUILD::io
