// Task 2 of lesson 05: the first component without LAPACK
//
// A symmetric matrix C [d, d] without negative eigenvalues, such as a covariance, stretches a vector most along the
// eigenvector of its largest eigenvalue. Applied again and again, whatever was there in the beginning turns into that
// direction:
//
//     w ← C w / ‖C w‖            "steps" times
//
// Write it, from the start w [d] that is given (not 0): what is returned is [d], of length 1. Then write the variance
// along a direction, λ = wᵀ C w, for a w of any length but 0: of the direction, not of the arrow. To find the second
// component, the first one is taken out of C first (deflation): C - λ w wᵀ.
#include <hourglass/tensor/elementwise.h>
#include <hourglass/tensor/product.h>
#include <hourglass/tensor/reduce.h>
#include "lessons/common/exercise/todo.h"

using namespace hourglass;

Tensor first_component(const Tensor& C, const Tensor& start, int steps) {
  todo("first_component(C, start, steps): the direction of largest variance");
}

double variance_along(const Tensor& C, const Tensor& w) { todo("variance_along(C, w): the variance along w"); }

Tensor without(const Tensor& C, const Tensor& w) {
  todo("without(C, w): C with the direction w (of length 1, an eigenvector) taken out");
}
