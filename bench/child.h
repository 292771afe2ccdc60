#pragma once
#include <hourglass/tensor/scalar.h>

namespace hourglass::HOURGLASS_BUILD::bench {

/// Our own contender (bench/contender.h): bench child WORKLOAD THREADS FILE STEPS SECONDS. Beside `step` it has the
/// commands `panels` and `blas`: the two measures of the lower bound, in the same process.
int child(int argc, char** argv);

}  // namespace hourglass::HOURGLASS_BUILD::bench
