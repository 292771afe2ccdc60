#include <hourglass/tensor/update.h>

#include <cmath>

#include <hourglass/tensor/map.h>

namespace hourglass::HOURGLASS_BUILD::tensor {
namespace {

HOURGLASS_EVERY_CPU void adam_loop(Index n, Scalar* __restrict p, const Scalar* __restrict g, Scalar* __restrict m,
                                   Scalar* __restrict v, const AdamStep s) {
  const Scalar rate = s.rate / s.correction1, root = 1 / std::sqrt(s.correction2), keep = 1 - s.rate * s.decay;
  for (Index i = 0; i < n; ++i) {
    const Scalar slope = g[i] + s.penalty * p[i];
    m[i] = s.beta1 * m[i] + (1 - s.beta1) * slope;
    v[i] = s.beta2 * v[i] + (1 - s.beta2) * slope * slope;
    p[i] = keep * p[i] - rate * m[i] / (std::sqrt(v[i]) * root + s.epsilon);
  }
}

// Without momentum u is g itself, and is not written.
HOURGLASS_EVERY_CPU void sgd_loop(Index n, Scalar* __restrict p, const Scalar* __restrict g, Scalar* __restrict u,
                                  bool first, const SgdStep s) {
  for (Index i = 0; i < n; ++i) {
    const Scalar slope = g[i] + s.penalty * p[i];
    if (!u) {
      p[i] -= s.rate * slope;
    } else {
      u[i] = first ? slope : s.momentum * u[i] + (1 - s.dampening) * slope;
      p[i] -= s.rate * (s.nesterov ? slope + s.momentum * u[i] : u[i]);
    }
  }
}

HOURGLASS_EVERY_CPU void rmsprop_loop(Index n, Scalar* __restrict p, const Scalar* __restrict g, Scalar* __restrict v,
                                      Scalar* __restrict u, const RmsPropStep s) {
  for (Index i = 0; i < n; ++i) {
    const Scalar slope = g[i] + s.penalty * p[i];
    v[i] = s.alpha * v[i] + (1 - s.alpha) * slope * slope;
    const Scalar move = slope / (std::sqrt(v[i]) + s.epsilon);
    if (u) u[i] = s.momentum * u[i] + move;
    p[i] -= s.rate * (u ? u[i] : move);
  }
}

}  // namespace

void sgd_(Tensor& p, const Tensor& g, Tensor& u, bool first, const SgdStep& step) {
  require(p.shape() == g.shape(), "sgd_: parameter ", p.shape(), " and gradient ", g.shape(), " differ");
  Scalar *to = p.write_(), *speed = u.empty() ? nullptr : u.write_();
  const Scalar* from = g.data();
  parallel_chunks(p.size(), chunk, [=, &step](Index begin, Index end) {
    sgd_loop(end - begin, to + begin, from + begin, speed ? speed + begin : nullptr, first, step);
  });
}

void rmsprop_(Tensor& p, const Tensor& g, Tensor& v, Tensor& u, const RmsPropStep& step) {
  require(p.shape() == g.shape(), "rmsprop_: parameter ", p.shape(), " and gradient ", g.shape(), " differ");
  Scalar *to = p.write_(), *square = v.write_(), *speed = u.empty() ? nullptr : u.write_();
  const Scalar* from = g.data();
  parallel_chunks(p.size(), chunk, [=, &step](Index begin, Index end) {
    rmsprop_loop(end - begin, to + begin, from + begin, square + begin, speed ? speed + begin : nullptr, step);
  });
}

void adam_(Tensor& p, const Tensor& g, Tensor& m, Tensor& v, const AdamStep& step) {
  require(p.shape() == g.shape(), "adam_: parameter ", p.shape(), " and gradient ", g.shape(), " differ");
  Scalar *to = p.write_(), *mean = m.write_(), *square = v.write_();
  const Scalar* from = g.data();
  parallel_chunks(p.size(), chunk, [=, &step](Index first, Index last) {
    adam_loop(last - first, to + first, from + first, mean + first, square + first, step);
  });
}

}  // namespace hourglass::HOURGLASS_BUILD::tensor
