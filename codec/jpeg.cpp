#include <hourglass/codec/jpeg.h>

#include <algorithm>
#include <cmath>

#include <hourglass/io/jpeg.h>
#include <hourglass/tensor/error.h>

namespace hourglass::HOURGLASS_BUILD::codec {

Tensor mosaic(const Tensor& images, Index rows, Index columns, Index height, Index width) {
  require(rows >= 1 && columns >= 1 && height >= 1 && width >= 1 &&
              images.shape() == Shape({rows * columns, height * width}),
          "mosaic: images are ", images.shape(), ", expected ", rows, " x ", columns, " of ", height, " x ", width);
  Tensor whole({rows * height, columns * width});
  const Scalar* from = images.data();
  Scalar* to = whole.write_();
  for (Index i = 0; i < rows * columns; ++i)
    for (Index y = 0; y < height; ++y, from += width)
      std::copy(from, from + width, to + (i / columns * height + y) * columns * width + i % columns * width);
  return whole;
}

io::Bytes jpeg(const Tensor& image, int quality) {
  require(image.dim() == 2, "jpeg: the image is ", image.shape(), ", expected [height, width]");
  io::Bytes grey;
  for (Scalar value : image.values()) {
    require(value >= 0 && value <= 1, "jpeg: a pixel is ", value, ", expected 0 to 1");
    grey.push_back(static_cast<std::uint8_t>(std::lround(value * 255)));
  }
  return io::write_jpeg(grey, image.size(0), image.size(1), quality);
}

Tensor read_jpeg(const std::string& name, std::span<const std::uint8_t> bytes) {
  const io::Picture picture = io::read_jpeg(name, bytes);
  require(picture.colors == 1, name, ": ", picture.colors, " colours a pixel, expected 1: grey");
  Tensor image({picture.height, picture.width});
  std::transform(picture.grey.begin(), picture.grey.end(), image.write_(),
                 [](std::uint8_t byte) { return byte / Scalar(255); });
  return image;
}

}  // namespace hourglass::HOURGLASS_BUILD::codec
