#include "tensor/update.h"

#include <cmath>

#include "tensor/map.h"

namespace hourglass::inline HOURGLASS_BUILD::tensor {
namespace {

HOURGLASS_EVERY_CPU void adam_loop(Index n, Scalar* __restrict p, const Scalar* __restrict g, Scalar* __restrict m,
                                   Scalar* __restrict v, const AdamStep s) {
  const Scalar rate = s.rate / s.correction1, root = 1 / std::sqrt(s.correction2), keep = 1 - s.rate * s.decay;
  // The average of a pixel that is always black halves every few steps until it is denormal, and those are slow.
  constexpr Scalar nothing = Scalar(1e-30);
  for (Index i = 0; i < n; ++i) {
    const Scalar slope = g[i] + s.penalty * p[i];
    const Scalar average = s.beta1 * m[i] + (1 - s.beta1) * slope;
    m[i] = std::abs(average) < nothing ? Scalar{0} : average;
    v[i] = s.beta2 * v[i] + (1 - s.beta2) * slope * slope;
    p[i] = keep * p[i] - rate * m[i] / (std::sqrt(v[i]) * root + s.epsilon);
  }
}

}  // namespace

void adam_(Tensor& p, const Tensor& g, Tensor& m, Tensor& v, const AdamStep& step) {
  require(p.shape() == g.shape(), "adam_: parameter ", p.shape(), " and gradient ", g.shape(), " differ");
  Scalar *to = p.write_(), *mean = m.write_(), *square = v.write_();
  const Scalar* from = g.data();
  parallel_chunks(p.size(), chunk, [=, &step](Index first, Index last) {
    adam_loop(last - first, to + first, from + first, mean + first, square + first, step);
  });
}

}  // namespace hourglass::inline HOURGLASS_BUILD::tensor
