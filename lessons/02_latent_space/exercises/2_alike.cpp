// Task 2 of lesson 02: how often has the nearest code the same label?
//
// h [n, k] are codes, and labels[i] is the class of the image of row i. For each row find the nearest other row (by
// squared Euclidean distance; of equally near rows the earlier one). Return the share of rows whose nearest row has the
// same label:
//
//     (1/n) · |{ i : label_i = label_j(i) }|,    j(i) = argmin over j ≠ i of ‖h_i - h_j‖²
//
// n is at least 2. The result must not depend on the order of the rows or on the numbers that stand for the classes.
#include <span>

#include <hourglass/tensor/tensor.h>
#include "lessons/common/exercise/todo.h"

using namespace hourglass;

double share_of_alike(const Tensor& h, std::span<const int> labels) {
  todo("share_of_alike(h, labels): compute the share of rows whose nearest other row has the same label");
}
