#pragma once
#include <fmt/format.h>

#include <cmath>

#include <hourglass/codec/jpeg.h>
#include <hourglass/codec/rate.h>
#include <hourglass/tensor/layout.h>
#include "lessons/common/play.h"

namespace hourglass::HOURGLASS_BUILD {

/// A stop of the slider: the first mosaic of side × side images x as it is, from its codes (r), and as the best JPEG
/// of no more bytes. The numbers are those of all mosaics: `coded` is what the codes took, rounded to `step`.
inline play::Step beside_jpeg(double step, const codec::Rate& coded, const Tensor& r, const Tensor& x, Index side,
                              Index height, Index width) {
  const codec::Rate jpeg = codec::jpeg_rate_within(coded.bytes, x, side, height, width);
  const auto mosaic = [&](const Tensor& images) {
    return codec::mosaic(narrow(images, 0, 0, side * side), side, side, height, width);
  };
  const auto picture = [&](const Tensor& whole) {
    return report::grid(whole.reshape({1, whole.numel()}), side * height, side * width, 1, 1);
  };
  const auto size = [&](double bytes) {
    const double pixels = static_cast<double>(x.numel()), one = static_cast<double>(side * side * height * width);
    return fmt::format("{:.0f} bytes\n{:.3f} bits per pixel", bytes * one / pixels, 8 * bytes / pixels);
  };
  const std::string ahead =
      fmt::format("{:.1f} dB {}", std::abs(coded.psnr - jpeg.psnr), coded.psnr > jpeg.psnr ? "worse" : "better");
  const std::string beside =
      jpeg.bytes > coded.bytes
          ? fmt::format("Not even quality 1 makes JPEG that small: it takes {:.1f} times as many bytes, and is {}.",
                        jpeg.bytes / coded.bytes, ahead)
          : fmt::format("JPEG in no more bytes is {}.", ahead);
  const Tensor original = mosaic(x);
  const std::string steps = step < 1 ? fmt::format("1/{:.0f}", 1 / step) : fmt::format("{:.0f}", step);
  return {fmt::format("Codes rounded to steps of {} × their root mean square. {}", steps, beside),
          {{"The digits\n" + size(static_cast<double>(x.numel())), picture(original)},
           {fmt::format("Codes\n{}\n{:.1f} dB", size(coded.bytes), coded.psnr), picture(mosaic(r))},
           {fmt::format("JPEG, quality {}\n{}\n{:.1f} dB", jpeg.quality, size(jpeg.bytes), jpeg.psnr),
            picture(codec::read_jpeg("JPEG", codec::jpeg(original, jpeg.quality)))}}};
}

}  // namespace hourglass::HOURGLASS_BUILD
