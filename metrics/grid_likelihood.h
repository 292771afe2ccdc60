#pragma once
#include <vector>

#include <hourglass/metrics/decoder.h>

namespace hourglass::HOURGLASS_BUILD::metrics {

/// The grid of codes over which is summed.
struct GridOptions {
  double limit = 6;    ///< the grid reaches from -limit to limit in each unit
  Index points = 301;  ///< along each unit; their distance must be small beside the width of p(h|x)
};

/// log ∫ p(x|h) N(h; 0, 1) dh for a code of one or two units, image by image: the sum over a grid, which for smooth
/// functions that vanish at its ends converges faster than any power of the step (Trefethen & Weideman 2014). Exact but
/// for that: compare with twice the points. Throws unless `units` is 1 or 2 and there are at least two points.
std::vector<double> grid_log_likelihood(const Tensor& x, const Decoder& decoder, int units,
                                        const GridOptions& options = {});

}  // namespace hourglass::HOURGLASS_BUILD::metrics
