#include <hourglass/nn/linear.h>

#include <hourglass/autograd/ops.h>

namespace hourglass::HOURGLASS_BUILD::nn {

Linear::Linear(Index in, Index out, Activation act, Rng& rng, Init init) : activation(act) {
  require(in >= 1 && out >= 1, "Linear: sizes ", in, " to ", out, ": both must be at least 1");
  // hole weights: weight [out, in] and bias [out], drawn by `initial`
  weight = Variable::parameter(initial(init, {out, in}, in, out, rng));
  bias = Variable::parameter(initial(init == Init::uniform_fan_in ? init : Init::zeros, {out}, in, out, rng));
  // end of hole
}

Variable Linear::forward(const Variable& x) {
  if (x.shape().dim() == 2) return linear(x, weight, bias, activation);
  // hole any_rank: the last axis through the layer, whatever stands before it
  const int last = x.shape().axis(-1, "Linear");
  const Variable rows = reshape(x, {-1, x.size(last)});
  return reshape(linear(rows, weight, bias, activation), x.shape().with(last, weight.size(0)));
  // end of hole
}

void Linear::describe(NetworkSpec& into, const std::string& prefix) const {
  into.push_back({"linear", prefix, activation});
}

Sequential mlp(const std::vector<Index>& sizes, Activation inner, Activation last, Rng& rng, Init init) {
  require(sizes.size() >= 2, "mlp: ", sizes.size(), " sizes given, at least an input and an output are needed");
  Sequential layers;
  // hole mlp: one layer from each size to the next; `last` is the activation of the last one, `inner` of the others
  for (std::size_t i = 1; i < sizes.size(); ++i)
    layers.add(Linear(sizes[i - 1], sizes[i], i + 1 < sizes.size() ? inner : last, rng, init));
  // end of hole
  return layers;
}

}  // namespace hourglass::HOURGLASS_BUILD::nn
