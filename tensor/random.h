#pragma once
#include <array>
#include <cstdint>
#include <vector>

#include <hourglass/tensor/tensor.h>

namespace hourglass::HOURGLASS_BUILD {

/// Random numbers by counter: number i of a seed is a function of (seed, i) alone (Philox4x32-10; Salmon et al. 2011,
/// "Parallel random numbers: as easy as 1, 2, 3"). So the same seed gives the same numbers at any thread count, and a
/// run that stored `state()` goes on where it stopped.
class Rng {
 public:
  /// The numbers of a seed from the first one on; another stream of the same seed gives others.
  explicit Rng(std::uint64_t seed, std::uint64_t stream = 0) : seed_(seed), stream_(stream) {}

  /// Uniform in [low, high), `low` where they are equal. Throws unless both are finite and low <= high.
  Tensor uniform(const Shape& shape, Number low = 0, Number high = 1);
  /// Normal with the given mean and standard deviation (Box and Muller 1958).
  Tensor normal(const Shape& shape, Number mean = 0, Number deviation = 1);
  /// 1 with probability p, else 0.
  Tensor bernoulli(const Shape& shape, Number p);
  /// Uniform in 0 … n-1.
  std::uint64_t below(std::uint64_t n);
  /// 0 … n-1 in random order (Fisher and Yates).
  std::vector<int> permutation(int n);

  /// An independent generator, its numbers a function of this one's seed and of `stream` alone.
  Rng fork(std::uint64_t stream) const;

  /// Seed, stream, blocks drawn: the whole state.
  std::array<std::uint64_t, 3> state() const { return {seed_, stream_, counter_}; }
  /// Goes on where the generator stood whose state this is.
  void set_state(const std::array<std::uint64_t, 3>& state);

 private:
  std::uint64_t seed_, stream_, counter_ = 0;
};

}  // namespace hourglass::HOURGLASS_BUILD
