#pragma once
#include <fmt/format.h>

#include "codec/jpeg.h"
#include "lessons/common/play.h"
#include "tensor/layout.h"

namespace hourglass::inline HOURGLASS_BUILD {

/// A mosaic of side × side images x three times: as it is, from its codes (r), and as the best JPEG of as many bytes.
inline play::Step beside_jpeg(const Tensor& x, const Tensor& r, double bytes_an_image, Index side, Index height,
                              Index width) {
  const auto mosaic = [&](const Tensor& all) {
    return codec::mosaic(tensor::slice(all, 0, 0, side * side), side, side, height, width);
  };
  const Tensor original = mosaic(x);
  const auto budget = static_cast<std::size_t>(bytes_an_image * static_cast<double>(side * side));
  codec::Jpeg jpeg{1, codec::jpeg(original, 1)};
  if (jpeg.bytes.size() < budget) jpeg = codec::best_jpeg(original, budget);
  const Tensor parts[] = {original, mosaic(r), codec::read_jpeg("JPEG", jpeg.bytes)};
  const Index rows = original.size(0), columns = original.size(1);
  std::vector<Tensor> flat;
  for (const Tensor& part : parts) flat.push_back(part.reshape({1, rows * columns}));
  return {fmt::format("The digits; from codes of {} bytes; a JPEG of {} bytes (quality {}).", budget, jpeg.bytes.size(),
                      jpeg.quality),
          report::grid(tensor::concat(flat, 0), rows, columns, 3, 1)};
}

}  // namespace hourglass::inline HOURGLASS_BUILD
