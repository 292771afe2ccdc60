// Task 1 of lesson 04: the slant of a digit
//
// `image` [height, width] holds grey values from 0 to 1. The pixel at row r and column c has the weight
// w = image(r, c). With the weighted means r̄ of the rows and c̄ of the columns, the slant is the slope of the weighted
// least-squares line that predicts the column from the row:
//
//     r̄ = Σ w r / Σ w,   c̄ = Σ w c / Σ w,   slant = Σ w (r - r̄)(c - c̄) / Σ w (r - r̄)²
//
// It is 0 for a vertical stroke and 1 for one that moves a column to the right with each row down. Where it is
// undefined, because there is no ink or all ink is in one row, return 0.
#include <hourglass/tensor/tensor.h>
#include "lessons/common/exercise/todo.h"

using namespace hourglass;

double slant_of(const Tensor& image) { todo("slant_of(image): the slope of the least-squares line"); }
