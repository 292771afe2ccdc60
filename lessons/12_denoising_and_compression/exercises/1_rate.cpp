// Task 1 of lesson 12: quantisation and the bits of its symbols
//
// Quantisation rounds each coordinate h of a code to the nearest multiple of a step Δ. Write
//
//     symbol(h, step)     the integer s for which s · Δ is nearest to h; h may be negative
//     bits(symbols)       the entropy of the symbols times their number: Σ over the distinct symbols s of
//                         n_s · log₂(n / n_s), where n_s of the n symbols are equal to s
//
// An arithmetic coder with the frequencies n_s as its model needs this number of bits, and at most a byte or two more.
// For no symbols the result is 0, and so it is if all symbols are equal.
#include <span>

#include "lessons/common/exercise/todo.h"

using namespace hourglass;

int symbol(double h, double step) { todo("symbol(h, step): the nearest multiple is missing"); }

double bits(std::span<const int> symbols) { todo("bits(symbols): the information in bits is missing"); }
