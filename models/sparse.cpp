#include <hourglass/models/sparse.h>

#include <hourglass/autograd/ops.h>
#include <hourglass/tensor/error.h>

namespace hourglass::HOURGLASS_BUILD::models {

Sparse::Sparse(const Options& o, Rng& rng) : options(o) {
  require(o.weight >= 0, "Sparse: the penalty's weight is ", o.weight, ", it cannot be negative");
  require(o.rate > 0 && o.rate < 1, "Sparse: the target rate is ", o.rate, ", expected a number between 0 and 1");
  // hole layers: encoder and decoder of one layer each; the code is a ReLU for l1, a sigmoid for kl, as the output is
  const Activation code = o.penalty == Penalty::l1 ? Activation::relu : Activation::sigmoid;
  encoder = nn::mlp({o.input, o.code}, code, code, rng);
  decoder = nn::mlp({o.code, o.input}, Activation::none, Activation::sigmoid, rng);
  // end of hole
}

Variable Sparse::penalty(const Variable& h) const {
  if (options.penalty == Penalty::l1) {
    // hole l1: Ω(h) = Σ_j |h_j|, averaged over images
    return sum(abs(h)) / static_cast<Scalar>(h.size(0));
    // end of hole
  }
  // hole kl: Ω(h) = Σ_j KL(ρ ‖ ρ̂_j), ρ̂ the mean activations of the batch
  constexpr Scalar edge = Scalar(1e-6);                                  // a unit that is never active would make log 0
  return bernoulli_kl(options.rate, clamp(mean(h, 0), edge, 1 - edge));  // ρ̂ [code]
  // end of hole
}

Loss Sparse::loss(const Tensor& x) {
  // hole loss: L(x, g(f(x))) + λ Ω(h)
  const Variable h = encode(x);
  return nn::with_penalty(nn::squared_error(decode(h), x), options.weight * penalty(h));
  // end of hole
}

}  // namespace hourglass::HOURGLASS_BUILD::models
