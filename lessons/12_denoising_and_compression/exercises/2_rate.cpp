// Task 2 of lesson 12: numbers become symbols, symbols cost bits
//
// A code of real numbers is written as whole multiples of a step Δ. Write
//
//     symbol(h, step)     the whole number s for which s · Δ lies nearest to h; h may be negative
//     bits(symbols)       the entropy of the symbols times their number: Σ over the different symbols s of
//                         n_s · log₂(n / n_s), where n_s of the n symbols are s
//
// The latter is what an arithmetic coder needs that knows how often each symbol comes, to within a byte or two. No
// symbols cost nothing, and so do equal ones.
#include <span>

#include "lessons/common/exercise/todo.h"

using namespace hourglass;

int symbol(double h, double step) { todo("symbol(h, step): the nearest multiple"); }

double bits(std::span<const int> symbols) { todo("bits(symbols): what an arithmetic coder needs"); }
