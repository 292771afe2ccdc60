#include "io/network.h"

#include <nlohmann/json.hpp>

#include "io/json.h"
#include "nn/convolution.h"
#include "nn/linear.h"
#include "nn/normalization.h"
#include "tensor/error.h"

namespace hourglass::inline HOURGLASS_BUILD::io {
namespace {

using Json = nlohmann::json;

constexpr const char* activations[] = {"none", "relu", "leaky_relu", "sigmoid", "tanh", "gelu", "silu"};
static_assert(std::size(activations) == static_cast<std::size_t>(Activation::silu) + 1);

std::string name(Activation activation) { return activations[static_cast<std::size_t>(activation)]; }

LayerNote note_of(const nn::Layer& layer, const std::string& prefix) {
  if (const auto* it = dynamic_cast<const nn::Linear*>(&layer)) return {"linear", prefix, name(it->activation), {}};
  if (const auto* it = dynamic_cast<const nn::Convolution*>(&layer)) {
    const bool forwards = dynamic_cast<const nn::Conv2d*>(it) != nullptr;
    return {forwards ? "conv2d" : "conv_transpose2d",
            prefix,
            name(it->activation),
            {{"stride", static_cast<double>(it->sizes.stride)},
             {"padding", static_cast<double>(it->sizes.padding)},
             {"output_padding", static_cast<double>(it->sizes.output_padding)}}};
  }
  if (const auto* it = dynamic_cast<const nn::BatchNorm*>(&layer))
    return {"batch_norm", prefix, "none", {{"epsilon", it->epsilon}}};
  if (const auto* it = dynamic_cast<const nn::LayerNorm*>(&layer))
    return {"layer_norm", prefix, "none", {{"epsilon", it->epsilon}}};
  fail("describe: layer ", prefix, " is a function, which cannot be written down; expected Linear, Conv2d, ",
       "ConvTranspose2d, BatchNorm or LayerNorm");
}

}  // namespace

std::string describe(const nn::Sequential& network, const std::string& prefix) {
  Json layers = Json::array();
  int place = 0;
  for (const auto& layer : network.layers()) {
    const LayerNote note = note_of(*layer, prefix + std::to_string(place) + ".");
    layers.push_back({{"kind", note.kind}, {"prefix", note.prefix}, {"activation", note.activation}});
    layers.back()["numbers"] = note.numbers;
    place += layer->places();
  }
  return layers.dump();
}

std::vector<LayerNote> parse_network(const std::string& text, const std::string& who) {
  const Json layers = parse_json(who, text, 3);
  require(layers.is_array() && !layers.empty(), who, ": expected a list of layers");
  std::vector<LayerNote> notes;
  for (const Json& layer : layers) {
    require(layer.is_object() && layer.size() == 4 && layer.contains("numbers") && layer["numbers"].is_object(), who,
            ": expected kind, prefix, activation and numbers in each layer");
    LayerNote note;
    for (const auto& [name, field] : std::map<std::string, std::string*>{
             {"kind", &note.kind}, {"prefix", &note.prefix}, {"activation", &note.activation}}) {
      require(layer.contains(name) && layer[name].is_string(), who, ": ", name, " is not a text");
      *field = layer[name].get<std::string>();
    }
    for (const auto& [name, value] : layer["numbers"].items()) {
      require(value.is_number(), who, ": ", name, " is not a number");
      note.numbers[name] = value.get<double>();
    }
    notes.push_back(std::move(note));
  }
  return notes;
}

}  // namespace hourglass::inline HOURGLASS_BUILD::io
