#include <hourglass/nn/sequential.h>

namespace hourglass::HOURGLASS_BUILD::nn {

Variable Sequential::forward(const Variable& x) {
  // hole chain: the output of each layer is the input of the next
  Variable y = x;
  for (const auto& layer : layers_) y = layer->forward(y);
  return y;
  // end of hole
}

Members Sequential::members() {
  Members all;
  // hole names: each layer under its position, where one with an activation counts as two
  int index = 0;
  for (const auto& layer : layers_) {
    all.emplace_back(std::to_string(index), *layer);
    index += layer->modules();
  }
  // end of hole
  return all;
}

void Sequential::describe(NetworkSpec& into, const std::string& prefix) const {
  int index = 0;
  for (const auto& layer : layers_) {
    layer->describe(into, prefix + std::to_string(index) + ".");
    index += layer->modules();
  }
}

}  // namespace hourglass::HOURGLASS_BUILD::nn
