#include <hourglass/codec/quantizer.h>

#include <algorithm>
#include <cmath>

#include <hourglass/tensor/distances.h>
#include <hourglass/tensor/error.h>

namespace hourglass::HOURGLASS_BUILD::codec {
namespace {

void require_step(double step) {
  require(std::isfinite(step) && step > 0, "Quantizer: step ", step, ", expected a positive number");
}

// round(h / Δ), kept where the difference of two fits in 32 bits.
std::int32_t multiple(double value, double step) {
  constexpr double most = Quantizer::largest_multiple;
  return static_cast<std::int32_t>(std::clamp(std::round(value / step), -most, most));
}

Quantizer::Column fitted(const std::vector<std::int32_t>& multiples, double step) {
  const auto [low, high] = std::minmax_element(multiples.begin(), multiples.end());
  require(*high - *low < Quantizer::most_symbols, "Quantizer: a step of ", step, " cuts a coordinate of the code into ",
          *high - *low + 1, " symbols, expected at most ", Quantizer::most_symbols);
  std::vector<std::uint64_t> seen(static_cast<std::size_t>(*high - *low) + 1);
  for (std::int32_t m : multiples) ++seen[static_cast<std::size_t>(m - *low)];
  std::vector<std::uint32_t> counts;
  constexpr std::uint64_t sum = 1 << 15;
  for (std::uint64_t count : seen) counts.push_back(static_cast<std::uint32_t>(1 + count * sum / multiples.size()));
  return {*low, Frequencies(counts)};
}

}  // namespace

Quantizer::Quantizer(double step, std::vector<Column> columns) : step_(step), columns_(std::move(columns)) {
  require_step(step);
  require(!columns_.empty(), "Quantizer: no column given");
}

Quantizer Quantizer::fit(const Tensor& codes, double step) {
  require_step(step);
  require(!codes.empty() && codes.dim() == 2, "Quantizer: codes are ", codes.shape(), ", expected [n, k]");
  require_finite(codes, "Quantizer: codes");
  std::vector<Column> columns;
  for (Index j = 0; j < codes.size(1); ++j) {
    std::vector<std::int32_t> multiples;
    for (Index i = 0; i < codes.size(0); ++i) multiples.push_back(multiple(codes.data()[i * codes.size(1) + j], step));
    columns.push_back(fitted(multiples, step));
  }
  return Quantizer(step, std::move(columns));
}

std::vector<int> Quantizer::symbols(const Tensor& codes) const {
  require(!codes.empty() && codes.dim() == 2 && codes.size(1) == static_cast<Index>(columns_.size()),
          "Quantizer: codes are ", codes.shape(), ", expected [n, ", columns_.size(), "]");
  require_finite(codes, "Quantizer: codes");
  std::vector<int> all;
  all.reserve(static_cast<std::size_t>(codes.numel()));
  for (Scalar value : codes.values()) {
    const Column& column = columns_[all.size() % columns_.size()];
    all.push_back(std::clamp(multiple(value, step_) - column.low, 0, column.table.symbols() - 1));
  }
  return all;
}

Tensor Quantizer::codes(std::span<const int> symbols) const {
  require(!symbols.empty() && symbols.size() % columns_.size() == 0, "Quantizer: ", symbols.size(),
          " symbols, expected a multiple of ", columns_.size());
  Tensor all({static_cast<Index>(symbols.size() / columns_.size()), static_cast<Index>(columns_.size())});
  Scalar* to = all.write_();
  for (std::size_t i = 0; i < symbols.size(); ++i) {
    const Column& column = columns_[i % columns_.size()];
    require(symbols[i] >= 0 && symbols[i] < column.table.symbols(), "Quantizer: symbol ", symbols[i],
            ", expected 0 to ", column.table.symbols() - 1);
    to[i] = static_cast<Scalar>(step_ * (column.low + symbols[i]));
  }
  return all;
}

double Quantizer::bits(std::span<const int> symbols) const {
  double sum = 0;
  for (std::size_t i = 0; i < symbols.size(); ++i) sum += columns_[i % columns_.size()].table.bits(symbols[i]);
  return sum;
}

}  // namespace hourglass::HOURGLASS_BUILD::codec
