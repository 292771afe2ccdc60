#pragma once
#include <hourglass/tensor/tensor.h>

namespace hourglass::HOURGLASS_BUILD::codec {

/// What a coder takes for a set of images, and how good they are afterwards.
struct Rate {
  double bytes;
  double psnr;  ///< of all pixels together: 10 log₁₀(1 / mean (r - x)²), in dB
  int quality = 0;
};

/// The rate of images x [n, …] that came back as r from so many bytes. Throws unless the shapes agree and all numbers
/// are finite.
Rate rate(double bytes, const Tensor& r, const Tensor& x);

/// The images at the front of x [n, …] that fill whole mosaics of side × side, and the side: 10, or what n suffices
/// for.
struct Mosaics {
  Tensor x;
  Index side;
};
/// Throws unless there is an image.
Mosaics mosaics(const Tensor& x);

/// JPEG on mosaics of side × side images x [n, height · width], which shares its header and tables among them. Throws
/// unless n is a multiple of side².
Rate jpeg_rate(const Tensor& x, Index side, Index height, Index width, int quality);

/// The coarsest JPEG of these mosaics that is at least as good as `psnr`; where none is, that of quality 100.
Rate jpeg_rate_at(double psnr, const Tensor& x, Index side, Index height, Index width);
/// The best JPEG of these mosaics in at most so many bytes; where none is that small, that of quality 1.
Rate jpeg_rate_within(double bytes, const Tensor& x, Index side, Index height, Index width);

}  // namespace hourglass::HOURGLASS_BUILD::codec
