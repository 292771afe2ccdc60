#include <hourglass/io/network.h>

#include <algorithm>
#include <nlohmann/json.hpp>

#include <hourglass/io/json.h>
#include <hourglass/tensor/error.h>

namespace hourglass::HOURGLASS_BUILD::io {
namespace {

using Json = nlohmann::json;

constexpr const char* activations[] = {"none", "relu", "leaky_relu", "sigmoid", "tanh", "gelu", "silu"};
static_assert(std::size(activations) == static_cast<std::size_t>(Activation::silu) + 1);

}  // namespace

const char* activation_name(Activation activation) { return activations[static_cast<std::size_t>(activation)]; }

namespace {

Activation parse_activation(const std::string& name, const std::string& who) {
  const auto* found = std::find(std::begin(activations), std::end(activations), name);
  require(found != std::end(activations), who, ": unknown activation '", name, "'");
  return static_cast<Activation>(found - std::begin(activations));
}

std::string to_json(const nn::Notes& network, const std::string& prefix) {
  Json layers = Json::array();
  for (const nn::Note& note : network) {
    layers.push_back({{"kind", note.kind}, {"prefix", note.prefix.empty() ? "" : prefix + note.prefix}});
    layers.back()["activation"] = activation_name(note.activation);
    layers.back()["numbers"] = note.numbers;
  }
  return layers.dump();
}

}  // namespace

std::map<std::string, std::string> describe(const nn::Networks& networks, const std::string& prefix) {
  std::map<std::string, std::string> texts;
  for (const auto& [name, network] : networks) texts["network." + prefix + name] = to_json(network, prefix);
  return texts;
}

nn::Notes parse_network(const std::string& text, const std::string& who) {
  const Json layers = parse_json(who, text, 3);
  require(layers.is_array() && !layers.empty(), who, ": expected a list of layers");
  nn::Notes notes;
  for (const Json& layer : layers) {
    require(layer.is_object() && layer.size() == 4 && layer.contains("numbers") && layer["numbers"].is_object(), who,
            ": expected kind, prefix, activation and numbers in each layer");
    nn::Note note;
    std::string activation;
    for (const auto& [name, field] : std::map<std::string, std::string*>{
             {"kind", &note.kind}, {"prefix", &note.prefix}, {"activation", &activation}}) {
      require(layer.contains(name) && layer[name].is_string(), who, ": ", name, " is not a text");
      *field = layer[name].get<std::string>();
    }
    note.activation = parse_activation(activation, who);
    for (const auto& [name, value] : layer["numbers"].items()) {
      require(value.is_number(), who, ": ", name, " is not a number");
      note.numbers[name] = value.get<double>();
    }
    notes.push_back(std::move(note));
  }
  return notes;
}

}  // namespace hourglass::HOURGLASS_BUILD::io
