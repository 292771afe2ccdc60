// Task 1 of lesson 04: the size of a network
//
// A network of fully connected layers is given by its layer sizes, from the input to the output: {784, 256, 8, 256,
// 784}, for instance. Between two layers of m and n units there is a weight for each pair of units, and a bias for each
// unit of the second layer: m · n + n parameters. Write
//
//     weights_of(sizes)      the number of parameters of the whole network
//     bottleneck_of(sizes)   the smallest layer size: the largest dimension that can pass through the network
//
// There are at least two sizes.
#include <vector>

#include <hourglass/tensor/shape.h>
#include "lessons/common/exercise/todo.h"

using namespace hourglass;

Index weights_of(const std::vector<Index>& sizes) { todo("weights_of(sizes)"); }

Index bottleneck_of(const std::vector<Index>& sizes) { todo("bottleneck_of(sizes)"); }
