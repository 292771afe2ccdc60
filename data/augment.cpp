#include <hourglass/data/augment.h>

#include <algorithm>

#include <hourglass/tensor/error.h>

namespace hourglass::HOURGLASS_BUILD::data {

Tensor shifted(const Tensor& x, Index height, Index width, Index most, Rng& rng) {
  require(x.dim() == 2 && x.size(1) == height * width, "shifted: ", x.shape(), " are not images of ", height, " x ",
          width);
  require(most >= 0 && most < height && most < width, "shifted: ", most, " pixels of ", height, " x ", width);
  Tensor y = Tensor::zeros(x.shape());
  Scalar* to = y.write_();
  const auto draw = [&] { return static_cast<Index>(rng.below(static_cast<std::uint64_t>(2 * most + 1))) - most; };
  for (Index i = 0; i < x.size(0); ++i) {
    const Index down = draw(), right = draw();
    const Index columns = width - std::abs(right), from = std::max<Index>(-right, 0), at = std::max<Index>(right, 0);
    for (Index row = std::max<Index>(-down, 0); row < std::min(height, height - down); ++row)
      std::copy_n(x.data() + i * height * width + row * width + from, columns,
                  to + i * height * width + (row + down) * width + at);
  }
  return y;
}

}  // namespace hourglass::HOURGLASS_BUILD::data
