#pragma once
#include <cstdint>
#include <span>
#include <vector>

#include <hourglass/tensor/scalar.h>

/// Codes in as few bits as their probabilities allow.
namespace hourglass::HOURGLASS_BUILD::codec {

/// The interval of 0 … total-1 that belongs to a symbol; its length is the symbol's frequency.
struct Slot {
  std::uint32_t start, size;
};

/// How often each symbol 0 … n-1 occurs: the model of an entropy coder, in whole numbers, so that encoder and decoder
/// agree to the bit. A symbol of frequency f takes -log2(f / total) bits.
class Frequencies {
 public:
  static constexpr std::uint32_t largest_total = 1u << 24;

  /// Throws unless there is a symbol that occurs, and the sum is at most 2^24.
  explicit Frequencies(std::span<const std::uint32_t> counts);
  /// Every symbol once: where an adaptive coder starts. Throws unless there is a symbol.
  static Frequencies even(int symbols);

  /// n, those that never occur included.
  int symbols() const { return static_cast<int>(starts_.size()) - 1; }
  /// The sum of all counts.
  std::uint32_t total() const { return starts_.back(); }
  /// How often a symbol occurs. Throws on one that the table does not have.
  std::uint32_t count(int symbol) const;
  /// Throws on a symbol that the table does not have, or that never occurs: it has no code.
  Slot slot(int symbol) const;
  /// The symbol whose slot contains the position `place`, which is below the total.
  int symbol_at(std::uint32_t place) const;
  /// -log2(f / total): the information of the symbol in bits. Throws as `slot`.
  double bits(int symbol) const;

  /// The symbol has occurred: its count grows by `weight`. Where the sum would exceed 2^24, all counts are halved
  /// first (rounded up), and what is long past counts less. Throws unless 1 <= weight <= 2^20.
  void add(int symbol, std::uint32_t weight = 1);

 private:
  std::vector<std::uint32_t> starts_;  // where each slot starts, and the total
};

}  // namespace hourglass::HOURGLASS_BUILD::codec
