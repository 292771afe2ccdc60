#include <hourglass/tensor/distances.h>

#include <algorithm>
#include <cmath>
#include <limits>
#include <numeric>
#include <utility>

#include <hourglass/tensor/error.h>
#include <hourglass/tensor/layout.h>
#include <hourglass/tensor/parallel.h>
#include <hourglass/tensor/product.h>
#include <hourglass/tensor/simd.h>

namespace hourglass::HOURGLASS_BUILD {
namespace {

using Limits = std::numeric_limits<Scalar>;

constexpr Index block_size = Index(1) << 24;  // numbers of a block of products: 64 MB of float
constexpr double near = 1.0 / 32;             // of ‖a‖² + ‖b‖²: below it the difference has lost five bits

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

// The squared norms of rows, finite: NaN would pass for the best distance there is.
std::vector<double> finite_norms(const Tensor& x, const char* what) {
  std::vector<double> norms = squared_norms(x);
  const auto fits = [](double norm) { return norm <= std::numeric_limits<double>::max() / 8; };
  const auto bad = std::find_if_not(norms.begin(), norms.end(), fits);
  if (bad == norms.end()) return norms;
  require_finite(x, what);
  fail(what, ": the squared norm of row ", bad - norms.begin(), " of ", x.shape(), " is ", *bad,
       ", its distances are not finite");
}

std::vector<double> column_sums(const Tensor& a, const Tensor& b) {
  const auto d = static_cast<std::size_t>(a.size(1));
  std::vector<double> sum(d, 0);
  for (const Tensor* x : {&a, &b})
    for (const Scalar* row = x->data(); row != x->data() + x->size(); row += d)
      for (std::size_t j = 0; j < d; ++j) sum[j] += double(row[j]);
  return sum;
}

// Two matrices, so that products of their rows neither overflow nor lose what is small beside the origin's distance.
struct Pair {
  Tensor a, b;
  std::vector<double> norms_a, norms_b;  // squared
  double unit = 1;                       // a number in the matrices stands for so much

  Pair(const Tensor& x, const Tensor& y, const char* what)
      : a(x), b(y), norms_a(finite_norms(x, what)), norms_b(finite_norms(y, what)) {
    const double rows = static_cast<double>(x.size(0)) + static_cast<double>(y.size(0)),
                 most = std::sqrt(std::max(*std::max_element(norms_a.begin(), norms_a.end()),
                                           *std::max_element(norms_b.begin(), norms_b.end())));
    if (most > 0 && (most < 1e-10 || most > 1e15)) unit = std::exp2(std::ilogb(most));
    std::vector<double> centre = column_sums(x, y);
    double from_origin = 0;
    for (double& c : centre) {
      c /= rows;
      from_origin += c * c;
    }
    const double all =
        std::accumulate(norms_a.begin(), norms_a.end(), std::accumulate(norms_b.begin(), norms_b.end(), 0.0));
    const bool far = from_origin > 4 * (all / rows - from_origin);
    if (unit == 1 && !far) return;
    if (!far) centre.assign(centre.size(), 0);
    move(centre);
    norms_a = squared_norms(a);
    norms_b = squared_norms(b);
  }

