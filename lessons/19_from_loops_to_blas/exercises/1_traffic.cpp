// Task 1 of lesson 19: operations, memory traffic and arithmetic intensity of a matrix product
//
// y [m, n] = a [m, k] · b [k, n], each number 4 bytes. Each of the m · n results needs k multiplications and k
// additions. At least, each number of a and of b is read once and each number of y is written once. Now divide y into
// stripes of `rows` rows (the last stripe may have fewer), and suppose that b does not fit into the cache: all of b is
// read again for each stripe, while a is still read once and y written once. Write
//
//     operations(m, n, k)               multiplications and additions
//     least_bytes(m, n, k)              the bytes that are moved if each number is moved once
//     striped_bytes(m, n, k, rows)      the bytes that are moved if b is read once for each stripe
//     rows_needed(m, n, k, intensity)   the smallest number of rows of a stripe for which operations / striped_bytes is
//                                       at least `intensity`; 0 if no number up to m is enough
#include <hourglass/tensor/shape.h>
#include "lessons/common/exercise/todo.h"

using namespace hourglass;

Index operations(Index m, Index n, Index k) { todo("operations(m, n, k)"); }

Index least_bytes(Index m, Index n, Index k) { todo("least_bytes(m, n, k)"); }

Index striped_bytes(Index m, Index n, Index k, Index rows) { todo("striped_bytes(m, n, k, rows)"); }

Index rows_needed(Index m, Index n, Index k, double intensity) { todo("rows_needed(m, n, k, intensity)"); }
