#include <hourglass/tensor/loss_sums.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>
#include <numeric>

#include <hourglass/tensor/map.h>
#include <hourglass/tensor/memory.h>

namespace hourglass::HOURGLASS_BUILD {
namespace {

constexpr Index lanes = 16, block = 16 * lanes;

// Σ f(a_i, b_i) with a fixed number of running sums (see reduce.cpp). The terms of a block are computed first and added
// up then: a vector exp or log leaves no register to the running sums.
template <class F>
HOURGLASS_EVERY_CPU double sum_loop(Index n, const Scalar* __restrict a, const Scalar* __restrict b, F f) {
  std::array<double, lanes> lane{};
  std::array<Scalar, block> term;
  for (Index i = 0; i < n; i += block) {
    const Index count = std::min(block, n - i);
    for (Index j = 0; j < count; ++j) term[static_cast<std::size_t>(j)] = f(a[i + j], b[i + j]);
    std::fill(term.begin() + count, term.end(), Scalar{0});
    for (std::size_t k = 0; k < block; k += lanes)
      for (std::size_t j = 0; j < lanes; ++j) lane[j] += static_cast<double>(term[k + j]);
  }
  return std::accumulate(lane.begin(), lane.end(), 0.0);
}

void same_shape(const Tensor& a, const Tensor& b, std::string_view op) {
  require(!a.empty() && !b.empty(), op, ": the ", a.empty() ? "first" : "second", " operand is empty");
  require(a.shape() == b.shape(), op, ": ", a.shape(), " and ", b.shape(), " differ");
}

template <class F>
Tensor sum_of(const Tensor& a, const Tensor& b, std::string_view op, F f) {
  same_shape(a, b, op);
  memory::Vector<double> part(static_cast<std::size_t>((a.numel() + chunk - 1) / chunk));
  const Scalar *left = a.data(), *right = b.data();
  parallel_chunks(a.numel(), chunk, [&](Index first, Index last) {
    part[static_cast<std::size_t>(first / chunk)] = sum_loop(last - first, left + first, right + first, f);
  });
  return Tensor::scalar(static_cast<Scalar>(std::accumulate(part.begin(), part.end(), 0.0)));
}

// e^s - 1 - s. Near 0 the digits cancel: there the series, s²/2 (1 + s/3 (1 + s/4 (…))).
inline Scalar exp_above_tangent(Scalar s) {
  constexpr int last = std::numeric_limits<Scalar>::digits > 24 ? 15 : 9;
  Scalar series = 1;
  for (int k = last; k > 2; --k) series = 1 + s * (Scalar{1} / static_cast<Scalar>(k)) * series;
  const Scalar e = simd::exp(s), whole = e == std::numeric_limits<Scalar>::infinity() ? e : e - 1 - s;
  return std::abs(s) < Scalar{0.5} ? s * s * Scalar{0.5} * series : whole;
}

// u - log(1 + u), given 1 + u as well. Near 0 likewise: with t = u / (2 + u), log(1 + u) = 2 (t + t³/3 + t⁵/5 + …) and
// u - 2 t = u t.
inline Scalar above_log(Scalar u, Scalar one_more) {
  const Scalar t = u / (2 + u);
  Scalar series = 0;
  for (int k = std::numeric_limits<Scalar>::digits > 24 ? 21 : 11; k > 1; k -= 2)
    series = Scalar{1} / static_cast<Scalar>(k) + t * t * series;
  return std::abs(u) < Scalar{0.25} ? u * t - 2 * t * t * t * series : u - simd::log(one_more + 0);
}

}  // namespace

Tensor squared_difference(const Tensor& r, const Tensor& x) {
  return sum_of(r, x, "squared_difference", [](Scalar p, Scalar q) { return (p - q) * (p - q); });
}

Tensor scaled_difference(const Tensor& scale, const Tensor& r, const Tensor& x) {
  same_shape(r, x, "scaled_difference");
  return zip(r, x, "scaled_difference", [c = scale.item()](Scalar p, Scalar q) { return c * (p - q); });
}

Tensor binary_cross_entropy_with_logits(const Tensor& z, const Tensor& x) {
  constexpr std::string_view op = "binary_cross_entropy_with_logits";
  // max(z, 0) - z x is |z| times the probability of the outcome that the logit's sign does not predict: nothing cancels
  const auto missed = [](Scalar v, Scalar t) { return v < 0 ? t : 1 - t; };
  const auto tail = [](Scalar v) { return simd::log1p(simd::exp(-std::abs(v))); };
  const Tensor y = sum_of(z, x, op, [=](Scalar v, Scalar t) { return missed(v, t) * std::abs(v) + tail(v); });
  if (!std::isnan(y.item())) return y;
  return sum_of(z, x, op, [=](Scalar v, Scalar t) {  // perhaps by 0 · ∞, which is 0 here
    const Scalar m = missed(v, t);
    return (m == 0 ? m : m * std::abs(v)) + tail(v);
  });
}

Tensor binary_cross_entropy_grad(const Tensor& scale, const Tensor& z, const Tensor& x) {
  same_shape(z, x, "binary_cross_entropy_grad");
  return zip(z, x, "binary_cross_entropy_grad",
             [c = scale.item()](Scalar v, Scalar t) { return c * (1 / (1 + simd::exp(-v)) - t); });
}

Tensor gaussian_kl(const Tensor& mu, const Tensor& log_variance) {
  return sum_of(mu, log_variance, "gaussian_kl",
                [](Scalar m, Scalar s) { return Scalar{0.5} * (m * m + exp_above_tangent(s)); });
}

// With u = (a - ρ) / ρ and v = (ρ - a) / (1 - ρ): -ρ log(1 + u) - (1 - ρ) log(1 + v), and ρ u + (1 - ρ) v = 0.
Tensor bernoulli_kl(Number probability, const Tensor& a) {
  const Scalar rho = probability;
  require(rho > 0 && rho < 1, "bernoulli_kl: ρ is ", rho, ", expected a number between 0 and 1");
  return sum_of(a, a, "bernoulli_kl", [=](Scalar v, Scalar) {
    const Scalar way = v - rho;
    return rho * above_log(way / rho, v / rho) + (1 - rho) * above_log(-way / (1 - rho), (1 - v) / (1 - rho));
  });
}

}  // namespace hourglass::HOURGLASS_BUILD
