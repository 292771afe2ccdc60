#include <hourglass/metrics/errors.h>

#include <algorithm>
#include <cmath>
#include <numeric>

#include <hourglass/metrics/columns.h>
#include <hourglass/tensor/distances.h>
#include <hourglass/tensor/error.h>
#include <hourglass/tensor/parallel.h>

namespace hourglass::HOURGLASS_BUILD::metrics {
namespace {

template <class F>
std::vector<double> sums_by_image(const char* what, const Tensor& r, const Tensor& x, const F& cost) {
  require(!r.empty() && r.dim() == 2 && !x.empty() && r.shape() == x.shape(), what, ": ", r.shape(), " against ",
          x.shape(), ", expected two batches of images [n, pixels] of one shape");
  require_finite(r, text(what, ": r"));
  require_finite(x, text(what, ": x"));
  std::vector<double> sums(static_cast<std::size_t>(r.size(0)), 0);
  const Index d = r.size(1);
  parallel_chunks(r.size(0), 64, [&](Index first, Index last) {
    for (Index i = first; i < last; ++i)
      for (Index j = i * d; j < (i + 1) * d; ++j)
        sums[static_cast<std::size_t>(i)] += cost(static_cast<double>(r.data()[j]), static_cast<double>(x.data()[j]));
  });
  return sums;
}

}  // namespace

std::vector<double> squared_errors(const Tensor& r, const Tensor& x) {
  return sums_by_image("squared_errors", r, x, [](double a, double b) { return (a - b) * (a - b); });
}

std::vector<double> cross_entropies(const Tensor& logits, const Tensor& x) {
  return sums_by_image("cross_entropies", logits, x, [](double z, double pixel) {
    return std::max(z, 0.0) - z * pixel + std::log1p(std::exp(-std::abs(z)));
  });
}

double unexplained_share(const Tensor& r, const Tensor& x) {
  const std::vector<double> errors = squared_errors(r, x);
  const std::vector<double> variances = column_variances(x, column_means(x, "unexplained_share"), "unexplained_share");
  const double about_mean = std::accumulate(variances.begin(), variances.end(), 0.0);
  require(about_mean > 0, "unexplained_share: all images of ", x.shape(), " are the same, nothing is to be explained");
  const double all = std::accumulate(errors.begin(), errors.end(), 0.0);
  require(std::isfinite(about_mean) && std::isfinite(all), "unexplained_share: squares of ", x.shape(),
          " are beyond the range of numbers");
  return all / static_cast<double>(errors.size()) / about_mean;
}

}  // namespace hourglass::HOURGLASS_BUILD::metrics
