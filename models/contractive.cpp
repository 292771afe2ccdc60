#include <hourglass/models/contractive.h>

#include <hourglass/autograd/backward.h>
#include <hourglass/autograd/ops.h>
#include <hourglass/tensor/error.h>

namespace hourglass::HOURGLASS_BUILD::models {

Contractive::Contractive(const Options& o, Rng& rng) : options(o) {
  require(o.weight >= 0, "Contractive: the penalty's weight is ", o.weight, ", it cannot be negative");
  encoder = nn::mlp({o.input, o.code}, Activation::sigmoid, Activation::sigmoid, rng);
  decoder = nn::mlp({o.code, o.input}, Activation::none, Activation::sigmoid, rng);
}

Variable Contractive::penalty(const Tensor& x) {
  const Variable input = Variable::parameter(x), h = encode(input);
  Variable total = Tensor::scalar(0);
  for (Index j = 0; j < h.size(1); ++j)  // row j of every image's Jacobian at once: images do not mix
    total = total + sum(square(grad(sum(narrow(h, 1, j, 1)), input, Graph::create)));
  return total / static_cast<Scalar>(x.size(0));
}

Variable Contractive::closed_form(const Tensor& x) {
  const Variable h = encode(x), W = parameters()[0].variable;
  const Variable derivative = square(h * (1 - h)), rows = sum(square(W), 1);  // [n, code], [code]
  return sum(derivative * rows) / static_cast<Scalar>(x.size(0));
}

Loss Contractive::loss(const Tensor& x) {
  return nn::with_penalty(nn::squared_error(decode(encode(x)), x), options.weight * penalty(x));
}

}  // namespace hourglass::HOURGLASS_BUILD::models
