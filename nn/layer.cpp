#include "nn/layer.h"

namespace hourglass::inline HOURGLASS_BUILD::nn {

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

void Sequential::train(bool training) {
  for (const auto& layer : layers_) layer->train(training);
}

}  // namespace hourglass::inline HOURGLASS_BUILD::nn
