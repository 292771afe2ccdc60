// A program that links the library (tests/shell/guest.sh). It prints what belongs to its process and not to the
// library: floating-point mode, BLAS's threads and kernels. Compiled with BARE it links no line of the library.
#include <cstdio>
#include <thread>

extern "C" {
int openblas_get_num_threads();
char* openblas_get_corename();
}

namespace {

volatile float tiny = 1e-40F;

unsigned mode() {
#if defined(__x86_64__)
  return __builtin_ia32_stmxcsr() & 0xffc0;  // without the flags of what has happened
#else
  return 0;
#endif
}

void print(const char* when) {
  float inherited = 0;
  std::thread([&] { inherited = tiny * 1; }).join();
  std::printf("%s: mode %04x, 1e-40 is %g, in a new thread %g\n", when, mode(), double(tiny * 1), double(inherited));
}

void print_blas(const char* when) {
  std::printf("%s: BLAS has %d threads, kernels %s\n", when, openblas_get_num_threads(), openblas_get_corename());
}

}  // namespace

#ifdef BARE

int main() {
  print("at the start");
  print_blas("at the start");
}

#else

#include <hourglass/autograd/backward.h>
#include <hourglass/models/undercomplete.h>
#include <hourglass/nn/adam.h>
#include <hourglass/tensor/blas.h>
#include <hourglass/tensor/error.h>
#include <hourglass/tensor/parallel.h>

int main() {
  using namespace hourglass;
  print("at the start");
  print_blas("at the start");
  for (const int count : {1, 2}) {
    set_threads(count);
    Rng rng(1);
    models::Undercomplete model({}, rng);
    nn::Adam adam(model.parameters());
    backward(model.loss(rng.uniform({128, 784})).value);
    adam.step();
    print("after a step");
    try {
      parallel_for(8, [](Index piece) { require(piece < 4, "piece ", piece); });
    } catch (const Error& error) {
      print(error.what());
    }
  }
  blas::prepare();
  print_blas("after `prepare`");
}

#endif
