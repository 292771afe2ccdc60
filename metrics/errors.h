#pragma once
#include <vector>

#include <hourglass/tensor/tensor.h>

// The error of a reconstruction, image by image: `estimate` (metrics/estimate.h) makes the figure and its standard
// error of it. Batches [n, d] of one shape whose numbers are finite; throw otherwise.
namespace hourglass::HOURGLASS_BUILD::metrics {

/// Σ (r - x)² over the pixels of each image.
std::vector<double> squared_errors(const Tensor& r, const Tensor& x);

/// Σ (max(z, 0) - z x + log(1 + e^-|z|)) over the pixels of each image: nats, for logits z and x in [0, 1].
std::vector<double> cross_entropies(const Tensor& logits, const Tensor& x);

/// Σ ‖x - r‖² / Σ ‖x - m‖² over all images, m their mean image: 0 is a perfect copy, 1 as large an error as m has,
/// without any code. Throws when all images are the same.
double unexplained_share(const Tensor& r, const Tensor& x);

}  // namespace hourglass::HOURGLASS_BUILD::metrics
