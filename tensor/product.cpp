#include <hourglass/tensor/product.h>

#include <cblas.h>

#include <string_view>
#include <type_traits>
#include <utility>

#include <hourglass/tensor/blas.h>
#include <hourglass/tensor/error.h>
#include <hourglass/tensor/finish.h>
#include <hourglass/tensor/parallel.h>

namespace hourglass::HOURGLASS_BUILD {
namespace {

// BLAS's product for the number type that this build has.
constexpr auto gemm = std::get<std::is_same_v<Scalar, double>>(std::pair(&cblas_sgemm, &cblas_dgemm));

CBLAS_TRANSPOSE flag(Transpose t) { return t == Transpose::yes ? CblasTrans : CblasNoTrans; }

// How y is cut into rectangles, each one call of BLAS on one thread.
struct Grid {
  int rows = 1, columns = 1;
  int count() const { return rows * columns; }
};

// What a product is made of: y [m, n] = φ(op(a) [m, k] · op(b) [k, n] + bias [n]).
struct Product {
  const Scalar *a, *b;
  Transpose ta, tb;
  int m, n, k;
  Grid grid;
  const Scalar* bias = nullptr;
  Activation activation = Activation::none;
  Scalar* y = nullptr;
};

constexpr int tile = 16;  // cuts lie at multiples of this, so that BLAS's own tiles stay whole

// Where part i of a side begins, and the one before it ends: each has the same number of tiles, or one more.
int edge(int side, int parts, int i) {
  const Index tiles = (Index{side} + tile - 1) / tile;
  return static_cast<int>(std::min<Index>(side, i * tiles / parts * tile));
}

// y in `count` rectangles, a power of two, or in fewer where they would be narrower than a tile. The longer side is
// halved each time, for a call of BLAS packs its rows of a and its columns of b.
Grid cut(int count, int m, int n) {
  Grid grid;
  while (grid.count() < count && std::max(m / grid.rows, n / grid.columns) >= 2 * tile)
    (m / grid.rows > n / grid.columns ? grid.rows : grid.columns) *= 2;
  return grid;
}

// The rectangles of a product: 16 at most, none of less work than pays for its call. Their number depends on the shape
// alone, or the bits would depend on the threads; but where BLAS adds up large rectangles in the same order however
// they are cut, there are as many as the threads share evenly.
Grid grid_of(int m, int n, int k) {
  const double small = blas::small_product();
  int count = 1;
  while (static_cast<double>(m) * n * k > small * count && count < 16) count *= 2;
  const Grid grid = cut(count, m, n);
  const double least = static_cast<double>(m / tile / grid.rows) * (n / tile / grid.columns) * tile * tile * k;
  if (least <= small || !blas::cut_changes_nothing()) return grid;
  for (count = 1; count < grid.count() && count % threads() != 0;) count *= 2;
  return cut(count, m, n);
}

// The i-th rectangle.
void multiply_rectangle(const Product& p, Index i) {
  const int r = static_cast<int>(i) / p.grid.columns, c = static_cast<int>(i) % p.grid.columns;
  const int row = edge(p.m, p.grid.rows, r), rows = edge(p.m, p.grid.rows, r + 1) - row;
  const int column = edge(p.n, p.grid.columns, c), columns = edge(p.n, p.grid.columns, c + 1) - column;
  Scalar* y = p.y + static_cast<Index>(row) * p.n + column;
  // hole rectangle: y[i, j] = Σ_l op(a)[i, l] op(b)[l, j] for the rows and columns of this rectangle
  const int lda = p.ta == Transpose::yes ? p.m : p.k, ldb = p.tb == Transpose::yes ? p.k : p.n;  // from row to row
  const Scalar* a = p.a + (p.ta == Transpose::yes ? row : static_cast<Index>(row) * lda);
  const Scalar* b = p.b + (p.tb == Transpose::yes ? static_cast<Index>(column) * ldb : column);
  gemm(CblasRowMajor, flag(p.ta), flag(p.tb), rows, columns, p.k, 1, a, lda, b, ldb, 0, y, p.n);
  // end of hole
  // hole finish: add the bias of these columns, if there is one, and apply the activation function
  finish_columns(rows, columns, p.n, p.bias ? p.bias + column : nullptr, p.activation, y);
  // end of hole
}

int blas_size(Index size, std::string_view op) {
  require(size <= 0x7fffffff, op, ": a side of ", size, " is more than BLAS can count");
  return static_cast<int>(size);
}

Product checked_product(const Tensor& a, Transpose ta, const Tensor& b, Transpose tb, std::string_view op) {
  require(!a.empty() && !b.empty(), op, ": the ", a.empty() ? "first" : "second", " operand is empty");
  const auto mark = [](Transpose t) { return t == Transpose::yes ? "ᵀ" : ""; };
  require(a.dim() == 2 && b.dim() == 2, op, ": ", a.shape(), mark(ta), " x ", b.shape(), mark(tb),
          ": both must be matrices");
  const Index m = a.size(ta == Transpose::no ? 0 : 1), k = a.size(ta == Transpose::no ? 1 : 0);
  const Index inner = b.size(tb == Transpose::no ? 0 : 1), n = b.size(tb == Transpose::no ? 1 : 0);
  require(k == inner, op, ": ", a.shape(), mark(ta), " x ", b.shape(), mark(tb), ": inner sizes ", k, " and ", inner,
          " differ");
  blas::prepare();
  const int rows = blas_size(m, op), columns = blas_size(n, op), depth = blas_size(k, op);
  return {a.data(), b.data(), ta, tb, rows, columns, depth, grid_of(rows, columns, depth)};
}

}  // namespace

Tensor matmul(const Tensor& a, const Tensor& b, Transpose ta, Transpose tb) {
  Product p = checked_product(a, ta, b, tb, "matmul");
  Tensor y({p.m, p.n});
  p.y = y.write_();
  if (threads() == 1) {  // without the loop's frames, so that a debugger steps from here into the rectangle
    const FlushDenormals mode;
    for (int i = 0; i < p.grid.count(); ++i) multiply_rectangle(p, i);
  } else {
    parallel_for(p.grid.count(), [&](Index i) { multiply_rectangle(p, i); });
  }
  return y;
}

Tensor linear(const Tensor& x, const Tensor& W, const Tensor& b, Activation activation) {
  Product p = checked_product(x, Transpose::no, W, Transpose::yes, "linear");
  require(b.empty() || b.shape() == Shape{p.n}, "linear: ", x.shape(), " x ", W.shape(), "ᵀ + ", b.shape(),
          ": the bias must be [", p.n, "]");
  Tensor y({p.m, p.n});
  p.y = y.write_();
  // hole linear: y = φ(x Wᵀ + b): what the product adds and applies
  p.bias = b.empty() ? nullptr : b.data();
  p.activation = activation;
  // end of hole
  if (threads() == 1) {  // without the loop's frames, so that a debugger steps from here into the rectangle
    const FlushDenormals mode;
    for (int i = 0; i < p.grid.count(); ++i) multiply_rectangle(p, i);
  } else {
    parallel_for(p.grid.count(), [&](Index i) { multiply_rectangle(p, i); });
  }
  return y;
}

void multiply_block(const Sides& s, const Scalar* a, Transpose ta, const Scalar* b, Transpose tb, Scalar* y, Add add) {
  blas::prepare();
  // hole block: y = op(a) op(b), or y + op(a) op(b), by one call of BLAS
  const int m = static_cast<int>(s.m), n = static_cast<int>(s.n), k = static_cast<int>(s.k);
  const int lda = ta == Transpose::yes ? m : k, ldb = tb == Transpose::yes ? k : n;
  gemm(CblasRowMajor, flag(ta), flag(tb), m, n, k, 1, a, lda, b, ldb, add == Add::yes ? 1 : 0, y, n);
  // end of hole
}

}  // namespace hourglass::HOURGLASS_BUILD
