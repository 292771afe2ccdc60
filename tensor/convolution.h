#pragma once
#include <optional>
#include <string_view>

#include <hourglass/tensor/positions.h>
#include <hourglass/tensor/product.h>

namespace hourglass::HOURGLASS_BUILD {

/// How a window moves over an image: by `stride` positions, over an image with `padding` zeros on each side.
struct Window {
  Index stride = 1, padding = 0;
};

/// How the window of a pooling moves: by its own size where no stride is given.
struct PoolWindow {
  std::optional<Index> stride = {};
  Index padding = 0;
  /// The window of a kernel of this size.
  Window of(Index kernel) const { return {stride.value_or(kernel), padding}; }
};

/// How many windows of `kernel` numbers there are along an axis of this size. Throws, naming `op`, when there is none.
Index positions_along(Index size, Index kernel, Window window, std::string_view op);

// Three kernels of one bilinear form:  Σ conv2d(x, W) · y  =  Σ x · conv2d_input(y, W)  =  Σ W · conv2d_weight(x, y).
// So each is the gradient of the others. x [n, c, h, w], W [o, c, kh, kw], y [n, o, (h + 2p - kh)/s + 1, (w + 2p -
// kw)/s + 1].

/// y_{nopq} = φ(b_o + Σ_{cij} x_{n, c, ps+i-p, qs+j-p} W_{ocij}); an empty b stands for none.
Tensor conv2d(const Tensor& x, const Tensor& W, const Tensor& b, Window window,
              Activation activation = Activation::none);
/// The transposed convolution of y, an image of h × w: φ(b_c + …), b of c numbers.
Tensor conv2d_input(const Tensor& y, const Tensor& W, const Tensor& b, Index h, Index w, Window window,
                    Activation activation = Activation::none);
/// What is summed over the images for each weight: [o, c, kh, kw].
Tensor conv2d_weight(const Tensor& x, const Tensor& y, Index kh, Index kw, Window window);

/// The sum over kernel × kernel windows, divided by `divisor`: by kernel² it is the mean; zeros of the padding count.
Tensor avg_pool2d(const Tensor& x, Index kernel, Window window, Scalar divisor);
/// Its gradient: each number of y, divided likewise, goes back to its window in an image of h × w.
Tensor avg_unpool2d(const Tensor& y, Index kernel, Index h, Index w, Window window, Scalar divisor);
/// The position in x of the largest element of each window, counted from the start of x; padding is never chosen.
Positions max_pool_positions(const Tensor& x, Index kernel, Window window, Shape& pooled);

}  // namespace hourglass::HOURGLASS_BUILD
