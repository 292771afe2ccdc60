#pragma once
#include <hourglass/tensor/scalar.h>

namespace hourglass::HOURGLASS_BUILD::bench {

/// Our own contender (bench/contender.h): bench child WORKLOAD THREADS FILE STEPS SECONDS. Beside `step` it knows
/// `panels` and `blas`: the two ways to the floor, in the same process.
int child(int argc, char** argv);

}  // namespace hourglass::HOURGLASS_BUILD::bench
