#include <hourglass/io/network.h>

#include <algorithm>
#include <nlohmann/json.hpp>

#include <hourglass/io/json.h>
#include <hourglass/tensor/error.h>

namespace hourglass::HOURGLASS_BUILD::io {
namespace {

using Json = nlohmann::json;

struct Named {
  Activation::Kind kind;
  const char* name;
};
constexpr Named activations[] = {
    {Activation::none, "none"},       {Activation::relu, "relu"}, {Activation::leaky_relu, "leaky_relu"},
    {Activation::sigmoid, "sigmoid"}, {Activation::tanh, "tanh"}, {Activation::gelu, "gelu"},
    {Activation::silu, "silu"}};
constexpr const char* negative_slope = "negative_slope";  // among a layer's numbers, where it has one

}  // namespace

const char* activation_name(Activation activation) {
  return std::find_if(std::begin(activations), std::end(activations),
                      [=](const Named& known) { return known.kind == activation.kind; })
      ->name;
}

namespace {

Activation parse_activation(const std::string& name, const std::string& who) {
  const auto* found = std::find_if(std::begin(activations), std::end(activations),
                                   [&](const Named& known) { return known.name == name; });
  require(found != std::end(activations), who, ": unknown activation '", name, "'");
  return found->kind;
}

std::string to_json(const nn::NetworkSpec& network, const std::string& prefix) {
  Json layers = Json::array();
  for (const nn::LayerSpec& note : network) {
    layers.push_back({{"kind", note.kind}, {"prefix", note.prefix.empty() ? "" : prefix + note.prefix}});
    layers.back()["activation"] = activation_name(note.activation);
    layers.back()["numbers"] = note.numbers;
    if (note.activation.kind == Activation::leaky_relu)
      layers.back()["numbers"][negative_slope] = note.activation.negative_slope;
  }
  return layers.dump();
}

}  // namespace

std::map<std::string, std::string> describe(const nn::Networks& networks, const std::string& prefix) {
  std::map<std::string, std::string> texts;
  for (const auto& [name, network] : networks) texts["network." + prefix + name] = to_json(network, prefix);
  return texts;
}

nn::NetworkSpec parse_network(const std::string& text, const std::string& who) {
  const Json layers = parse_json(who, text, 3);
  require(layers.is_array() && !layers.empty(), who, ": expected a list of layers");
  nn::NetworkSpec notes;
  for (const Json& layer : layers) {
    require(layer.is_object() && layer.size() == 4 && layer.contains("numbers") && layer["numbers"].is_object(), who,
            ": expected kind, prefix, activation and numbers in each layer");
    nn::LayerSpec note;
    std::string activation;
    for (const auto& [name, field] : std::map<std::string, std::string*>{
             {"kind", &note.kind}, {"prefix", &note.prefix}, {"activation", &activation}}) {
      require(layer.contains(name) && layer[name].is_string(), who, ": ", name, " is not a text");
      *field = layer[name].get<std::string>();
    }
    note.activation = parse_activation(activation, who);
    for (const auto& [name, value] : layer["numbers"].items()) {
      require(value.is_number(), who, ": ", name, " is not a number");
      if (name == negative_slope) {
        note.activation.negative_slope = value.get<Scalar>();
      } else {
        note.numbers[name] = value.get<double>();
      }
    }
    notes.push_back(std::move(note));
  }
  return notes;
}

}  // namespace hourglass::HOURGLASS_BUILD::io
