#include "tensor/product.h"

#include <cblas.h>

#include <string_view>

#include "tensor/blas.h"
#include "tensor/elementwise.h"
#include "tensor/error.h"
#include "tensor/map.h"
#include "tensor/parallel.h"

namespace hourglass::inline HOURGLASS_BUILD::tensor {
namespace {

// What a product is made of: y [m, n] = op(a) [m, k] · op(b) [k, n].
struct Product {
  const Scalar *a, *b;
  Transpose ta, tb;
  int m, n, k;
  Scalar* y;
};

// The rectangle of y that one call of BLAS computes.
struct Panel {
  int row, rows, column, columns;
};

[[maybe_unused]] void gemm(CBLAS_TRANSPOSE ta, CBLAS_TRANSPOSE tb, int m, int n, int k, const float* a, int lda,
                           const float* b, int ldb, float* y, int ldy) {
  cblas_sgemm(CblasRowMajor, ta, tb, m, n, k, 1, a, lda, b, ldb, 0, y, ldy);
}

[[maybe_unused]] void gemm(CBLAS_TRANSPOSE ta, CBLAS_TRANSPOSE tb, int m, int n, int k, const double* a, int lda,
                           const double* b, int ldb, double* y, int ldy) {
  cblas_dgemm(CblasRowMajor, ta, tb, m, n, k, 1, a, lda, b, ldb, 0, y, ldy);
}

void multiply_panel(const Product& p, const Panel& at) {
  const bool ta = p.ta == Transpose::yes, tb = p.tb == Transpose::yes;
  const int lda = ta ? p.m : p.k, ldb = tb ? p.k : p.n;  // how far one row lies behind the other
  const Scalar* a = p.a + (ta ? at.row : static_cast<Index>(at.row) * lda);
  const Scalar* b = p.b + (tb ? static_cast<Index>(at.column) * ldb : at.column);
  gemm(ta ? CblasTrans : CblasNoTrans, tb ? CblasTrans : CblasNoTrans, at.rows, at.columns, p.k, a, lda, b, ldb,
       p.y + static_cast<Index>(at.row) * p.n + at.column, p.n);
}

// How many panels a product falls into: a function of its shape alone, or the bits would depend on the threads.
int panel_count(int m, int n, int k) {
  const double operations = 2.0 * m * n * k;
  return operations < 1e6 ? 1 : operations < 64e6 ? 2 : 4;
}

// Cut across the longer side, at multiples of 16 so that BLAS's own tiles stay whole.
Panel panel(const Product& p, int count, int i) {
  const int side = p.m > p.n ? p.m : p.n;
  const int width = ((side + count - 1) / count + 15) / 16 * 16;
  const int first = std::min(side, i * width), last = std::min(side, first + width);
  return p.m > p.n ? Panel{first, last - first, 0, p.n} : Panel{0, p.m, first, last - first};
}

int blas_size(Index size, std::string_view op) {
  require(size <= 0x7fffffff, op, ": a side of ", size, " is more than BLAS can count");
  return static_cast<int>(size);
}

Product product(const Tensor& a, Transpose ta, const Tensor& b, Transpose tb, std::string_view op) {
  require(!a.empty() && !b.empty(), op, ": the ", a.empty() ? "first" : "second", " operand is empty");
  const auto mark = [](Transpose t) { return t == Transpose::yes ? "ᵀ" : ""; };
  require(a.rank() == 2 && b.rank() == 2, op, ": ", a.shape(), mark(ta), " x ", b.shape(), mark(tb),
          ": both must be matrices");
  const Index m = a.size(ta == Transpose::no ? 0 : 1), k = a.size(ta == Transpose::no ? 1 : 0);
  const Index inner = b.size(tb == Transpose::no ? 0 : 1), n = b.size(tb == Transpose::no ? 1 : 0);
  require(k == inner, op, ": ", a.shape(), mark(ta), " x ", b.shape(), mark(tb), ": inner sizes ", k, " and ", inner,
          " differ");
  blas::prepare();
  return {a.data(), b.data(), ta, tb, blas_size(m, op), blas_size(n, op), blas_size(k, op), nullptr};
}

// y_ij = φ(y_ij + b_j) over one panel.
template <class F>
HOURGLASS_EVERY_CPU void finish_rows(const Panel& at, Index stride, const Scalar* __restrict b, Scalar* __restrict y,
                                     F f) {
  for (Index i = at.row; i < at.row + at.rows; ++i) {
    Scalar* row = y + i * stride;
    if (b) {
      for (Index j = at.column; j < at.column + at.columns; ++j) row[j] = f(row[j] + b[j]);
    } else {
      for (Index j = at.column; j < at.column + at.columns; ++j) row[j] = f(row[j]);
    }
  }
}

void finish_panel(const Product& p, const Panel& at, const Scalar* b, Activation activation) {
  const auto finish = [&](auto f) { finish_rows(at, p.n, b, p.y, f); };
  switch (activation) {
    case Activation::none:
      return b ? finish([](Scalar v) { return v; }) : void();
    case Activation::relu:
      return finish([](Scalar v) { return v < 0 ? Scalar{0} : v; });
    case Activation::leaky_relu:
      return finish([](Scalar v) { return v > 0 ? v : leaky_slope * v; });
    case Activation::sigmoid:
      return finish([](Scalar v) { return 1 / (1 + simd::exp(-v)); });
    case Activation::tanh:
      return finish([](Scalar v) { return simd::tanh(v); });
  }
}

}  // namespace

Tensor matmul(const Tensor& a, const Tensor& b, Transpose ta, Transpose tb) {
  Product p = product(a, ta, b, tb, "matmul");
  Tensor y({p.m, p.n});
  p.y = y.write_();
  const int count = panel_count(p.m, p.n, p.k);
  parallel_for(count, [&](Index i) {
    const Panel at = panel(p, count, static_cast<int>(i));
    if (at.rows > 0 && at.columns > 0) multiply_panel(p, at);
  });
  return y;
}

Tensor linear(const Tensor& x, const Tensor& W, const Tensor& b, Activation activation) {
  Product p = product(x, Transpose::no, W, Transpose::yes, "linear");
  require(b.empty() || b.shape() == Shape{p.n}, "linear: ", x.shape(), " x ", W.shape(), "ᵀ + ", b.shape(),
          ": the bias must be [", p.n, "]");
  Tensor y({p.m, p.n});
  p.y = y.write_();
  const Scalar* bias = b.empty() ? nullptr : b.data();
  const int count = panel_count(p.m, p.n, p.k);
  parallel_for(count, [&](Index i) {
    const Panel at = panel(p, count, static_cast<int>(i));
    if (at.rows == 0 || at.columns == 0) return;
    multiply_panel(p, at);
    finish_panel(p, at, bias, activation);
  });
  return y;
}

Tensor activation_grad(Activation activation, const Tensor& gy, const Tensor& y) {
  switch (activation) {
    case Activation::none:
      return gy;
    case Activation::relu:
      return relu_grad(gy, y);
    case Activation::leaky_relu:
      return leaky_relu_grad(gy, y, leaky_slope);
    case Activation::sigmoid:
      return sigmoid_grad(gy, y);
    case Activation::tanh:
      return tanh_grad(gy, y);
  }
  fail("activation_grad: unknown activation ", static_cast<int>(activation));
}

}  // namespace hourglass::inline HOURGLASS_BUILD::tensor
