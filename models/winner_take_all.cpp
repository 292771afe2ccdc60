#include <hourglass/models/winner_take_all.h>

#include <algorithm>
#include <cmath>

#include <hourglass/autograd/grad_mode.h>
#include <hourglass/autograd/ops.h>
#include <hourglass/tensor/error.h>

namespace hourglass::HOURGLASS_BUILD::models {

WinnerTakeAll::WinnerTakeAll(const Options& o, Rng& rng)
    : encoder(o.input, o.code, Activation::relu, rng),
      decoder(o.code, o.input, Activation::none, rng),
      share(o.share),
      revival(o.code, o.patience) {
  require(o.share > 0 && o.share <= 1, "WinnerTakeAll: the share is ", o.share, ", expected more than 0 and at most 1");
}

Variable WinnerTakeAll::winners(const Variable& h) const {
  const Index count = std::max<Index>(1, static_cast<Index>(std::lround(share * static_cast<Scalar>(h.size(0)))));
  return transpose(top_k(transpose(h), count));  // the largest of each column
}

Loss WinnerTakeAll::loss(const Tensor& x) {
  const Variable h = winners(encode(x));
  revival.watch(h.value());
  return nn::squared_error(decode(h), x);
}

Index WinnerTakeAll::revive(const Tensor& x, Rng& rng) {
  const NoGrad looking;
  return revival.revive(encoder, decoder, x, decode(winners(encode(x))).value(), rng);
}

}  // namespace hourglass::HOURGLASS_BUILD::models
