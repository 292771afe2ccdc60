#include <hourglass/tensor/distances.h>

#include <cblas.h>

#include <algorithm>
#include <cmath>
#include <limits>
#include <utility>

#include <hourglass/tensor/blas.h>
#include <hourglass/tensor/error.h>
#include <hourglass/tensor/parallel.h>
#include <hourglass/tensor/simd.h>

namespace hourglass::HOURGLASS_BUILD {
namespace {

using Limits = std::numeric_limits<double>;

constexpr Index rows_of_a = 128, rows_of_b = 256;  // of a block: they stay in cache while they are multiplied

// Σ_j (a_j - b_j)², in eight sums that a vector holds side by side.
HOURGLASS_EVERY_CPU double sum_of_squares(const Scalar* a, const Scalar* b, Index d) {
  constexpr Index lanes = 8;
  double sums[lanes] = {}, sum = 0;
  Index j = 0;
  for (; j + lanes <= d; j += lanes)
    for (Index lane = 0; lane < lanes; ++lane) {
      const double apart = double(a[j + lane]) - double(b[j + lane]);
      sums[lane] += apart * apart;
    }
  for (; j < d; ++j) sum += (double(a[j]) - double(b[j])) * (double(a[j]) - double(b[j]));
  for (const double lane : sums) sum += lane;
  return sum;
}

// The squared norms of rows, finite: a NaN would be taken as the smallest distance.
std::vector<double> finite_norms(const Tensor& x, const char* what) {
  std::vector<double> norms = squared_norms(x);
  const auto fits = [](double norm) { return norm <= Limits::max() / 8; };
  const auto bad = std::find_if_not(norms.begin(), norms.end(), fits);
  if (bad == norms.end()) return norms;
  require_finite(x, what);
  fail(what, ": the squared norm of row ", bad - norms.begin(), " of ", x.shape(), " is ", *bad,
       ", its distances are not finite");
}

}  // namespace

void require_finite(const Tensor& x, std::string_view what) {
  const std::span<const Scalar> numbers = x.values();
  const auto bad = std::find_if(numbers.begin(), numbers.end(), [](Scalar v) { return !std::isfinite(v); });
  if (bad == numbers.end()) return;
  const Index at = bad - numbers.begin();
  require(x.dim() == 2, what, ": number ", at, " of ", x.shape(), " is ", double(*bad), ", expected a finite number");
  fail(what, ": row ", at / x.size(1), ", column ", at % x.size(1), " of ", x.shape(), " is ", double(*bad),
       ", expected a finite number");
}

std::vector<double> squared_norms(const Tensor& x) {
  require(!x.empty() && x.dim() == 2, "squared_norms: ", x.shape(), " is not a matrix [n, d]");
  std::vector<double> norms(static_cast<std::size_t>(x.size(0)));
  const Index d = x.size(1);
  const std::vector<Scalar> origin(static_cast<std::size_t>(d));
  parallel_chunks(x.size(0), 256, [&](Index first, Index last) {
    for (Index i = first; i < last; ++i)
      norms[static_cast<std::size_t>(i)] = sum_of_squares(x.data() + i * d, origin.data(), d);
  });
  return norms;
}

double squared_distance(const Scalar* a, const Scalar* b, Index d) { return sum_of_squares(a, b, d); }

// A sum of d products is off by at most d roundings (Higham 2002, §3.1) of ‖a‖² + ‖b‖²; so what may be off by more than
// `distance_error` is summed up number by number.
void each_distance_row(const Tensor& a, const Tensor& b, const char* what,
                       const std::function<void(Index i, const double* row)>& use) {
  require(!a.empty() && !b.empty() && a.dim() == 2 && b.dim() == 2 && a.size(1) == b.size(1), what, ": ", a.shape(),
          " against ", b.shape(), ", expected two matrices of equally many columns");
  const std::vector<double> norms_a = finite_norms(a, what), norms_b = finite_norms(b, what);
  const Index m = b.size(0), d = b.size(1);
  const double enough = static_cast<double>(d) / distance_error;  // roundings that make up the error
  blas::prepare();
  parallel_chunks(a.size(0), rows_of_a, [&](Index first, Index last) {
    const std::vector<double> left(a.data() + first * d, a.data() + last * d);
    std::vector<double> rows(static_cast<std::size_t>((last - first) * m));
    for (Index start = 0; start < m; start += rows_of_b) {
      const Index count = std::min(rows_of_b, m - start);
      const std::vector<double> right(b.data() + start * d, b.data() + (start + count) * d);
      cblas_dgemm(CblasRowMajor, CblasNoTrans, CblasTrans, static_cast<int>(last - first), static_cast<int>(count),
                  static_cast<int>(d), 1, left.data(), static_cast<int>(d), right.data(), static_cast<int>(d), 0,
                  rows.data() + start, static_cast<int>(m));
    }
    for (Index i = first; i < last; ++i) {
      double* row = rows.data() + (i - first) * m;
      for (Index j = 0; j < m; ++j) {
        const double squares = norms_a[static_cast<std::size_t>(i)] + norms_b[static_cast<std::size_t>(j)];
        row[j] = squares - 2 * row[j];
        if (row[j] < enough * (Limits::epsilon() * squares + Limits::min()))
          row[j] = sum_of_squares(a.data() + i * d, b.data() + j * d, d);
      }
      use(i, row);
    }
  });
}

// The product finds all that may be among the k nearest; these are measured directly and put in that order.
NearestRows nearest_rows(const Tensor& queries, const Tensor& base, Index k, const char* what, bool others) {
  require(!base.empty() && base.dim() == 2, what, ": ", base.shape(), " is not a matrix [m, d]");
  require(!queries.empty(), what, ": no queries given");
  const Index m = base.size(0), d = base.size(1), most = others ? m - 1 : m;
  require(k >= 1 && k <= most, what, ": ", k, " neighbours among ", most, ", expected 1 to ", most);
  const auto numbers = static_cast<std::size_t>(queries.size(0) * k);
  NearestRows found{std::vector<int>(numbers), std::vector<double>(numbers)};
  each_distance_row(queries, base, what, [&](Index i, const double* row) {
    std::vector<double> smallest(static_cast<std::size_t>(others ? k + 1 : k));  // a row itself is 0 away
    std::partial_sort_copy(row, row + m, smallest.begin(), smallest.end());
    const double reach = smallest.back() * (1 + 3 * distance_error);
    std::vector<std::pair<double, int>> kept;
    for (Index j = 0; j < m; ++j)
      if (row[j] <= reach && !(others && j == i))
        kept.emplace_back(sum_of_squares(queries.data() + i * d, base.data() + j * d, d), static_cast<int>(j));
    std::sort(kept.begin(), kept.end());
    for (Index j = 0; j < k; ++j) {
      found.distances[static_cast<std::size_t>(i * k + j)] = kept[static_cast<std::size_t>(j)].first;
      found.indices[static_cast<std::size_t>(i * k + j)] = kept[static_cast<std::size_t>(j)].second;
    }
  });
  return found;
}

}  // namespace hourglass::HOURGLASS_BUILD
