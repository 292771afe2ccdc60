#pragma once
#include <span>
#include <vector>

#include <hourglass/tensor/tensor.h>

namespace hourglass::HOURGLASS_BUILD::metrics {

/// The images that activate each unit of a code most: of n images with codes h [n, units], the indices of the `count`
/// with the largest activation, the largest first (of equal ones, the earlier). A unit that is above the threshold in
/// fewer images has none. Throws unless h is a matrix of finite numbers, count >= 1 and the threshold is a number.
std::vector<std::vector<int>> strongest_images(const Tensor& h, Index count, Number threshold = 0);

/// Of a unit's strongest images, the share that has their commonest label, averaged over units that have any: 1 where
/// each unit stands for one class. 0 where no unit has any. Throws when an image has no label.
double purity(const std::vector<std::vector<int>>& strongest, std::span<const int> labels);

}  // namespace hourglass::HOURGLASS_BUILD::metrics
