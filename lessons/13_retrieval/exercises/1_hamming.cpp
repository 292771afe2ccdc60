// Task 1 of lesson 13: binary codes and their Hamming distance
//
// A code of up to 64 bits fits into one word. Write
//
//     packed(h, thresholds)    bit j is 1 if h[j] > thresholds[j] and 0 otherwise, for all j; h has at most 64 elements
//     differing_bits(a, b)     the number of positions at which two words differ: their Hamming distance
//
// The least significant bit of the word is bit 0. `std::popcount` in <bit> counts the ones of an unsigned word.
#include <cstdint>
#include <span>

#include <hourglass/tensor/scalar.h>
#include "lessons/common/exercise/todo.h"

using namespace hourglass;

std::uint64_t packed(std::span<const Scalar> h, std::span<const Scalar> thresholds) {
  todo("packed(h, thresholds): one bit for each element is missing");
}

int differing_bits(std::uint64_t a, std::uint64_t b) { todo("differing_bits(a, b): the Hamming distance is missing"); }
