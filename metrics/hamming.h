#pragma once
#include <cstdint>
#include <vector>

#include <hourglass/metrics/neighbors.h>

namespace hourglass::HOURGLASS_BUILD::metrics {

/// Binary codes, 64 units a word: two of 32 units are compared by one XOR and one count of bits (semantic
/// hashing; Salakhutdinov & Hinton 2009).
class BinaryCodes {
 public:
  /// Bit j of code i is h_ij > threshold_j, for h [n, d], or one threshold for all. Throws unless h is a matrix,
  /// there are d thresholds and all numbers are finite.
  /// @{
  BinaryCodes(const Tensor& h, const Tensor& thresholds);
  BinaryCodes(const Tensor& h, Number threshold);
  /// @}

  /// How many codes.
  Index count() const { return count_; }
  /// How many bits each has: d.
  Index bits() const { return bits_; }
  /// One bit. Throws when there is no such code or unit.
  bool bit(Index code, Index unit) const;
  /// The words of one code: unit 0 is the lowest bit of the first; not checked.
  const std::uint64_t* words(Index code) const { return words_.data() + code * words_per_code_; }
  /// ⌈bits / 64⌉
  Index words_per_code() const { return words_per_code_; }

 private:
  Index count_, bits_, words_per_code_;
  std::vector<std::uint64_t> words_;
};

/// The median of each column of h [n, d]: thresholds that make every bit half ones, half zeros, or, where several codes
/// lie at the median itself, at most half ones.
Tensor medians(const Tensor& h);

/// The k codes of the base that differ from each query in the fewest bits. Throws unless the numbers of bits agree and
/// 1 <= k <= base.count().
Neighbors nearest(const BinaryCodes& queries, const BinaryCodes& base, Index k);

}  // namespace hourglass::HOURGLASS_BUILD::metrics
