#pragma once
#include "tensor/scalar.h"

namespace hourglass::inline HOURGLASS_BUILD::bench {

/// Our own contender (bench/contender.h): bench child WORKLOAD THREADS FILE STEPS SECONDS. Beside `step` it knows
/// `panels` and `blas`: the two ways to the floor, in the same process.
int child(int argc, char** argv);

}  // namespace hourglass::inline HOURGLASS_BUILD::bench
