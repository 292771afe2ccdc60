#include <hourglass/data/images.h>

#include <algorithm>
#include <numeric>

#include <hourglass/tensor/error.h>
#include <hourglass/tensor/parallel.h>

namespace hourglass::HOURGLASS_BUILD::data {

void Images::check(const char* who) const {
  const auto number = [](const auto& values) { return static_cast<Index>(values.size()); };
  require(count >= 0 && height >= 1 && width >= 1 && number(pixels) == count * pixels_per_image(), who, ": ",
          number(pixels), " pixels, expected ", count, " images of ", height, " x ", width);
  require(labels.empty() || number(labels) == count, who, ": ", number(labels), " labels for ", count, " images");
}

Tensor Images::batch(std::span<const int> indices) const {
  check("batch");
  require(!indices.empty(), "batch: no indices, expected at least one");
  for (int index : indices) require(index >= 0 && index < count, "batch: image ", index, " of ", count);
  const Index d = pixels_per_image();
  Tensor x({static_cast<Index>(indices.size()), d});
  Scalar* to = x.write_();
  parallel_chunks(x.size(0), 32, [=, this](Index first, Index last) {
    for (Index i = first; i < last; ++i) {
      const std::uint8_t* from = pixels.data() + indices[static_cast<std::size_t>(i)] * d;
      for (Index j = 0; j < d; ++j) to[i * d + j] = static_cast<Scalar>(from[j]) / 255;
    }
  });
  return x;
}

Tensor Images::tensor() const {
  std::vector<int> all(static_cast<std::size_t>(count));
  std::iota(all.begin(), all.end(), 0);
  return batch(all);
}

int Images::classes() const { return labels.empty() ? 0 : 1 + *std::max_element(labels.begin(), labels.end()); }

Images Images::slice(Index first, Index length) const {
  check("slice");
  require(first >= 0 && length >= 1 && first <= count && length <= count - first, "slice: ", length, " images from ",
          first, " of ", count);
  Images part{length, height, width, {}, {}};
  const auto from = pixels.begin() + first * pixels_per_image();
  part.pixels.assign(from, from + length * pixels_per_image());
  if (!labels.empty()) part.labels.assign(labels.begin() + first, labels.begin() + first + length);
  return part;
}

}  // namespace hourglass::HOURGLASS_BUILD::data
