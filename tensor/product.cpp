#include "tensor/product.h"

#include <cblas.h>

#include <string_view>

#include "tensor/blas.h"
#include "tensor/elementwise.h"
#include "tensor/error.h"
#include "tensor/finish.h"
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
                           const float* b, int ldb, float beta, float* y, int ldy) {
  cblas_sgemm(CblasRowMajor, ta, tb, m, n, k, 1, a, lda, b, ldb, beta, y, ldy);
}

[[maybe_unused]] void gemm(CBLAS_TRANSPOSE ta, CBLAS_TRANSPOSE tb, int m, int n, int k, const double* a, int lda,
                           const double* b, int ldb, double beta, double* y, int ldy) {
  cblas_dgemm(CblasRowMajor, ta, tb, m, n, k, 1, a, lda, b, ldb, beta, y, ldy);
}

CBLAS_TRANSPOSE flag(Transpose t) { return t == Transpose::yes ? CblasTrans : CblasNoTrans; }

void multiply_panel(const Product& p, const Panel& at) {
  const bool ta = p.ta == Transpose::yes, tb = p.tb == Transpose::yes;
  const int lda = ta ? p.m : p.k, ldb = tb ? p.k : p.n;  // how far one row lies behind the other
  const Scalar* a = p.a + (ta ? at.row : static_cast<Index>(at.row) * lda);
  const Scalar* b = p.b + (tb ? static_cast<Index>(at.column) * ldb : at.column);
  gemm(flag(p.ta), flag(p.tb), at.rows, at.columns, p.k, a, lda, b, ldb, 0,
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
    finish_columns(at.rows, at.columns, p.n, bias, activation, p.y + static_cast<Index>(at.row) * p.n + at.column);
  });
  return y;
}

void multiply_block(const Sides& s, const Scalar* a, Transpose ta, const Scalar* b, Transpose tb, Scalar* y, Add add) {
  blas::prepare();
  const int m = static_cast<int>(s.m), n = static_cast<int>(s.n), k = static_cast<int>(s.k);
  gemm(flag(ta), flag(tb), m, n, k, a, ta == Transpose::yes ? m : k, b, tb == Transpose::yes ? k : n,
       add == Add::yes ? 1 : 0, y, n);
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
