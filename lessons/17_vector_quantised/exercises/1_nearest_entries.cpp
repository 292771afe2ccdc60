// Task 1 of lesson 17: the nearest entries of a codebook
//
// Each row of z [n, width] is one part of an encoder's output; each row of `entries` [number of entries, width] is one
// entry e_j of the codebook. Return the index of the nearest entry for each part:
//
//     k_i = argmin_j ‖z_i - e_j‖²,        the smallest such j if there are several
//
// Read row i, column c of z with z.data()[i * width + c].
#include <vector>

#include <hourglass/tensor/tensor.h>
#include "lessons/common/exercise/todo.h"

using namespace hourglass;

std::vector<int> nearest_entries(const Tensor& z, const Tensor& entries) {
  todo("nearest_entries(z, entries): the search for the nearest entries is missing");
}
