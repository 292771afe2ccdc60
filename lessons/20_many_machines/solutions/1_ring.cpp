#include <functional>

#include <hourglass/tensor/shape.h>

using namespace hourglass;

using Send = std::function<void(Index rank, Index first, Index last, bool add)>;

void ring_all_reduce(Index R, Index N, const Send& send) {
  const auto send_chunk = [&](Index r, Index chunk, bool add) {
    const Index c = (chunk + R) % R;
    send(r, c * N / R, (c + 1) * N / R, add);
  };
  for (Index s = 0; s < R - 1; ++s)
    for (Index r = 0; r < R; ++r) send_chunk(r, r - s, true);
  for (Index s = 0; s < R - 1; ++s)
    for (Index r = 0; r < R; ++r) send_chunk(r, r + 1 - s, false);
}
