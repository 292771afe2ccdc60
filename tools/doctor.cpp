// What `./course doctor` measures: the matrix product of a layer, beside the arithmetic peak of one core.
#include <algorithm>
#include <chrono>
#include <cstdio>

#include <hourglass/tensor/blas.h>
#include <hourglass/tensor/parallel.h>
#include <hourglass/tensor/product.h>
#include <hourglass/tensor/random.h>

#include "lessons/19_from_loops_to_blas/vector_product.h"

using namespace hourglass;

namespace {

double seconds_since(std::chrono::steady_clock::time_point begin) {
  return std::chrono::duration<double>(std::chrono::steady_clock::now() - begin).count();
}

// The best of many calls, in GFLOP/s.
template <class Function>
double speed(double operations, const Function& call) {
  double best = 1e9;
  const auto begin = std::chrono::steady_clock::now();
  while (seconds_since(begin) < 0.3) {
    const auto start = std::chrono::steady_clock::now();
    call();
    best = std::min(best, seconds_since(start));
  }
  return operations / best / 1e9;
}

}  // namespace

int main() {
  constexpr Index images = 512, in = 784, out = 1000;
  Rng rng(1);
  const Tensor x = rng.normal({images, in}), W = rng.normal({out, in});
  const auto product = [&] { return matmul(x, W, Transpose::no, Transpose::yes); };
  const double operations = 2.0 * images * in * out;
  const int all = threads();
  set_threads(1);
  const double one = speed(operations, product);
  set_threads(all);
  const double several = speed(operations, product);
  std::printf("%s\n", blas::describe().c_str());
  std::printf("product 512 x 784 x 1000: %.0f GFLOP/s on one thread, %.0f on %d\n", one, several, all);
  const Vectors vectors = kinds_of_vectors().front();
  Scalar ignored = 0;
  const double peak = speed(vectors.compute(1 << 16, &ignored), [&] { vectors.compute(1 << 16, &ignored); });
  std::printf("peak of one core (%s): %.0f GFLOP/s, of which the product reaches %.2f\n", vectors.name, peak,
              one / peak);
  if (one < 0.3 * peak)
    std::printf(
        "this is slow: is the machine busy? OpenBLAS may have chosen another processor's kernels "
        "(OPENBLAS_CORETYPE)\n");
}
