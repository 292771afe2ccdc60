#pragma once
#include <vector>

#include <hourglass/tensor/scalar.h>

namespace hourglass::HOURGLASS_BUILD {

using Numbers = std::vector<Scalar>;

/// All-reduce: every rank's numbers become the sum of all ranks' numbers. Each rank sends to its right neighbour only,
/// one of R chunks at a time (Patarasuk & Yuan 2009). Returns how many numbers rank 0 has sent: 2 (R - 1) / R of a
/// vector.
// [ring]
inline std::size_t all_reduce(std::vector<Numbers>& ranks) {
  const std::size_t R = ranks.size();
  const std::size_t N = ranks[0].size();
  std::size_t sent = 0;
  // Rank r sends its chunk c (modulo R) to its right neighbour, which adds it to its own or replaces its own by it.
  const auto send = [&](std::size_t r, std::size_t c, bool add) {
    Numbers& right = ranks[(r + 1) % R];
    const std::size_t first = c % R * N / R;
    const std::size_t last = (c % R + 1) * N / R;
    for (std::size_t i = first; i < last; ++i) right[i] = add ? right[i] + ranks[r][i] : ranks[r][i];
    if (r == 0) sent += last - first;
  };
  // reduce-scatter: the receiver adds
  for (std::size_t step = 0; step + 1 < R; ++step)
    for (std::size_t r = 0; r < R; ++r) send(r, r + R - step, true);
  // [scattered]
  // all-gather: rank r has the complete sum of chunk r + 1; the receiver copies
  for (std::size_t step = 0; step + 1 < R; ++step)
    for (std::size_t r = 0; r < R; ++r) send(r, r + 1 + R - step, false);
  return sent;
}
// [/ring]

}  // namespace hourglass::HOURGLASS_BUILD
