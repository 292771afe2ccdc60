#include "tensor/parallel.h"

#include <atomic>
#include <cstdlib>
#include <thread>
#include <vector>

#include "tensor/error.h"

namespace hourglass::inline HOURGLASS_BUILD {
namespace {

int threads_at_start() {
  if (const char* asked = std::getenv("OMP_NUM_THREADS")) {
    const int count = std::atoi(asked);
    if (count >= 1) return count;
  }
  return std::max(1, static_cast<int>(std::thread::hardware_concurrency()));
}

std::atomic<int>& thread_count() {
  static std::atomic<int> count{threads_at_start()};
  return count;
}

thread_local bool inside = false;  // a loop inside a loop runs on the thread that it is met on

}  // namespace

int threads() { return inside ? 1 : thread_count().load(std::memory_order_relaxed); }

void set_threads(int count) {
  require(count >= 1, "threads: ", count, " asked for, at least 1 is needed");
  thread_count() = count;
}

void run_pieces(Index pieces, void (*call)(const void* body, Index piece), const void* body) {
  const int workers = static_cast<int>(std::min<Index>(pieces, threads()));
#ifdef HOURGLASS_OPENMP
#pragma omp parallel for num_threads(workers) schedule(dynamic)
  for (Index piece = 0; piece < pieces; ++piece) {
    inside = true;
    call(body, piece);
    inside = false;
  }
#else
  std::atomic<Index> next{0};
  const auto work = [&] {
    inside = true;
    for (Index piece; (piece = next++) < pieces;) call(body, piece);
    inside = false;
  };
  std::vector<std::thread> others;
  for (int i = 1; i < workers; ++i) others.emplace_back(work);
  work();
  for (std::thread& other : others) other.join();
#endif
}

}  // namespace hourglass::inline HOURGLASS_BUILD
