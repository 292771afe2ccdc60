#pragma once
#include <vector>

#include <hourglass/tensor/scalar.h>

namespace hourglass::HOURGLASS_BUILD {

using Numbers = std::vector<Scalar>;

/// Every rank's numbers become the sum of all ranks' numbers; each rank sends to its right neighbour alone, one of R
/// chunks at a time (Patarasuk & Yuan 2009). Returns how many numbers rank 0 has sent: 2 (R - 1) / R of a vector.
// [ring]
inline std::size_t all_reduce(std::vector<Numbers>& ranks) {
  const std::size_t R = ranks.size();
  const std::size_t N = ranks[0].size();
  std::size_t sent = 0;
  // Rank r sends its chunk c (counted round the ring) to the right, where it is added, or put in place of what was
  // there.
  const auto send = [&](std::size_t r, std::size_t c, bool add) {
    Numbers& right = ranks[(r + 1) % R];
    const std::size_t first = c % R * N / R;
    const std::size_t last = (c % R + 1) * N / R;
    for (std::size_t i = first; i < last; ++i) right[i] = add ? right[i] + ranks[r][i] : ranks[r][i];
    if (r == 0) sent += last - first;
  };
  // reduce-scatter: each sum grows as it travels
  for (std::size_t step = 0; step + 1 < R; ++step)
    for (std::size_t r = 0; r < R; ++r) send(r, r + R - step, true);
  // [scattered]
  // all-gather: rank r has the whole sum of chunk r + 1, which goes round
  for (std::size_t step = 0; step + 1 < R; ++step)
    for (std::size_t r = 0; r < R; ++r) send(r, r + 1 + R - step, false);
  return sent;
}
// [/ring]

}  // namespace hourglass::HOURGLASS_BUILD
