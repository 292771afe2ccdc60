#include <hourglass/tensor/product.h>

#include <cblas.h>

#include <string_view>

#include <hourglass/tensor/blas.h>
#include <hourglass/tensor/error.h>
#include <hourglass/tensor/finish.h>
#include <hourglass/tensor/parallel.h>

namespace hourglass::HOURGLASS_BUILD {
namespace {

// BLAS's product for the number type that this build has.
constexpr auto gemm = [] {
  if constexpr (sizeof(Scalar) == sizeof(float))
    return cblas_sgemm;
  else
    return cblas_dgemm;
}();

CBLAS_TRANSPOSE flag(Transpose t) { return t == Transpose::yes ? CblasTrans : CblasNoTrans; }

// What a product is made of: y [m, n] = φ(op(a) [m, k] · op(b) [k, n] + bias [n]), computed panel by panel.
struct Product {
  const Scalar *a, *b;
  Transpose ta, tb;
  int m, n, k;
  int panels;  // how many across the longer side of y
  int calls;   // of BLAS: each computes one panel, or some that are neighbours
  const Scalar* bias = nullptr;
  Activation activation = Activation::none;
  Scalar* y = nullptr;
};

constexpr int tile = 16;  // panels are cut at multiples of this, so that BLAS's own tiles stay whole

int tiles(int side) { return (side + tile - 1) / tile; }

// Where the i-th call of BLAS begins on the longer side, and the one before it ends: each has the same number of tiles,
// or one more.
int cut(int side, const Product& p, int i) {
  return std::min(side, i * p.panels / p.calls * tiles(side) / p.panels * tile);
}

// The i-th call of BLAS, on one thread: a rectangle of y, which is one panel, or some that are neighbours.
void multiply_panel(const Product& p, Index i) {
  const bool by_rows = p.m > p.n;
  const int call = static_cast<int>(i), side = by_rows ? p.m : p.n;
  const int first = cut(side, p, call), count = cut(side, p, call + 1) - first;
  const int row = by_rows ? first : 0, rows = by_rows ? count : p.m;
  const int column = by_rows ? 0 : first, columns = by_rows ? p.n : count;
  const int lda = p.ta == Transpose::yes ? p.m : p.k, ldb = p.tb == Transpose::yes ? p.k : p.n;  // from row to row
  const Scalar* a = p.a + (p.ta == Transpose::yes ? row : static_cast<Index>(row) * lda);
  const Scalar* b = p.b + (p.tb == Transpose::yes ? static_cast<Index>(column) * ldb : column);
  Scalar* y = p.y + static_cast<Index>(row) * p.n + column;
  gemm(CblasRowMajor, flag(p.ta), flag(p.tb), rows, columns, p.k, 1, a, lda, b, ldb, 0, y, p.n);
  finish_columns(rows, columns, p.n, p.bias ? p.bias + column : nullptr, p.activation, y);
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
  // How many panels: a function of the shape alone, or the bits would depend on the threads.
  const double operations = 2.0 * static_cast<double>(m) * static_cast<double>(n) * static_cast<double>(k);
  const int side = blas_size(std::max(m, n), op), wanted = operations < 1e6 ? 1 : operations < 64e6 ? 2 : 4;
  const int panels = std::min(wanted, tiles(side));
  // A thread computes its panels by one call where that gives the same bits, since each call arranges the shared
  // operand anew. OpenBLAS has other kernels for small products, with another order of sums: their panels stay apart.
  const bool large = operations / panels > 16e6;
  const int calls = large && blas::cut_changes_nothing() ? std::min(panels, threads()) : panels;
  return {a.data(), b.data(), ta, tb, blas_size(m, op), blas_size(n, op), blas_size(k, op), panels, calls};
}

}  // namespace

Tensor matmul(const Tensor& a, const Tensor& b, Transpose ta, Transpose tb) {
  Product p = checked_product(a, ta, b, tb, "matmul");
  Tensor y({p.m, p.n});
  p.y = y.write_();
  if (threads() == 1) {  // without the loop's frames, so that a debugger steps from here into the panel
    const FlushDenormals mode;
    for (int i = 0; i < p.calls; ++i) multiply_panel(p, i);
  } else {
    parallel_for(p.calls, [&](Index i) { multiply_panel(p, i); });
  }
  return y;
}

Tensor linear(const Tensor& x, const Tensor& W, const Tensor& b, Activation activation) {
  Product p = checked_product(x, Transpose::no, W, Transpose::yes, "linear");
  require(b.empty() || b.shape() == Shape{p.n}, "linear: ", x.shape(), " x ", W.shape(), "ᵀ + ", b.shape(),
          ": the bias must be [", p.n, "]");
  Tensor y({p.m, p.n});
  p.y = y.write_();
  p.bias = b.empty() ? nullptr : b.data();
  p.activation = activation;
  if (threads() == 1) {  // without the loop's frames, so that a debugger steps from here into the panel
    const FlushDenormals mode;
    for (int i = 0; i < p.calls; ++i) multiply_panel(p, i);
  } else {
    parallel_for(p.calls, [&](Index i) { multiply_panel(p, i); });
  }
  return y;
}

void multiply_block(const Sides& s, const Scalar* a, Transpose ta, const Scalar* b, Transpose tb, Scalar* y, Add add) {
  blas::prepare();
  const int m = static_cast<int>(s.m), n = static_cast<int>(s.n), k = static_cast<int>(s.k);
  const int lda = ta == Transpose::yes ? m : k, ldb = tb == Transpose::yes ? k : n;
  gemm(CblasRowMajor, flag(ta), flag(tb), m, n, k, 1, a, lda, b, ldb, add == Add::yes ? 1 : 0, y, n);
}

}  // namespace hourglass::HOURGLASS_BUILD
