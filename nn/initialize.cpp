#include <hourglass/nn/initialize.h>

#include <cmath>

#include <hourglass/tensor/error.h>

namespace hourglass::HOURGLASS_BUILD::nn {
namespace {

// Each unit, a row of its weights, is met by 15 inputs at most.
Tensor sparse_rows(const Shape& shape, Rng& rng) {
  constexpr Index wanted = 15;
  const Index rows = shape[0], n = shape.numel() / rows, count = std::min(wanted, n);
  const Tensor drawn = rng.normal({rows, count});
  Tensor w = Tensor::zeros(shape);
  Scalar* to = w.write_();
  for (Index row = 0; row < rows; ++row) {
    const std::vector<int> order = rng.permutation(static_cast<int>(n));
    for (Index i = 0; i < count; ++i) to[row * n + order[static_cast<std::size_t>(i)]] = drawn.at({row, i});
  }
  return w;
}

}  // namespace

Tensor initial(Init init, const Shape& shape, Index fan_in, Index fan_out, Rng& rng) {
  require(fan_in >= 1 && fan_out >= 1, "initial: fans ", fan_in, " and ", fan_out, ", expected at least 1");
  const auto in = static_cast<Scalar>(fan_in), both = static_cast<Scalar>(fan_in + fan_out);
  const auto uniform = [&](Scalar bound) { return rng.uniform(shape, -bound, bound); };
  if (init == Init::zeros) return Tensor::zeros(shape);
  // hole spread: the bound or the standard deviation of each initialiser, from the fans
  if (init == Init::uniform_fan_in) return uniform(1 / std::sqrt(in));
  if (init == Init::xavier_uniform) return uniform(std::sqrt(6 / both));
  if (init == Init::xavier_normal) return rng.normal(shape, 0, std::sqrt(2 / both));
  if (init == Init::kaiming_normal) return rng.normal(shape, 0, std::sqrt(2 / in));
  if (init == Init::kaiming_uniform) return uniform(std::sqrt(6 / in));
  // end of hole
  if (init == Init::sparse) return sparse_rows(shape, rng);
  fail("initial: unknown initialiser ", static_cast<int>(init));
}

}  // namespace hourglass::HOURGLASS_BUILD::nn
