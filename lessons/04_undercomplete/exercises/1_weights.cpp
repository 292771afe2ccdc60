// Task 1 of lesson 04: how large is the net itself?
//
// A net of fully connected layers with `sizes` units, from the input to the output: {784, 256, 8, 256, 784}, say.
// Between two layers of m and n units stand a weight for each pair of them and a bias for each unit of the second: m ·
// n + n. Write
//
//     weights_of(sizes)      the numbers of the whole net
//     bottleneck_of(sizes)   the smallest of the sizes: as many numbers, at most, can pass
//
// There are at least two sizes.
#include <vector>

#include <hourglass/tensor/shape.h>
#include "lessons/common/exercise/todo.h"

using namespace hourglass;

Index weights_of(const std::vector<Index>& sizes) { todo("weights_of(sizes)"); }

Index bottleneck_of(const std::vector<Index>& sizes) { todo("bottleneck_of(sizes)"); }
