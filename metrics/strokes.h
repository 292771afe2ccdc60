#pragma once
#include <vector>

#include <hourglass/tensor/tensor.h>

// How a digit is written, apart from which digit it is: what a code may keep beside the class. Images
// [n, height · width] of numbers from 0 (paper) to 1 (ink); throw unless the sides make up a row and the numbers
// are finite.
namespace hourglass::HOURGLASS_BUILD::metrics {

/// How far the strokes lean to the right, in degrees: atan(-μ_xy / μ_yy) of the second moments of the ink about its
/// centre, y pointing down. 0 for an image of one row or without ink.
std::vector<double> slants(const Tensor& x, Index height, Index width);

/// Σ over places of √((x_{v,u+1} - x_{vu})² + (x_{v+1,u} - x_{vu})²), paper all round: the length of all contours.
std::vector<double> contour_lengths(const Tensor& x, Index height, Index width);

/// How thick the strokes are, in pixels: twice the ink divided by the length of its contours, w for a stroke that is
/// much longer than its width w. 0 for an image without contours.
std::vector<double> stroke_widths(const Tensor& x, Index height, Index width);

}  // namespace hourglass::HOURGLASS_BUILD::metrics
