#include <hourglass/nn/layer.h>

#include <hourglass/tensor/error.h>

namespace hourglass::HOURGLASS_BUILD::nn {

void Layer::describe(NetworkSpec&, const std::string& prefix) const {
  fail("describe: layer ", prefix, " is a function in C++, which has no description");
}

NetworkSpec Layer::spec(const std::string& prefix) const {
  NetworkSpec layers;
  describe(layers, prefix);
  return layers;
}

}  // namespace hourglass::HOURGLASS_BUILD::nn
