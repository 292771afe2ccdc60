#include <hourglass/tensor/blas.h>

// In the place of tensor/blas.cpp: nothing to prepare.
namespace hourglass::HOURGLASS_BUILD::blas {

void prepare() {}

double small_product() { return 1e6; }
bool cut_changes_nothing() { return true; }  // each sum runs over k in its order, wherever y is cut

std::string describe() { return "no BLAS, blocked product of 128-bit SIMD"; }

}  // namespace hourglass::HOURGLASS_BUILD::blas
