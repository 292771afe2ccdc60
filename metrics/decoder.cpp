#include <hourglass/metrics/decoder.h>

#include <algorithm>
#include <cmath>
#include <numbers>

#include <hourglass/tensor/distances.h>
#include <hourglass/tensor/elementwise.h>
#include <hourglass/tensor/error.h>
#include <hourglass/tensor/parallel.h>
#include <hourglass/tensor/product.h>
#include <hourglass/tensor/reduce.h>

namespace hourglass::HOURGLASS_BUILD::metrics {
namespace {

const double log_two_pi = std::log(2 * std::numbers::pi);

// Σ_j of f(i, j) for each row i, in double.
template <class F>
std::vector<double> row_sums(Index n, Index d, const F& f) {
  std::vector<double> sums(static_cast<std::size_t>(n));
  parallel_chunks(n, 64, [&](Index first, Index last) {
    for (Index i = first; i < last; ++i) {
      double sum = 0;
      for (Index j = 0; j < d; ++j) sum += f(i * d + j);
      sums[static_cast<std::size_t>(i)] = sum;
    }
  });
  return sums;
}

// A result that is not finite has its cause among the numbers that went in, and this names it. Only log 0 is right.
template <class Range>
void check_result(const Range& result, const Tensor& x, const Tensor& out) {
  if (std::all_of(result.begin(), result.end(), [](auto v) { return std::isfinite(v); })) return;
  require_finite(x, "decoder: images");
  require_finite(out, "decoder: outputs");
  require(std::all_of(result.begin(), result.end(), [](auto v) { return v < 0 || std::isfinite(v); }),
          "decoder: a log-likelihood of images ", x.shape(), " is beyond the range of numbers");
}

}  // namespace

Decoder Decoder::gaussian(Map mean, double variance) {
  require(variance > 0 && std::isfinite(variance), "decoder: variance ", variance,
          ", expected a finite number above 0");
  return {std::move(mean), variance};
}

Tensor Decoder::outputs(const Tensor& x, const Tensor& h) const {
  Tensor out = map_(h);
  require(!out.empty() && out.dim() == 2 && x.dim() == 2 && out.size(0) == h.size(0) && out.size(1) == x.size(1),
          "decoder: outputs ", out.shape(), " of codes ", h.shape(), " for images ", x.shape());
  return out;
}

std::vector<double> Decoder::each(const Tensor& x, const Tensor& h) const {
  const Tensor out = outputs(x, h);
  require(x.size(0) == h.size(0), "decoder: ", x.shape(), " and ", h.shape(), " differ in rows");
  const Index n = x.size(0), d = x.size(1);
  const Scalar *pixel = x.data(), *z = out.data();
  if (variance_ == 0) {
    const Tensor log_partition = softplus(out);
    const Scalar* s = log_partition.data();
    const std::vector<double> sums =
        row_sums(n, d, [=](Index i) { return double(pixel[i]) * double(z[i]) - double(s[i]); });
    check_result(sums, x, out);
    return sums;
  }
  const double scale = -0.5 / variance_;
  std::vector<double> sums = row_sums(n, d, [=](Index i) {
    const double difference = double(pixel[i]) - double(z[i]);
    return scale * difference * difference;
  });
  check_result(sums, x, out);
  for (double& sum : sums) sum -= 0.5 * static_cast<double>(d) * (log_two_pi + std::log(variance_));
  return sums;
}

Tensor Decoder::all(const Tensor& x, const Tensor& h) const {
  const Tensor out = outputs(x, h);
  if (variance_ == 0) {
    const Tensor log_partition = sum(softplus(out), 1);
    const Tensor result = matmul(x, out, Transpose::no, Transpose::yes) - log_partition;
    check_result(result.values(), x, out);
    return result;
  }
  Tensor result({x.size(0), h.size(0)});
  Scalar* to = result.write_();
  const double constant = -0.5 * static_cast<double>(x.size(1)) * (log_two_pi + std::log(variance_));
  each_distance_row(x, out, "decoder", [&](Index i, const double* row) {
    for (Index j = 0; j < h.size(0); ++j)
      to[i * h.size(0) + j] = static_cast<Scalar>(constant - 0.5 * row[j] / variance_);
  });
  return result;
}

std::vector<double> log_standard_normal(const Tensor& h) {
  require_finite(h, "log_standard_normal");
  std::vector<double> result = squared_norms(h);
  for (double& v : result) v = -0.5 * (v + static_cast<double>(h.size(1)) * log_two_pi);
  return result;
}

}  // namespace hourglass::HOURGLASS_BUILD::metrics
