#pragma once
#include <string>

#include "tensor/scalar.h"

/// What stands behind the matrix products.
namespace hourglass::inline HOURGLASS_BUILD::blas {

/// Makes BLAS ready: one thread, since the library itself spreads a product over threads (docs/decisions.md), and
/// the fast kernels where OpenBLAS does not know the processor. Done once; called before every product. Throws where
/// the memory of the process is limited (ulimit -v) to less than OpenBLAS needs.
void prepare();
/// Whether two products that are cut from one, at a multiple of 16, give its bits: so on some kernels, and for products
/// of more than 8 million multiplications each.
bool cut_changes_nothing();
/// For the log line of a run, such as "OpenBLAS 0.3.21, kernels SkylakeX".
std::string describe();

}  // namespace hourglass::inline HOURGLASS_BUILD::blas