 private:
  void move(const std::vector<double>& centre) {
    for (Tensor* x : {&a, &b}) {
      Tensor moved(x->shape());
      Scalar* to = moved.write_();
      const auto d = static_cast<Index>(centre.size());
      parallel_chunks(x->size(0), 256, [&](Index first, Index last) {
        for (Index i = first * d; i < last * d; ++i)
          to[i] = static_cast<Scalar>((double(x->data()[i]) - centre[static_cast<std::size_t>(i % d)]) / unit);
      });
      *x = moved;
    }
  }
};

// Squared distances of row i of a to all rows of b, from its products with them.
void distance_row(const Pair& pair, const Tensor& a, const Tensor& b, Index i, const Scalar* products, double* row) {
  const Index m = b.size(0), d = b.size(1);
  const double own = pair.norms_a[static_cast<std::size_t>(i)], square = pair.unit * pair.unit,
               lost = static_cast<double>(d) * double(Limits::min() / Limits::epsilon());  // products that vanish
  const double* norms = pair.norms_b.data();
  for (Index j = 0; j < m; ++j) row[j] = own + norms[j] - 2 * double(products[j]);
  for (Index j = 0; j < m; ++j)
    if (row[j] < near * (own + norms[j]) + lost)
      row[j] = sum_of_squares(a.data() + i * d, b.data() + j * d, d);
    else if (square != 1)
      row[j] *= square;
}

// The k-th smallest number of a row, without the one at `skipped`.
double kth_smallest(const double* row, Index m, Index skipped, std::vector<double>& smallest) {
  std::fill(smallest.begin(), smallest.end(), std::numeric_limits<double>::infinity());
  for (Index j = 0; j < m; ++j) {
    if (row[j] >= smallest.back() || j == skipped) continue;
    auto at = smallest.end() - 1;
    for (; at != smallest.begin() && row[j] < at[-1]; --at) *at = at[-1];
    *at = row[j];
  }
  return smallest.back();
}

}  // namespace

void require_finite(const Tensor& x, std::string_view what) {
  const std::span<const Scalar> numbers = x.values();
  const auto bad = std::find_if(numbers.begin(), numbers.end(), [](Scalar v) { return !std::isfinite(v); });
  if (bad == numbers.end()) return;
  const Index at = bad - numbers.begin();
  require(x.rank() == 2, what, ": number ", at, " of ", x.shape(), " is ", double(*bad), ", expected a finite number");
  fail(what, ": row ", at / x.size(1), ", column ", at % x.size(1), " of ", x.shape(), " is ", double(*bad),
       ", expected a finite number");
}

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

double squared_distance(const Scalar* a, const Scalar* b, Index d) { return sum_of_squares(a, b, d); }

// A sum of d products is off by at most d roundings (Higham 2002, §3.1), and equal products come near to that. BLAS
// sums stretches of less than 1024 apart; 8 more are for the rows' own rounding.
double distance_error(Index d) {
  const double roundings = 8 + std::min(static_cast<double>(d), 1024.0) + static_cast<double>(d) / 1024;
  return roundings * double(Limits::epsilon()) / 2 / near;
}

void each_distance_row(const Tensor& a, const Tensor& b, const char* what,
                       const std::function<void(Index i, const double* row)>& use) {
  require(!a.empty() && !b.empty() && a.rank() == 2 && b.rank() == 2 && a.size(1) == b.size(1), what, ": ", a.shape(),
          " against ", b.shape(), ", expected two matrices of equally many columns");
  const Pair pair(a, b, what);
  const Index n = a.size(0), m = b.size(0), rows = std::clamp(block_size / m, Index(1), n);
  for (Index start = 0; start < n; start += rows) {
    const Index count = std::min(rows, n - start);
    const Tensor products = matmul(slice(pair.a, 0, start, count), pair.b, Transpose::no, Transpose::yes);
    parallel_chunks(count, 8, [&](Index first, Index last) {
      std::vector<double> row(static_cast<std::size_t>(m));
      for (Index i = first; i < last; ++i) {
        distance_row(pair, a, b, start + i, products.data() + i * m, row.data());
        use(start + i, row.data());
      }
    });
  }
}

// The product finds all that may be among the k nearest; these are measured directly and put in that order.
NearestRows nearest_rows(const Tensor& queries, const Tensor& base, Index k, const char* what, bool others) {
  require(!base.empty() && base.rank() == 2, what, ": ", base.shape(), " is not a matrix [m, d]");
  require(!queries.empty(), what, ": no queries given");
  const Index m = base.size(0), d = base.size(1), most = others ? m - 1 : m;
  require(k >= 1 && k <= most, what, ": ", k, " neighbours among ", most, ", expected 1 to ", most);
  const auto numbers = static_cast<std::size_t>(queries.size(0) * k);
  NearestRows found{std::vector<int>(numbers), std::vector<double>(numbers)};
  each_distance_row(queries, base, what, [&](Index i, const double* row) {
    thread_local std::vector<double> smallest;  // kept for the next row
    thread_local std::vector<std::pair<double, int>> kept;
    smallest.resize(static_cast<std::size_t>(k));
    kept.clear();
    const Index skipped = others ? i : -1;
    const double reach = kth_smallest(row, m, skipped, smallest) * (1 + 3 * distance_error(d));
    for (Index j = 0; j < m; ++j)
      if (row[j] <= reach && j != skipped)
        kept.emplace_back(sum_of_squares(queries.data() + i * d, base.data() + j * d, d), static_cast<int>(j));
    std::sort(kept.begin(), kept.end());
    for (Index j = 0; j < k; ++j) {
      found.distances[static_cast<std::size_t>(i * k + j)] = kept[static_cast<std::size_t>(j)].first;
      found.places[static_cast<std::size_t>(i * k + j)] = kept[static_cast<std::size_t>(j)].second;
    }
  });
  return found;
}

}  // namespace hourglass::HOURGLASS_BUILD
