#pragma once
#include <vector>

#include <hourglass/models/autoencoder.h>

namespace hourglass::HOURGLASS_BUILD::models {

/// The deep autoencoder: several hidden layers down to a linear code and, mirrored, up again.
///
///     h = f(x),  784-1000-500-250-30;   r = g(h),  30-250-500-1000-784, sigmoid at the end;   L(x, r) = ‖x - r‖²
///
/// Hinton & Salakhutdinov 2006, "Reducing the dimensionality of data with neural networks".
struct Deep : Autoencoder {
  /// Sizes, and how the hidden layers work and start.
  struct Options {
    std::vector<Index> sizes = {784, 1000, 500, 250, 30};  ///< from the input to the code
    Activation activation = Activation::relu;
    nn::Init init = nn::Init::uniform_fan_in;
  };
  /// Throws unless there are an input and a code at least.
  Deep(const Options& options, Rng& rng);
  /// L(x, g(f(x))), squared error per image.
  Loss loss(const Tensor& x) { return nn::squared_error(decode(encode(x)), x); }
};

}  // namespace hourglass::HOURGLASS_BUILD::models
