#pragma once
#include <span>

#include <hourglass/report/picture.h>
#include <hourglass/tensor/tensor.h>

namespace hourglass::HOURGLASS_BUILD::report {

/// Points in the plane: a dot of its label's colour at each row (right, up) of `points` [n, 2], which are moved and
/// scaled alike in both directions to fill the picture; above them the labels in their colours, of which there are ten.
/// Without labels all dots are of one colour. Throws unless `points` are finite numbers [n, 2] with a label, at least
/// 0, for each row or for none.
Picture scatter(const Tensor& points, std::span<const int> labels, int width = 720, int height = 600);

}  // namespace hourglass::HOURGLASS_BUILD::report
