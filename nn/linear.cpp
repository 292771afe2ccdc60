#include "nn/linear.h"

#include <cmath>
#include <vector>

#include "autograd/ops.h"
#include "tensor/error.h"

namespace hourglass::inline HOURGLASS_BUILD::nn {

Linear::Linear(Index in, Index out, Activation act, Rng& rng) : activation(act) {
  require(in >= 1 && out >= 1, "Linear: sizes ", in, " to ", out, ": both must be at least 1");
  const Scalar bound = 1 / std::sqrt(static_cast<Scalar>(in));
  weight = Variable::parameter(rng.uniform({out, in}, -bound, bound));
  bias = Variable::parameter(rng.uniform({out}, -bound, bound));
}

Variable Linear::forward(const Variable& x) { return linear(x, weight, bias, activation); }

void Linear::collect(Parameters& into, const std::string& prefix) const {
  into.push_back({prefix + "weight", weight});
  into.push_back({prefix + "bias", bias});
}

Sequential mlp(std::initializer_list<Index> sizes, Activation inner, Activation last, Rng& rng) {
  require(sizes.size() >= 2, "mlp: ", sizes.size(), " sizes given, at least an input and an output are needed");
  const std::vector<Index> size(sizes);
  Sequential layers;
  for (std::size_t i = 1; i < size.size(); ++i)
    layers.add(Linear(size[i - 1], size[i], i + 1 < size.size() ? inner : last, rng));
  return layers;
}

}  // namespace hourglass::inline HOURGLASS_BUILD::nn
