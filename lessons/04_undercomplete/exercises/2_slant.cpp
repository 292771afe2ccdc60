// Task 2 of lesson 04: the slant of a digit
//
// `image` [height, width] holds greys from 0 to 1. Its ink at row r and column c weighs w = image(r, c). With the mean
// row r̄ and the mean column c̄ of the ink, the slant is the slope of the line that tells best which column the ink of a
// row has:
//
//     r̄ = Σ w r / Σ w,   c̄ = Σ w c / Σ w,   slant = Σ w (r - r̄)(c - c̄) / Σ w (r - r̄)²
//
// 0 for an upright stroke, 1 for one that moves a column to the right with each row. Where there is no ink, or all of
// it in one row, nothing can be told: 0.
#include <hourglass/tensor/tensor.h>
#include "lessons/common/exercise/todo.h"

using namespace hourglass;

double slant_of(const Tensor& image) { todo("slant_of(image): the slope of the ink"); }
