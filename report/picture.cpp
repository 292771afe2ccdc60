#include <hourglass/report/picture.h>

#include <algorithm>
#include <array>
#include <cmath>

#define STB_IMAGE_WRITE_IMPLEMENTATION
#define STB_IMAGE_WRITE_STATIC
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wunused-function"
#include <stb_image_write.h>
#pragma GCC diagnostic pop

#include <hourglass/tensor/error.h>

namespace hourglass::HOURGLASS_BUILD::report {

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

namespace {

constexpr std::array<std::uint8_t, 3> nan_color{213, 94, 0};

// Where images hang side by side, enlarged, with gaps as wide as one of their pixels.
struct Wall {
  Index height, width;
  int scale;

  Picture empty(Index columns, Index rows) const {
    const Index w = columns * (width + 1) * scale + scale, h = rows * (height + 1) * scale + scale;
    require(w <= 20000 && h <= 20000, "picture: ", w, " x ", h, ", expected at most 20000 on each side");
    return Picture(static_cast<int>(w), static_cast<int>(h), 96);
  }

  void hang(Picture& picture, const Scalar* image, Index column, Index row) const {
    const int left = static_cast<int>(column * (width + 1) + 1) * scale,
              top = static_cast<int>(row * (height + 1) + 1) * scale;
    for (int y = 0; y < height * scale; ++y)
      for (int x = 0; x < width * scale; ++x) {
        const Scalar value = image[y / scale * width + x / scale];
        std::uint8_t* pixel = picture.at(left + x, top + y);
        if (std::isnan(value)) {
          std::copy(nan_color.begin(), nan_color.end(), pixel);
        } else {
          std::fill_n(pixel, 3, static_cast<std::uint8_t>(std::clamp(value, Scalar{0}, Scalar{1}) * 255 + Scalar(0.5)));
        }
      }
  }
};

void check(const char* who, const Tensor& images, Index height, Index width, int scale) {
  require(scale >= 1, who, ": a scale of ", scale, ", expected at least 1");
  require(images.dim() == 2 && images.size(1) == height * width, who, ": ", images.shape(),
          " is not a row of images of ", height, " x ", width);
}

}  // namespace

Picture rows(const std::vector<Tensor>& images, Index height, Index width, int scale) {
  require(!images.empty(), "rows: no rows, expected at least one");
  Index most = 0;
  for (const Tensor& row : images) {
    check("rows", row, height, width, scale);
    most = std::max(most, row.size(0));
  }
  const Wall wall{height, width, scale};
  Picture picture = wall.empty(most, static_cast<Index>(images.size()));
  for (std::size_t r = 0; r < images.size(); ++r)
    for (Index i = 0; i < images[r].size(0); ++i)
      wall.hang(picture, images[r].data() + i * height * width, i, static_cast<Index>(r));
  return picture;
}

Picture rows(const std::vector<Row>& images, Index height, Index width, int scale) {
  std::vector<Tensor> tensors;
  for (const Row& row : images) tensors.push_back(row.images);
  Picture picture = rows(tensors, height, width, scale);
  for (const Row& row : images) picture.row_labels.push_back(row.label);
  return picture;
}

Picture grid(const Tensor& images, Index height, Index width, Index columns, int scale) {
  require(columns >= 1, "grid: ", columns, " columns, expected at least 1");
  check("grid", images, height, width, scale);
  const Index n = images.size(0);
  const Wall wall{height, width, scale};
  Picture picture = wall.empty(std::min(n, columns), (n + columns - 1) / columns);
  for (Index i = 0; i < n; ++i) wall.hang(picture, images.data() + i * height * width, i % columns, i / columns);
  return picture;
}

}  // namespace hourglass::HOURGLASS_BUILD::report
