#pragma once
#include <hourglass/codec/frequencies.h>
#include <hourglass/tensor/tensor.h>

namespace hourglass::HOURGLASS_BUILD::codec {

/// Codes as whole numbers: each is rounded to a multiple of the step Δ. The error is at most Δ/2, Δ²/12 squared on
/// average where Δ is small; half the step takes one bit more for each number.
///
///     symbol = round(h / Δ) - low,   h^ = Δ (symbol + low)
///
/// Each coordinate of the code has a range of its own, what the training codes reach (others are brought to its ends),
/// and a table of how often they reach what.
class Quantizer {
 public:
  /// The range of one coordinate, and how often it takes which value.
  struct Column {
    std::int32_t low;  ///< the multiple of Δ that symbol 0 stands for
    Frequencies table;
  };
  static constexpr std::int32_t most_symbols = 1 << 15;      ///< of a column
  static constexpr std::int32_t largest_multiple = 1 << 29;  ///< of the step, either way: the rest is cut off

  /// Counts what codes [n, k] of training images are rounded to; their sum is scaled to 2^15, and each symbol in the
  /// range counts once more, so that all have a code. Throws on a step that is not positive, on codes that are not
  /// finite, and on a step so small that a column needs more than 2^15 symbols.
  static Quantizer fit(const Tensor& codes, double step);
  /// From its parts, as a file has them. Throws on a step that is not positive.
  Quantizer(double step, std::vector<Column> columns);

  /// The symbols of codes [n, k], row by row. Throws on another k and on codes that are not finite.
  std::vector<int> symbols(const Tensor& codes) const;
  /// h^, [n, k], from their symbols. Throws unless these are whole rows, of the symbols that there are.
  Tensor codes(std::span<const int> symbols) const;
  /// h^ of codes [n, k]: the decoder's input.
  Tensor operator()(const Tensor& codes) const { return this->codes(symbols(codes)); }

  /// The information of the symbols under the tables, in bits: what an entropy coder comes close to.
  double bits(std::span<const int> symbols) const;

  /// Δ
  double step() const { return step_; }
  /// One for each of the k numbers of a code.
  const std::vector<Column>& columns() const { return columns_; }

 private:
  double step_;
  std::vector<Column> columns_;
};

}  // namespace hourglass::HOURGLASS_BUILD::codec
