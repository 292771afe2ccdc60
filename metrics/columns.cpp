#include <hourglass/metrics/columns.h>

#include <algorithm>
#include <cmath>
#include <iterator>

#include <hourglass/tensor/distances.h>
#include <hourglass/tensor/error.h>

namespace hourglass::HOURGLASS_BUILD::metrics {
namespace {

// The mean over the rows of f(x_ij, j), column by column.
template <class F>
std::vector<double> means_of(const Tensor& x, const char* what, const F& f) {
  require(!x.empty() && x.dim() == 2, what, ": ", x.shape(), " is not a matrix [n, d]");
  require_finite(x, what);
  const auto d = static_cast<std::size_t>(x.size(1));
  std::vector<double> sums(d, 0);
  for (const Scalar* row = x.data(); row != x.data() + x.numel(); row += d)
    for (std::size_t j = 0; j < d; ++j) sums[j] += f(static_cast<double>(row[j]), j);
  for (double& sum : sums) sum /= static_cast<double>(x.size(0));
  return sums;
}

}  // namespace

std::vector<double> column_means(const Tensor& x, const char* what) {
  return means_of(x, what, [](double v, std::size_t) { return v; });
}

std::vector<double> column_variances(const Tensor& x, const std::vector<double>& means, const char* what) {
  require(!x.empty() && x.dim() == 2 && x.size(1) == std::ssize(means), what, ": ", means.size(), " means for ",
          x.shape());
  std::vector<double> variances =
      means_of(x, what, [&](double v, std::size_t j) { return (v - means[j]) * (v - means[j]); });
  const auto d = static_cast<Index>(means.size());
  for (Index j = 0; j < d; ++j) {  // the mean of equal numbers may be off by a rounding
    Index i = 0;
    while (i < x.size(0) && x.data()[i * d + j] == x.data()[j]) ++i;
    if (i == x.size(0)) variances[static_cast<std::size_t>(j)] = 0;
  }
  return variances;
}

Tensor centered(const Tensor& x, const std::vector<double>& means, double unit) {
  require(!x.empty() && x.dim() == 2 && x.size(1) == std::ssize(means), "centered: ", means.size(), " means for ",
          x.shape());
  Tensor result(x.shape());
  Scalar* to = result.write_();
  for (const Scalar* row = x.data(); row != x.data() + x.numel(); row += means.size())
    for (std::size_t j = 0; j < means.size(); ++j) *to++ = static_cast<Scalar>((double(row[j]) - means[j]) / unit);
  return result;
}

double safe_unit(double most) {
  require(std::isfinite(most), "safe_unit: numbers differ by ", most, ", more than a double holds");
  return most > 0 && (most < 1e-10 || most > 1e15) ? std::exp2(std::ilogb(most)) : 1;
}

double largest_deviation(const Tensor& x, const std::vector<double>& means) {
  require(!x.empty() && x.dim() == 2 && x.size(1) == std::ssize(means), "largest_deviation: ", means.size(),
          " means for ", x.shape());
  double most = 0;
  for (const Scalar* row = x.data(); row != x.data() + x.numel(); row += means.size())
    for (std::size_t j = 0; j < means.size(); ++j) most = std::max(most, std::abs(double(row[j]) - means[j]));
  return most;
}

Tensor row_of(const std::vector<double>& numbers) {
  Tensor row({static_cast<Index>(numbers.size())});
  std::transform(numbers.begin(), numbers.end(), row.write_(), [](double v) { return static_cast<Scalar>(v); });
  return row;
}

}  // namespace hourglass::HOURGLASS_BUILD::metrics
