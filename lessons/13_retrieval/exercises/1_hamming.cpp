// Task 1 of lesson 13: codes of bits
//
// A code of up to 64 bits fits into one word. Write
//
//     packed(h, thresholds)    bit j is 1 where h[j] > thresholds[j], else 0, for as many as there are (at most 64)
//     differing_bits(a, b)     in how many places two words differ: their Hamming distance
//
// The lowest bit of the word is bit 0. <bit> has `std::popcount`, which counts the ones of an unsigned word.
#include <cstdint>
#include <span>

#include <hourglass/tensor/scalar.h>
#include "lessons/common/exercise/todo.h"

using namespace hourglass;

std::uint64_t packed(std::span<const Scalar> h, std::span<const Scalar> thresholds) {
  todo("packed(h, thresholds): one bit for each number");
}

int differing_bits(std::uint64_t a, std::uint64_t b) { todo("differing_bits(a, b): the Hamming distance"); }
