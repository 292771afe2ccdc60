#include "metrics/distances.h"

#include <algorithm>
#include <limits>

#include "tensor/error.h"
#include "tensor/layout.h"
#include "tensor/parallel.h"
#include "tensor/product.h"

namespace hourglass::inline HOURGLASS_BUILD::metrics {
namespace {

constexpr Index block_size = Index(1) << 24;  // numbers of a block of distances: 64 MB of float

// The squared norms of rows whose products are finite: NaN and -∞ would pass for a distance of 0, the best there is.
std::vector<double> finite_norms(const Tensor& x, const char* what) {
  std::vector<double> norms = squared_norms(x);
  for (std::size_t i = 0; i < norms.size(); ++i)
    require(norms[i] <= std::numeric_limits<Scalar>::max(), what, ": row ", i, " of ", x.shape(),
            " holds a number that is not finite, or whose square is not");
  return norms;
}

}  // namespace

std::vector<double> squared_norms(const Tensor& x) {
  require(!x.empty() && x.rank() == 2, "squared_norms: ", x.shape(), " is not a matrix [n, d]");
  std::vector<double> norms(static_cast<std::size_t>(x.size(0)));
  const Index d = x.size(1);
  parallel_chunks(x.size(0), 256, [&](Index first, Index last) {
    for (Index i = first; i < last; ++i) {
      double sum = 0;
      for (const Scalar* v = x.data() + i * d; v != x.data() + (i + 1) * d; ++v) sum += double(*v) * double(*v);
      norms[static_cast<std::size_t>(i)] = sum;
    }
  });
  return norms;
}

void each_distance_row(const Tensor& a, const Tensor& b, const char* what,
                       const std::function<void(Index i, const Scalar* row)>& use) {
  require(!a.empty() && !b.empty() && a.rank() == 2 && b.rank() == 2 && a.size(1) == b.size(1), what, ": ", a.shape(),
          " against ", b.shape(), ", expected two matrices of equally many columns");
  const std::vector<double> norms_a = finite_norms(a, what), norms_b = finite_norms(b, what);
  const Index n = a.size(0), m = b.size(0), rows = std::clamp(block_size / m, Index(1), n);
  for (Index start = 0; start < n; start += rows) {
    const Index count = std::min(rows, n - start);
    Tensor products = tensor::matmul(tensor::slice(a, 0, start, count), b, Transpose::no, Transpose::yes);
    Scalar* block = products.write_();
    parallel_for(count, [&](Index i) {
      Scalar* row = block + i * m;
      const double own = norms_a[static_cast<std::size_t>(start + i)];
      for (Index j = 0; j < m; ++j)  // rounding must not make a distance negative
        row[j] = static_cast<Scalar>(std::max(0.0, own + norms_b[static_cast<std::size_t>(j)] - 2 * double(row[j])));
      use(start + i, row);
    });
  }
}

}  // namespace hourglass::inline HOURGLASS_BUILD::metrics
