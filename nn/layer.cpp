#include <hourglass/nn/layer.h>

#include <algorithm>
#include <cmath>

#include <hourglass/tensor/error.h>

namespace hourglass::HOURGLASS_BUILD::nn {

std::string first_not_finite(const Parameters& parameters) {
  const auto finite = [](Scalar v) { return std::isfinite(v); };
  for (const Parameter& p : parameters) {
    const std::span<const Scalar> numbers = p.variable.value().values();
    if (!std::all_of(numbers.begin(), numbers.end(), finite)) return p.name;
  }
  return "";
}

void require_distinct(const Parameters& parameters, std::string_view who) {
  for (std::size_t i = 0; i < parameters.size(); ++i)
    for (std::size_t j = 0; j < i; ++j)
      require(!parameters[i].variable.node() || parameters[i].variable.node() != parameters[j].variable.node(), who,
              ": one parameter is listed twice, as ", parameters[j].name, " and as ", parameters[i].name);
}

void Layer::describe(Notes&, const std::string& prefix) const {
  fail("describe: layer ", prefix, " is a function, which cannot be written down");
}

void WeightedLayer::collect(Parameters& into, const std::string& prefix) const {
  into.push_back({prefix + "weight", weight});
  into.push_back({prefix + "bias", bias});
}

Notes notes(const Layer& layer, const std::string& prefix) {
  Notes all;
  layer.describe(all, prefix);
  return all;
}

Variable Sequential::forward(const Variable& x) {
  Variable y = x;
  for (const auto& layer : layers_) y = layer->forward(y);
  return y;
}

void Sequential::collect(Parameters& into, const std::string& prefix) const {
  int place = 0;
  for (const auto& layer : layers_) {
    layer->collect(into, prefix + std::to_string(place) + ".");
    place += layer->places();
  }
}

void Sequential::describe(Notes& into, const std::string& prefix) const {
  int place = 0;
  for (const auto& layer : layers_) {
    layer->describe(into, prefix + std::to_string(place) + ".");
    place += layer->places();
  }
}

void Sequential::train(bool training) {
  for (const auto& layer : layers_) layer->train(training);
}

}  // namespace hourglass::HOURGLASS_BUILD::nn
