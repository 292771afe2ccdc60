// Task 2 of lesson 01: the decoder
//
// It makes images of codes h [n, code], row by row:
//
//     g(h) = σ(W₄ relu(W₃ h + b₃) + b₄)
//
// with W₃ [hidden, code], b₃ [hidden], W₄ [input, hidden], b₄ [input]: [n, input]. A code is a row here, so that W₃ h
// of the text is h W₃ᵀ in the program. Write it with ops of autograd/ops.h, so that gradients reach all five.
#include <hourglass/autograd/ops.h>
#include "lessons/common/exercise/todo.h"

using namespace hourglass;

Variable decoder(const Variable& h, const Variable& W3, const Variable& b3, const Variable& W4, const Variable& b4) {
  todo("decoder(h, W3, b3, W4, b4): the code is to become an image");
}
