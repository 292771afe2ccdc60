// Task 3 of lesson 02: is what lies next to it alike?
//
// h [n, k] are codes, and labels[i] says what the image of row i shows. For each row look for the other row that lies
// nearest to it (squared Euclidean distance; of equally near ones the earlier), and write the share of rows whose
// nearest has the same label:
//
//     (1/n) · |{ i : label_i = label_j(i) }|,    j(i) = argmin over j ≠ i of ‖h_i - h_j‖²
//
// n is at least 2. Nothing else may matter: neither the order of the rows nor the names of the labels.
#include <span>

#include <hourglass/tensor/tensor.h>
#include "lessons/common/exercise/todo.h"

using namespace hourglass;

double share_of_alike(const Tensor& h, std::span<const int> labels) {
  todo("share_of_alike(h, labels): how often the nearest other code has the same label");
}
