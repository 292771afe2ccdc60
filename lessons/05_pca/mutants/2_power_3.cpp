// The variance grows with the arrow.
#include <hourglass/tensor/elementwise.h>
#include <hourglass/tensor/product.h>
#include <hourglass/tensor/reduce.h>

using namespace hourglass;

Tensor first_component(const Tensor& C, const Tensor& start, int steps) {
  Tensor w = start.reshape({C.size(0), 1});
  for (int step = 0; step < steps; ++step) {
    const Tensor v = tensor::matmul(C, w);
    w = tensor::div(v, tensor::sqrt(tensor::sum(tensor::mul(v, v))));
  }
  return w.reshape({C.size(0)});
}

double variance_along(const Tensor& C, const Tensor& w) {
  const Tensor column = w.reshape({C.size(0), 1}), v = tensor::matmul(C, column);
  return tensor::sum(tensor::mul(column, v)).item();
}

Tensor without(const Tensor& C, const Tensor& w) {
  const Tensor column = w.reshape({C.size(0), 1});
  const Tensor outer = tensor::matmul(column, column, Transpose::no, Transpose::yes);
  return tensor::sub(C, tensor::affine(outer, variance_along(C, w), 0));
}
