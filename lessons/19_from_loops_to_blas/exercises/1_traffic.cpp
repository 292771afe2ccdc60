// Task 1 of lesson 19: what a product computes, and what it must fetch
//
// y [m, n] = a [m, k] · b [k, n], each number 4 bytes. Each of the m · n results takes k multiplications and k
// additions. At the least, each number of a and of b is read once and each of y is written once. Without a cache that
// would hold b, loops that take y in tiles of `rows` rows read all of b anew for each stripe of so many rows of y (the
// last stripe may have fewer), while a is read and y written once, as before. Write
//
//     operations(m, n, k)               multiplications and additions
//     least_bytes(m, n, k)              what has to move at the least
//     striped_bytes(m, n, k, rows)      what moves if b is read once for each stripe
//     rows_needed(m, n, k, intensity)   the fewest rows a stripe must have for operations / striped_bytes to be at
//     least
//                                       `intensity`; 0 if no number up to m is enough
#include <hourglass/tensor/shape.h>
#include "lessons/common/exercise/todo.h"

using namespace hourglass;

Index operations(Index m, Index n, Index k) { todo("operations(m, n, k)"); }

Index least_bytes(Index m, Index n, Index k) { todo("least_bytes(m, n, k)"); }

Index striped_bytes(Index m, Index n, Index k, Index rows) { todo("striped_bytes(m, n, k, rows)"); }

Index rows_needed(Index m, Index n, Index k, double intensity) { todo("rows_needed(m, n, k, intensity)"); }
