#include <hourglass/models/regularized.h>

#include <hourglass/autograd/ops.h>
#include <hourglass/tensor/error.h>

namespace hourglass::HOURGLASS_BUILD::models {

Regularized::Regularized(const Options& o, Rng& rng) : code_weight(o.code_weight), weight_penalty(o.weight_penalty) {
  require(o.code_weight >= 0 && o.weight_penalty >= 0, "Regularized: weights of ", o.code_weight, " and ",
          o.weight_penalty, ", they cannot be negative");
  encoder = nn::mlp(stack(o.input, o.hidden, o.code), Activation::relu, Activation::none, rng);
  decoder = nn::mlp(stack(o.code, mirrored(o.hidden), o.input), Activation::relu, Activation::sigmoid, rng);
}

Loss Regularized::loss(const Tensor& x) {
  const Variable h = encode(x);
  Variable penalty = code_weight / 2 * sum(square(h)) / x.size(0);
  for (const nn::Parameter& p : decoder.parameters())
    if (p.name.ends_with("weight")) penalty = penalty + weight_penalty * sum(square(p.variable));
  return nn::with_penalty(nn::squared_error(decode(h), x), penalty);
}

}  // namespace hourglass::HOURGLASS_BUILD::models
