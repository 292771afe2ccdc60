#include <hourglass/models/top_k.h>

#include <hourglass/autograd/grad_mode.h>
#include <hourglass/autograd/ops.h>
#include <hourglass/tensor/error.h>

namespace hourglass::HOURGLASS_BUILD::models {

TopK::TopK(const Options& o, Rng& rng)
    : encoder(o.input, o.code, Activation::none, rng),
      decoder(o.code, o.input, Activation::none, rng),
      active(o.active),
      revival(o.code, o.patience) {
  require(o.active >= 1 && o.active <= o.code, "TopK: k is ", o.active, ", expected 1 to ", o.code);
}

Variable TopK::encode(const Variable& x) { return top_k(encoder.forward(x), active); }

Loss TopK::loss(const Tensor& x) {
  const Variable h = encode(x);
  revival.watch(h.value());
  return nn::squared_error(decode(h), x);
}

Index TopK::revive(const Tensor& x, Rng& rng) {
  const NoGrad looking;
  return revival.revive(encoder, decoder, x, decode(encode(x)).value(), rng);
}

nn::Networks TopK::networks() const {
  nn::Networks all = Module::networks();
  all["encoder"].push_back({"top_k", "", Activation::none, {{"k", static_cast<double>(active)}}});
  return all;
}

}  // namespace hourglass::HOURGLASS_BUILD::models
