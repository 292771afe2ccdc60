#include <hourglass/metrics/hamming.h>

#include <algorithm>
#include <bit>
#include <numeric>

#include <hourglass/tensor/distances.h>
#include <hourglass/tensor/error.h>
#include <hourglass/tensor/parallel.h>
#include <hourglass/tensor/simd.h>

namespace hourglass::HOURGLASS_BUILD::metrics {
namespace {

// How many bits of each of `count` codes differ from the query's: with the processor's own count of bits where it has
// one.
HOURGLASS_EVERY_CPU void differing_bits(const std::uint64_t* query, const std::uint64_t* base, Index count, Index words,
                                        int* differing) {
  if (words == 1) {  // codes of up to 64 units, in one plain loop
    for (Index i = 0; i < count; ++i) differing[i] = std::popcount(*query ^ base[i]);
    return;
  }
  for (Index i = 0; i < count; ++i) {
    int bits = 0;
    for (Index w = 0; w < words; ++w) bits += std::popcount(query[w] ^ base[i * words + w]);
    differing[i] = bits;
  }
}

}  // namespace

BinaryCodes::BinaryCodes(const Tensor& h, const Tensor& thresholds) {
  require(!h.empty() && h.dim() == 2, "binary codes: ", h.shape(), " is not a batch of codes [n, d]");
  require(!thresholds.empty() && thresholds.numel() == h.size(1), "binary codes: ", thresholds.shape(),
          " thresholds for codes ", h.shape());
  require_finite(h, "binary codes");
  require_finite(thresholds, "binary codes: thresholds");
  count_ = h.size(0);
  bits_ = h.size(1);
  words_per_code_ = (bits_ + 63) / 64;
  words_.assign(static_cast<std::size_t>(count_ * words_per_code_), 0);
  for (Index i = 0; i < count_; ++i)
    for (Index j = 0; j < bits_; ++j)
      if (h.data()[i * bits_ + j] > thresholds.data()[j])
        words_[static_cast<std::size_t>(i * words_per_code_ + j / 64)] |= std::uint64_t(1) << (j % 64);
}

BinaryCodes::BinaryCodes(const Tensor& h, Number threshold)
    : BinaryCodes(h, Tensor::full({h.dim() == 2 ? h.size(1) : 1}, threshold)) {}

bool BinaryCodes::bit(Index code, Index unit) const {
  require(code >= 0 && code < count_ && unit >= 0 && unit < bits_, "binary codes: bit ", unit, " of code ", code,
          " among ", count_, " codes of ", bits_, " bits");
  return (words(code)[unit / 64] >> (unit % 64)) & 1;
}

Tensor medians(const Tensor& h) {
  require(!h.empty() && h.dim() == 2, "medians: ", h.shape(), " is not a batch of codes [n, d]");
  require_finite(h, "medians");
  const Index n = h.size(0), d = h.size(1);
  Tensor result({d});
  Scalar* to = result.write_();
  parallel_for(d, [&](Index j) {
    std::vector<Scalar> column(static_cast<std::size_t>(n));
    for (Index i = 0; i < n; ++i) column[static_cast<std::size_t>(i)] = h.data()[i * d + j];
    const auto middle = column.begin() + n / 2;
    std::nth_element(column.begin(), middle, column.end());
    // of an even number, the middle between the two middle ones
    to[j] = n % 2 ? *middle : std::midpoint(*std::max_element(column.begin(), middle), *middle);
  });
  return result;
}

Neighbors nearest(const BinaryCodes& queries, const BinaryCodes& base, Index k) {
  require(queries.bits() == base.bits(), "nearest: codes of ", queries.bits(), " bits against codes of ", base.bits());
  require(k >= 1 && k <= base.count(), "nearest: ", k, " neighbours among ", base.count(), ", expected 1 to ",
          base.count());
  Neighbors found{k, std::vector<int>(static_cast<std::size_t>(queries.count() * k)),
                  std::vector<double>(static_cast<std::size_t>(queries.count() * k))};
  parallel_chunks(queries.count(), 16, [&](Index first, Index last) {
    std::vector<int> differing(static_cast<std::size_t>(base.count()));
    for (Index q = first; q < last; ++q) {
      differing_bits(queries.words(q), base.words(0), base.count(), base.words_per_code(), differing.data());
      Nearest best(found.distances.data() + q * k, found.indices.data() + q * k, k);
      for (Index i = 0; i < base.count(); ++i) best.offer(differing[static_cast<std::size_t>(i)], static_cast<int>(i));
    }
  });
  return found;
}

}  // namespace hourglass::HOURGLASS_BUILD::metrics
