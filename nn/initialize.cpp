#include <hourglass/nn/initialize.h>

#include <array>
#include <cmath>
#include <string>
#include <utility>

#include <hourglass/tensor/error.h>

namespace hourglass::HOURGLASS_BUILD::nn {
namespace {

constexpr std::array<std::pair<std::string_view, Init>, 7> names{{{"zeros", Init::zeros},
                                                                  {"uniform_fan_in", Init::uniform_fan_in},
                                                                  {"xavier_uniform", Init::xavier_uniform},
                                                                  {"xavier_normal", Init::xavier_normal},
                                                                  {"he_normal", Init::he_normal},
                                                                  {"he_uniform", Init::he_uniform},
                                                                  {"sparse", Init::sparse}}};

// Each unit, a row of its weights, is met by 15 inputs at most.
Tensor sparse_rows(const Shape& shape, Rng& rng) {
  constexpr Index wanted = 15;
  const Index rows = shape[0], n = shape.size() / rows, count = std::min(wanted, n);
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

Init init_named(std::string_view name) {
  std::string known;
  for (const auto& [each, init] : names) {
    if (each == name) return init;
    known += (known.empty() ? "" : ", ") + std::string(each);
  }
  fail("init_named: no initialiser is called '", name, "'; there are ", known);
}

Tensor initial(Init init, const Shape& shape, Index fan_in, Index fan_out, Rng& rng) {
  require(fan_in >= 1 && fan_out >= 1, "initial: fans ", fan_in, " and ", fan_out, ", expected at least 1");
  const auto in = static_cast<Scalar>(fan_in), both = static_cast<Scalar>(fan_in + fan_out);
  const auto uniform = [&](Scalar bound) { return rng.uniform(shape, -bound, bound); };
  switch (init) {
    case Init::zeros:
      return Tensor::zeros(shape);
    case Init::uniform_fan_in:
      return uniform(1 / std::sqrt(in));
    case Init::xavier_uniform:
      return uniform(std::sqrt(6 / both));
    case Init::xavier_normal:
      return rng.normal(shape, 0, std::sqrt(2 / both));
    case Init::he_normal:
      return rng.normal(shape, 0, std::sqrt(2 / in));
    case Init::he_uniform:
      return uniform(std::sqrt(6 / in));
    case Init::sparse:
      return sparse_rows(shape, rng);
  }
  fail("initial: unknown initialiser ", static_cast<int>(init));
}

}  // namespace hourglass::HOURGLASS_BUILD::nn
