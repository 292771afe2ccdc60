// Task 1 of lesson 12: how good an image is, in decibels
//
// x [n, d] are n clean images of numbers from 0 to 1, r [n, d] what a tool made of their noisy forms. Write the peak
// signal-to-noise ratio, averaged over images:
//
//     decibels(r, x) = (1/n) Σ_i 10 log₁₀(1 / m_i),     m_i = (1/d) Σ_j (r_ij - x_ij)²
//
// Each image has its own error m_i and its own ratio; the ratios are averaged, not the errors. Plain loops over
// `r.data()` and `x.data()` do; no gradient is needed.
#include <hourglass/tensor/tensor.h>
#include "lessons/common/exercise/todo.h"

using namespace hourglass;

double decibels(const Tensor& r, const Tensor& x) { todo("decibels(r, x): from squared errors to decibels"); }
