// Task 1 of lesson 06: who copies?
//
// Images x and what a net made of them, r, both [n, pixels]. The share of the energy that was lost is
//
//     lost(r, x) = Σ (x - r)² / Σ x²
//
// where both sums run over all pixels of all images together: 0 for a perfect copy, 1 for a black picture in its place.
// Where x is all black there is nothing to lose: 0.
#include <hourglass/autograd/ops.h>
#include "lessons/common/exercise/todo.h"

using namespace hourglass;

double lost_share(const Tensor& r, const Tensor& x) { todo("lost_share(r, x): the share of the energy lost"); }
