#include <hourglass/tensor/parallel.h>

#include <hourglass/tensor/error.h>

// In the place of tensor/parallel.cpp, where there is one thread.
namespace hourglass::HOURGLASS_BUILD {

int threads() { return 1; }

void set_threads(int count) { require(count >= 1, "set_threads: ", count, " threads requested, at least 1 is needed"); }

void run_pieces(Index pieces, void (*call)(const void* body, Index piece), const void* body) {
  for (Index piece = 0; piece < pieces; ++piece) call(body, piece);
}

}  // namespace hourglass::HOURGLASS_BUILD
