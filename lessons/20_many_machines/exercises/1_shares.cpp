// Task 1 of lesson 20: who gets which images, and what their gradients make together
//
// A batch of n images is spread over R ranks: rank r gets consecutive images, all images are given out, and no rank has
// more than one image more than another. Its loss is a mean over its own images, so its gradient g_r is one, too. Write
//
//     part(n, R, r)                   {first, count}: the images of rank r
//     gradient_of_all(g, counts)      the gradient of the mean over all images, from the g_r of all ranks and how many
//                                     images each of them had; a rank that had none has no say, whatever its g_r holds
//
// with n, R >= 1 and 0 <= r < R; all g_r have one shape.
#include <utility>
#include <vector>

#include <hourglass/tensor/elementwise.h>
#include "lessons/common/exercise/todo.h"

using namespace hourglass;

std::pair<Index, Index> part(Index n, Index R, Index r) { todo("part(n, R, r)"); }

Tensor gradient_of_all(const std::vector<Tensor>& g, const std::vector<Index>& counts) {
  todo("gradient_of_all(g, counts): not simply the mean of the g_r");
}
