// Task 2 of lesson 20: the ring
//
// R ranks stand in a ring, and each holds N numbers. In the end each is to hold the sum of all ranks' numbers. All that
// a rank can do is to send some of its numbers to its right neighbour:
//
//     send(r, first, last, add)     numbers first … last-1 of rank r go to rank (r + 1) mod R, which adds them to its
//     own
//                                   (add = true) or puts them in the place of its own (add = false)
//
// Write
//
//     ring_all_reduce(R, N, send)
//
// so that no rank sends more than about 2 N (R - 1) / R numbers, however many ranks there are. N need not be a multiple
// of R, and may be smaller. An empty stretch (first = last) may be sent.
#include <functional>

#include <hourglass/tensor/shape.h>
#include "lessons/common/exercise/todo.h"

using namespace hourglass;

using Send = std::function<void(Index rank, Index first, Index last, bool add)>;

void ring_all_reduce(Index R, Index N, const Send& send) {
  todo("ring_all_reduce(R, N, send): R - 1 rounds that add, R - 1 that pass on");
}
