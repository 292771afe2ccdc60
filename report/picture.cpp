#include "report/picture.h"

#include <algorithm>

#define STB_IMAGE_WRITE_IMPLEMENTATION
#define STB_IMAGE_WRITE_STATIC
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wunused-function"
#include <stb_image_write.h>
#pragma GCC diagnostic pop

#include "tensor/error.h"

namespace hourglass::inline HOURGLASS_BUILD::report {

Picture::Picture(int w, int h, std::uint8_t grey) : width(w), height(h) {
  require(w >= 1 && h >= 1 && w <= 20000 && h <= 20000, "picture: ", w, " x ", h, ", expected 1 to 20000 on each side");
  pixels.assign(3 * static_cast<std::size_t>(w) * static_cast<std::size_t>(h), grey);
}

std::vector<std::uint8_t> Picture::png() const {
  std::vector<std::uint8_t> bytes;
  const auto append = [](void* to, void* data, int size) {
    const auto* first = static_cast<const std::uint8_t*>(data);
    static_cast<std::vector<std::uint8_t>*>(to)->insert(static_cast<std::vector<std::uint8_t>*>(to)->end(), first,
                                                        first + size);
  };
  require(stbi_write_png_to_func(append, &bytes, width, height, 3, pixels.data(), 3 * width) != 0,
          "picture: no PNG of ", width, " x ", height);
  return bytes;
}

Picture rows(const std::vector<Tensor>& images, Index height, Index width, int scale) {
  require(!images.empty() && scale >= 1, "rows: ", images.size(), " rows at scale ", scale, ", expected at least one");
  Index most = 0;
  for (const Tensor& row : images) {
    require(row.rank() == 2 && row.size(1) == height * width, "rows: ", row.shape(), " is not a row of images of ",
            height, " x ", width);
    most = std::max(most, row.size(0));
  }
  const int gap = scale, w = static_cast<int>(width) * scale, h = static_cast<int>(height) * scale;
  Picture picture(static_cast<int>(most) * (w + gap) + gap, static_cast<int>(images.size()) * (h + gap) + gap, 96);
  for (std::size_t r = 0; r < images.size(); ++r)
    for (Index i = 0; i < images[r].size(0); ++i) {
      const Scalar* image = images[r].data() + i * height * width;
      const int left = gap + static_cast<int>(i) * (w + gap), top = gap + static_cast<int>(r) * (h + gap);
      for (int y = 0; y < h; ++y)
        for (int x = 0; x < w; ++x) {
          const Scalar value = std::clamp(image[y / scale * width + x / scale], Scalar{0}, Scalar{1});
          std::fill_n(picture.at(left + x, top + y), 3, static_cast<std::uint8_t>(value * 255 + Scalar(0.5)));
        }
    }
  return picture;
}

}  // namespace hourglass::inline HOURGLASS_BUILD::report
