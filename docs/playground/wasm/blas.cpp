#include "tensor/blas.h"

// In the place of tensor/blas.cpp: nothing to prepare.
namespace hourglass::inline HOURGLASS_BUILD::blas {

void prepare() {}

std::string describe() { return "no BLAS, blocked product of 128-bit SIMD"; }

}  // namespace hourglass::inline HOURGLASS_BUILD::blas
