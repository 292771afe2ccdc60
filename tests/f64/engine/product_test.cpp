#include <hourglass/tensor/product.h>

#include <hourglass/tensor/elementwise.h>
#include <hourglass/tensor/error.h>
#include <hourglass/tensor/finish.h>
#include "lessons/common/exercise/judge.h"

using namespace hourglass;

namespace {

constexpr Transpose no = Transpose::no, yes = Transpose::yes;

// Whole numbers from -5 to 5: their products are exact.
Tensor whole(const Shape& shape, Index step) {
  Tensor x(shape);
  Scalar* to = x.write_();
  for (Index i = 0; i < x.numel(); ++i) to[i] = static_cast<Scalar>(i * step % 11 - 5);
  return x;
}

// op(a) op(b) by its definition.
Tensor by_definition(const Tensor& a, const Tensor& b, Transpose ta = no, Transpose tb = no) {
  const Index m = a.size(ta == yes ? 1 : 0), k = a.size(ta == yes ? 0 : 1), n = b.size(tb == yes ? 0 : 1);
  const Index across_a = ta == yes ? 1 : k, down_a = ta == yes ? m : 1;
  const Index across_b = tb == yes ? k : 1, down_b = tb == yes ? 1 : n;
  Tensor y = Tensor::zeros({m, n});
  const Scalar *from_a = a.data(), *from_b = b.data();
  Scalar* to = y.write_();
  for (Index i = 0; i < m; ++i)
    for (Index l = 0; l < k; ++l) {
      const Scalar factor = from_a[ta == yes ? l * down_a + i : i * across_a + l];
      for (Index j = 0; j < n; ++j) to[i * n + j] += factor * from_b[l * down_b + j * across_b];
    }
  return y;
}

// What `multiply_block` makes of numbers that are 10 before.
Tensor block(const Tensor& a, const Tensor& b, Transpose ta, Transpose tb, Add add) {
  const Index m = a.size(ta == yes ? 1 : 0), k = a.size(ta == yes ? 0 : 1), n = b.size(tb == yes ? 0 : 1);
  Tensor y = Tensor::full({m, n}, 10);
  multiply_block({m, n, k}, a.data(), ta, b.data(), tb, y.write_(), add);
  return y;
}

// a [3, 2] and b [2, 4]: no side is that of another
const Tensor& left() {
  static const Tensor a({3, 2}, {1, 2, 3, 4, 5, 6});
  return a;
}
const Tensor& right() {
  static const Tensor b({2, 4}, {1, 0, 2, -1, 3, 1, 0, 2});
  return b;
}
Tensor transposed(const Tensor& x) {
  Tensor y({x.size(1), x.size(0)});
  for (Index i = 0; i < x.size(0); ++i)
    for (Index j = 0; j < x.size(1); ++j) y.at_({j, i}) = x.at({i, j});
  return y;
}
const Tensor& product_of_both() {
  static const Tensor y({3, 4}, {7, 2, 2, 3, 15, 4, 6, 5, 23, 6, 10, 7});
  return y;
}

}  // namespace

TEST_CASE("one call of BLAS multiplies two matrices, and replaces what was there") {
  expect_close("[[1, 2], [3, 4], [5, 6]] · [[1, 0, 2, -1], [3, 1, 0, 2]]", block(left(), right(), no, no, Add::no),
               product_of_both());
}

TEST_CASE("one call of BLAS reads a transposed operand by columns") {
  const Tensor at = transposed(left()), bt = transposed(right());
  expect_close("aᵀ · b, with a stored as [2, 3]", block(at, right(), yes, no, Add::no), product_of_both());
  expect_close("a · bᵀ, with b stored as [4, 2]", block(left(), bt, no, yes, Add::no), product_of_both());
  expect_close("aᵀ · bᵀ", block(at, bt, yes, yes, Add::no), product_of_both());
}

TEST_CASE("one call of BLAS adds the product to what was there, with Add::yes") {
  expect_close("10 + a · b", block(left(), right(), no, no, Add::yes), product_of_both() + 10);
  expect_close("10 + aᵀ · b", block(transposed(left()), right(), yes, no, Add::yes), product_of_both() + 10);
}

TEST_CASE("the product of two matrices of one rectangle, whatever the memory held before") {
  const Tensor at = transposed(left()), bt = transposed(right());
  for (int i = 0; i < 4; ++i) Tensor::full({3, 4}, 1e6);  // goes back to the pool at once
  expect_close("matmul(a, b)", matmul(left(), right()), product_of_both());
  expect_close("matmul(aᵀ, b)", matmul(at, right(), yes, no), product_of_both());
  expect_close("matmul(a, bᵀ)", matmul(left(), bt, no, yes), product_of_both());
  expect_close("matmul(aᵀ, bᵀ)", matmul(at, bt, yes, yes), product_of_both());
}

TEST_CASE("a product of several rectangles: each has its own rows of a and columns of b") {
  for (const Transpose ta : {no, yes})
    for (const Transpose tb : {no, yes}) {
      const auto named = [&](const char* shapes) {
        return text(shapes, ta == yes ? ", aᵀ" : "", tb == yes ? ", bᵀ" : "");
      };
      const Tensor a = ta == yes ? whole({90, 330}, 7) : whole({330, 90}, 7);
      const Tensor b = tb == yes ? whole({150, 90}, 3) : whole({90, 150}, 3);
      expect_close(named("[330, 90] · [90, 150]"), matmul(a, b, ta, tb), by_definition(a, b, ta, tb));
      const Tensor d = ta == yes ? whole({90, 70}, 7) : whole({70, 90}, 7);
      const Tensor e = tb == yes ? whole({650, 90}, 3) : whole({90, 650}, 3);
      expect_close(named("[70, 90] · [90, 650]"), matmul(d, e, ta, tb), by_definition(d, e, ta, tb));
    }
  const Tensor a = whole({260, 240}, 7), b = whole({240, 270}, 3);
  expect_close("[260, 240] · [240, 270]", matmul(a, b), by_definition(a, b));
}

TEST_CASE("a layer: x Wᵀ plus the bias of each column") {
  const Tensor W = transposed(right()), bias({4}, {1, 2, 3, 4});
  expect_close("linear(x, W, b)", linear(left(), W, bias, Activation::none), product_of_both() + bias);
  expect_close("linear(x, W, no b)", linear(left(), W, Tensor(), Activation::none), product_of_both());
}

TEST_CASE("the activation function is applied to the sum of product and bias") {
  const Tensor W = transposed(right()), bias({4}, {-10, -3, 0, -6});
  expect_close("linear(x, W, b, relu)", linear(left(), W, bias, Activation::relu),
               Tensor({3, 4}, {0, 0, 2, 0, 5, 1, 6, 0, 13, 3, 10, 1}));
  expect_close("linear(x, W, no b, sigmoid)", linear(left(), W, Tensor(), Activation::sigmoid),
               sigmoid(product_of_both()));
}

TEST_CASE("a layer of several rectangles: each adds the bias of its own columns") {
  const Tensor x = whole({70, 90}, 7), W = whole({650, 90}, 3), bias = whole({650}, 4);
  expect_close("x [70, 90], W [650, 90], b [650]", linear(x, W, bias, Activation::none),
               by_definition(x, W, no, yes) + bias);
  expect_close("the same without b", linear(x, W, Tensor(), Activation::none), by_definition(x, W, no, yes));
}
