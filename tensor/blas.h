#pragma once
#include <string>

#include <hourglass/tensor/scalar.h>

/// The BLAS library that computes the matrix products.
namespace hourglass::HOURGLASS_BUILD::blas {

/// Makes OpenBLAS ready for this library. The first product calls it; a program that multiplies with OpenBLAS itself
/// may call it before it starts its threads, to have the change at a known time. What it changes belongs to the whole
/// process, once, and stays: OpenBLAS uses one thread (`openblas_set_num_threads`), since the library spreads a product
/// over threads by itself (docs/decisions.md, 9); and where OpenBLAS does not support the processor, is older than it,
/// and OPENBLAS_CORETYPE is not set, its kernels are chosen anew (for this OPENBLAS_CORETYPE is set and removed again).
/// Throws where the memory of the process is limited (ulimit -v) to less than OpenBLAS needs. Any thread may call it.
void prepare();
/// The size of a small product, in multiplications: a larger one is worth cutting. SkylakeX's and Cooperlake's kernels
/// compute products up to this size without packing their operands.
double small_product();
/// Whether products that are cut from one, at multiples of 16, give its bits, if each has more than `small_product()`
/// multiplications. This holds for some kernels.
bool cut_changes_nothing();
/// For the log line of a run, such as "OpenBLAS 0.3.21, kernels SkylakeX"; chooses the kernels, as `prepare` does.
std::string describe();

}  // namespace hourglass::HOURGLASS_BUILD::blas
