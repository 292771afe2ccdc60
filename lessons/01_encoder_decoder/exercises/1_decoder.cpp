// Task 1 of lesson 01: the decoder
//
// It maps codes h [n, code], one in each row, to images:
//
//     g(h) = σ(W₄ relu(W₃ h + b₃) + b₄)
//
// with W₃ [hidden, code], b₃ [hidden], W₄ [input, hidden], b₄ [input]; the result is [n, input]. The formula has a code
// as a column, the program as a row, so W₃ h of the formula is h W₃ᵀ in the program. Use ops of autograd/ops.h, so that
// gradients flow to all five arguments.
#include <hourglass/autograd/ops.h>
#include "lessons/common/exercise/todo.h"

using namespace hourglass;

Variable decoder(const Variable& h, const Variable& W3, const Variable& b3, const Variable& W4, const Variable& b4) {
  todo("decoder(h, W3, b3, W4, b4): compute the images of the codes");
}
