// Task 1 of lesson 07: soft thresholding, or why an L1 penalty gives exact zeros
//
// Consider a single activation h. Its best value for the reconstruction is z, with the error (h - z)², and it has the
// penalty λ |h|. Write the h that minimises the sum:
//
//     cheapest(z, λ) = argmin over h of (h - z)² + λ |h|,     λ >= 0
//
// It has a closed form, so no search is needed: consider h > 0, h < 0 and h = 0 separately. For small |z| the result
// must be exactly 0.
#include "lessons/common/exercise/todo.h"

using namespace hourglass;

double cheapest(double z, double lambda) { todo("cheapest(z, lambda): the h that minimises (h - z)² + λ |h|"); }
