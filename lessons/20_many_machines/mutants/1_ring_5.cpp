// All numbers go around the ring twice: correct, but each rank sends too many.
#include <functional>

#include <hourglass/tensor/shape.h>

using namespace hourglass;

using Send = std::function<void(Index rank, Index first, Index last, bool add)>;

void ring_all_reduce(Index R, Index N, const Send& send) {
  for (Index r = 0; r < R - 1; ++r) send(r, 0, N, true);
  for (Index r = 0; r < R - 1; ++r) send((r + R - 1) % R, 0, N, false);
}
