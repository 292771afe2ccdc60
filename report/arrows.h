#pragma once
#include <hourglass/report/picture.h>
#include <hourglass/tensor/tensor.h>

namespace hourglass::HOURGLASS_BUILD::report {

/// A field of arrows in the plane: one from each row of `from` [n, 2] (right, up) to the same row of `to`, its head the
/// thick end; below them `points` [m, 2] as dots. All is moved and scaled alike in both directions to fill the picture.
/// Throws unless the shapes are such and all numbers finite.
Picture arrows(const Tensor& from, const Tensor& to, const Tensor& points, int width = 720, int height = 600);

}  // namespace hourglass::HOURGLASS_BUILD::report
