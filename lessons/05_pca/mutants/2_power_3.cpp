// The variance grows with the length of w.
#include <hourglass/tensor/elementwise.h>
#include <hourglass/tensor/product.h>
#include <hourglass/tensor/reduce.h>

using namespace hourglass;

Tensor first_component(const Tensor& C, const Tensor& start, int steps) {
  Tensor w = start.reshape({C.size(0), 1});
  for (int step = 0; step < steps; ++step) {
    const Tensor v = matmul(C, w);
    w = v / sqrt(sum(v * v));
  }
  return w.reshape({C.size(0)});
}

double variance_along(const Tensor& C, const Tensor& w) {
  const Tensor column = w.reshape({C.size(0), 1}), v = matmul(C, column);
  return sum(column * v).item();
}

Tensor without(const Tensor& C, const Tensor& w) {
  const Tensor column = w.reshape({C.size(0), 1});
  const Tensor outer = matmul(column, column, Transpose::no, Transpose::yes);
  return C - variance_along(C, w) * outer;
}
