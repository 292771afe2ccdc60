// Task 2 of lesson 05: power iteration
//
// A covariance matrix C [d, d] is symmetric and has no negative eigenvalues. Repeated multiplication by C turns a
// vector towards the eigenvector of the largest eigenvalue, the first principal component:
//
//     w ← C w / ‖C w‖            "steps" times
//
// Write `first_component` from the given start w [d], which is not 0; it returns a vector [d] of length 1. Then write
// the variance along the direction of any w that is not 0; it must not depend on the length of w:
//
//     σ² = wᵀ C w / wᵀ w
//
// Before the second component can be found in this way, the first is removed from C (deflation): C - σ² w wᵀ.
#include <hourglass/tensor/elementwise.h>
#include <hourglass/tensor/product.h>
#include <hourglass/tensor/reduce.h>
#include "lessons/common/exercise/todo.h"

using namespace hourglass;

Tensor first_component(const Tensor& C, const Tensor& start, int steps) {
  todo("first_component(C, start, steps): the direction of largest variance");
}

double variance_along(const Tensor& C, const Tensor& w) {
  todo("variance_along(C, w): the variance along the direction of w");
}

Tensor without(const Tensor& C, const Tensor& w) {
  todo("without(C, w): C without the component w, an eigenvector of length 1");
}
