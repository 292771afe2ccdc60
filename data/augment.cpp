#include <hourglass/data/augment.h>

#include <algorithm>

#include <hourglass/tensor/error.h>

namespace hourglass::HOURGLASS_BUILD::data {
namespace {

void check(const char* who, const Tensor& x, Index height, Index width, Index most) {
  require(x.dim() == 2 && x.size(1) == height * width, who, ": ", x.shape(), " are not images of ", height, " x ",
          width);
  require(most >= 0 && most < height && most < width, who, ": ", most, " pixels of ", height, " x ", width);
}

// One image, into another that is black.
void shift(const Scalar* from, Scalar* to, Index height, Index width, Index down, Index right) {
  const Index columns = width - std::abs(right);
  const Index first = std::max<Index>(-right, 0);
  for (Index row = std::max<Index>(-down, 0); row < std::min(height, height - down); ++row)
    std::copy_n(from + row * width + first, columns, to + (row + down) * width + first + right);
}

}  // namespace

Tensor shifted(const Tensor& x, Index height, Index width, Index most, Rng& rng) {
  check("shifted", x, height, width, most);
  Tensor y = Tensor::zeros(x.shape());
  const auto draw = [&] { return static_cast<Index>(rng.below(static_cast<std::uint64_t>(2 * most + 1))) - most; };
  for (Index i = 0; i < x.numel(); i += height * width) {
    const Index down = draw();
    const Index right = draw();
    shift(x.data() + i, y.write_() + i, height, width, down, right);
  }
  return y;
}

Tensor shifted_by(const Tensor& x, Index height, Index width, Index down, Index right) {
  check("shifted_by", x, height, width, std::max(std::abs(down), std::abs(right)));
  Tensor y = Tensor::zeros(x.shape());
  for (Index i = 0; i < x.numel(); i += height * width) shift(x.data() + i, y.write_() + i, height, width, down, right);
  return y;
}

}  // namespace hourglass::HOURGLASS_BUILD::data
