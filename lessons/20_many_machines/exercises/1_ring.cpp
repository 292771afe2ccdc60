// Task 1 of lesson 20: the ring all-reduce
//
// R ranks form a ring, and each has N numbers. At the end, each rank must have the sums of all ranks' numbers. The only
// operation is a message from a rank to its right neighbour:
//
//     send(r, first, last, add)     sends the numbers first … last-1 of rank r to rank (r + 1) mod R, which adds them
//                                   to its own (add = true) or replaces its own by them (add = false)
//
// Write
//
//     ring_all_reduce(R, N, send)
//
// so that no rank sends more than about 2 N (R - 1) / R numbers, however many ranks there are. N need not be a multiple
// of R, and may be smaller. An empty message (first = last) is allowed.
#include <functional>

#include <hourglass/tensor/shape.h>
#include "lessons/common/exercise/todo.h"

using namespace hourglass;

using Send = std::function<void(Index rank, Index first, Index last, bool add)>;

void ring_all_reduce(Index R, Index N, const Send& send) {
  todo("ring_all_reduce(R, N, send): R - 1 rounds that add, R - 1 rounds that copy");
}
