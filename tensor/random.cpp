#include <hourglass/tensor/random.h>

#include <algorithm>
#include <array>
#include <numbers>
#include <numeric>

#include <hourglass/tensor/elementwise.h>
#include <hourglass/tensor/map.h>

namespace hourglass::HOURGLASS_BUILD {
namespace {

using Block = std::array<std::uint32_t, 4>;

// One block of four numbers: the counter, stirred ten times with the key (Salmon et al. 2011, figure 2).
inline Block philox(std::uint64_t counter, std::uint64_t stream, std::uint64_t seed) {
  std::uint32_t c0 = static_cast<std::uint32_t>(counter), c1 = static_cast<std::uint32_t>(counter >> 32);
  std::uint32_t c2 = static_cast<std::uint32_t>(stream), c3 = static_cast<std::uint32_t>(stream >> 32);
  std::uint32_t k0 = static_cast<std::uint32_t>(seed), k1 = static_cast<std::uint32_t>(seed >> 32);
  for (int round = 0; round < 10; ++round) {
    const std::uint64_t left = std::uint64_t{0xD2511F53} * c0, right = std::uint64_t{0xCD9E8D57} * c2;
    c0 = static_cast<std::uint32_t>(right >> 32) ^ c1 ^ k0;
    c1 = static_cast<std::uint32_t>(right);
    c2 = static_cast<std::uint32_t>(left >> 32) ^ c3 ^ k1;
    c3 = static_cast<std::uint32_t>(left);
    k0 += 0x9E3779B9;
    k1 += 0xBB67AE85;
  }
  return {c0, c1, c2, c3};
}

// In [0, 1): the upper 24 bits, which float holds exactly.
inline Scalar unit(std::uint32_t bits) { return static_cast<Scalar>(bits >> 8) * Scalar(0x1p-24); }

// One number of y from each 32 bits; blocks `first` and up.
HOURGLASS_EVERY_CPU void unit_loop(Index blocks, std::uint64_t first, std::uint64_t stream, std::uint64_t seed,
                                   Scalar* y) {
  for (Index i = 0; i < blocks; ++i) {
    const Block block = philox(first + static_cast<std::uint64_t>(i), stream, seed);
    for (std::size_t j = 0; j < 4; ++j) y[i * 4 + static_cast<Index>(j)] = unit(block[j]);
  }
}

// Two uniforms u, v become two normals: sqrt(-2 log u) · (cos 2πv, sin 2πv). u is taken from (0, 1].
HOURGLASS_EVERY_CPU void normal_loop(Index half, Scalar* __restrict u, Scalar* __restrict v, Scalar mean,
                                     Scalar deviation) {
  for (Index i = 0; i < half; ++i) {
    const Scalar radius = deviation * std::sqrt(-2 * simd::log(1 - u[i])),
                 angle = 2 * std::numbers::pi_v<Scalar> * v[i];
    u[i] = mean + radius * simd::cos(angle);
    v[i] = mean + radius * simd::sin(angle);
  }
}

constexpr Index piece = 4096;  // numbers a thread makes at a time

// Fills y in pieces of 4096 numbers, each finished by `finish(count rounded up to 8, numbers)`.
template <class Finish>
void fill(Tensor& y, std::uint64_t seed, std::uint64_t stream, std::uint64_t& counter, Finish finish) {
  const std::uint64_t start = counter;
  Scalar* to = y.write_();
  parallel_chunks(y.numel(), piece, [=](Index first, Index last) {
    std::array<Scalar, piece> numbers;
    const Index count = (last - first + 7) / 8 * 8;  // whole pairs of blocks
    unit_loop(count / 4, start + static_cast<std::uint64_t>(first / 4), stream, seed, numbers.data());
    finish(count, numbers.data());
    std::copy_n(numbers.data(), last - first, to + first);
  });
  counter += static_cast<std::uint64_t>((y.numel() + 7) / 8 * 2);
}

}  // namespace

Tensor Rng::uniform(const Shape& shape, Number low, Number high) {
  require(std::isfinite(Scalar(low)) && std::isfinite(Scalar(high)), "uniform: the bounds are ", low, " and ", high,
          ", expected finite ones");
  require(low <= high, "uniform: the lower bound ", low, " lies above the upper bound ", high);
  Tensor y(shape);
  const Scalar last = std::nextafter(high, low);  // rounding could arrive at `high` itself
  const bool wide = !std::isfinite(high - low);
  fill(y, seed_, stream_, counter_, [=](Index count, Scalar* numbers) {
    if (low == 0 && high == 1) return;  // what the numbers are already
    for (Index i = 0; i < count; ++i) {
      const Scalar u = numbers[i];
      numbers[i] = std::min(wide ? low * (1 - u) + high * u : low + (high - low) * u, last);
    }
  });
  return y;
}

Tensor Rng::normal(const Shape& shape, Number mean, Number deviation) {
  require(deviation >= 0, "normal: the standard deviation is ", deviation, ", it cannot be negative");
  require(std::isfinite(Scalar(mean)) && std::isfinite(Scalar(deviation)), "normal: mean ", mean,
          " and standard deviation ", deviation, ", expected finite ones");
  Tensor y(shape);
  fill(y, seed_, stream_, counter_,
       [=](Index count, Scalar* numbers) { normal_loop(count / 2, numbers, numbers + count / 2, mean, deviation); });
  return y;
}

Tensor Rng::bernoulli(const Shape& shape, Number p) {
  require(p >= 0 && p <= 1, "bernoulli: p is ", p, ", expected 0 to 1");
  return uniform(shape) < p;
}

std::uint64_t Rng::below(std::uint64_t n) {
  require(n >= 1, "below: n is 0, there is nothing below it");
  const std::uint64_t refused = (0 - n) % n;  // 2^64 mod n: without these the remainders are equally likely
  for (;;) {
    const Block block = philox(counter_++, stream_, seed_);
    const std::uint64_t bits = std::uint64_t{block[0]} << 32 | block[1];
    if (bits >= refused) return bits % n;
  }
}

std::vector<int> Rng::permutation(int n) {
  require(n >= 0, "permutation: n is ", n, ", it cannot be negative");
  std::vector<int> order(static_cast<std::size_t>(n));
  std::iota(order.begin(), order.end(), 0);
  for (std::size_t i = order.size(); i > 1; --i) std::swap(order[i - 1], order[below(i)]);
  return order;
}

Rng Rng::fork(std::uint64_t stream) const {
  const Block block = philox(stream, ~stream_, seed_);
  return Rng(seed_, std::uint64_t{block[0]} << 32 | block[1]);
}

void Rng::set_state(const std::array<std::uint64_t, 3>& state) {
  *this = Rng(state[0], state[1]);
  counter_ = state[2];
}

}  // namespace hourglass::HOURGLASS_BUILD
