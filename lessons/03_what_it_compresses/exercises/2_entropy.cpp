// Task 2 of lesson 03: what no lossless coder gets below
//
// A coder that knows how often each byte occurs, and nothing else, needs at least
//
//     H = - Σ_s p_s log₂ p_s    bits a byte,    p_s = (how often s occurs) / (how many bytes there are)
//
// (Shannon 1948); bytes that do not occur contribute nothing. The arithmetic coder of the lesson comes close, once it
// has learned the counts. Write H of `bytes`; 0 if there are none.
#include <cstdint>
#include <span>

#include "lessons/common/exercise/todo.h"

using namespace hourglass;

double entropy_of_bytes(std::span<const std::uint8_t> bytes) {
  todo("entropy_of_bytes(bytes): the bits a byte that their frequencies ask for");
}
