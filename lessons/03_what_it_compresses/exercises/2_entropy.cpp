// Task 2 of lesson 03: the entropy of bytes
//
// A lossless coder that uses the frequency of each byte value, and no other property of the data, needs at least
//
//     H = - Σ_s p_s log₂ p_s    bits per byte,    p_s = (number of bytes with value s) / (number of bytes)
//
// (Shannon 1948). Values that do not occur contribute 0. The arithmetic coder of the lesson comes close to this bound
// for long messages. Return H of `bytes`, and 0 if there are none.
#include <cstdint>
#include <span>

#include "lessons/common/exercise/todo.h"

using namespace hourglass;

double entropy_of_bytes(std::span<const std::uint8_t> bytes) {
  todo("entropy_of_bytes(bytes): compute the entropy in bits per byte");
}
