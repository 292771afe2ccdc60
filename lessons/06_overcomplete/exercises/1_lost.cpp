// Task 1 of lesson 06: the share of the energy that is lost
//
// x are images and r their reconstructions, both [n, pixels]. The energy of x is Σ x², and the share that is lost is
//
//     lost(r, x) = Σ (x - r)² / Σ x²
//
// where both sums run over all pixels of all images together. It is 0 for a perfect copy and 1 for a black image. If
// all of x is black, nothing can be lost: return 0.
#include <hourglass/autograd/ops.h>
#include "lessons/common/exercise/todo.h"

using namespace hourglass;

double lost_share(const Tensor& r, const Tensor& x) { todo("lost_share(r, x): the share of the energy lost"); }
