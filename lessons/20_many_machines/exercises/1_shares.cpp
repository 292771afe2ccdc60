// Task 1 of lesson 20: the parts of a mini-batch, and the gradient of the whole
//
// A mini-batch of n images is divided over R ranks: rank r gets consecutive images, each image belongs to exactly one
// rank, and the numbers of images of two ranks differ by at most one. The loss of a rank is a mean over its images, and
// so is its gradient g_r. Write
//
//     part(n, R, r)                   {first, count}: the images of rank r
//     gradient_of_all(g, counts)      the gradient of the mean over all images, from the g_r of all ranks and their
//                                     numbers of images; a rank without images is left out, whatever its g_r contains
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
