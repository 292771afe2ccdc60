#pragma once
#include <algorithm>

#include <hourglass/tensor/denormals.h>

namespace hourglass::HOURGLASS_BUILD {

/// How many threads `parallel_for` uses; 1 inside of a loop that runs on several, since a loop in it does not spread
/// again. At the start: the environment's OMP_NUM_THREADS, else all cores. Any thread may call it.
int threads();
/// Waits until no loop runs, then sets it for the whole process. Throws unless `count` is at least 1, and inside of a
/// parallel loop. Any thread may call it.
void set_threads(int count);

/// Runs call(body, 0) … call(body, pieces - 1), spread over the threads.
void run_pieces(Index pieces, void (*call)(const void* body, Index piece), const void* body);

/// body(first, last) for consecutive stretches that cover 0 … count-1, each `chunk` long but for the last one; in any
/// order, on any thread; a plain loop on one. The one parallel loop of the library. The stretches must depend on shapes
/// alone, never on the number of threads: then neither does the result. A body may throw: once every stretch that has
/// begun has ended, the caller gets the exception that a plain loop would have thrown, that of the first stretch that
/// fails; at any number of threads the same one. Throws where the system refuses a thread. Several threads may call it:
/// while one loop has the helpers, the others run on their own threads.
template <class Body>
void parallel_chunks(Index count, Index chunk, const Body& body) {
  if (count <= chunk || threads() == 1) {
    const FlushDenormals mode;
    for (Index first = 0; first < count; first += chunk) body(first, std::min(count, first + chunk));
    return;
  }
  const auto piece = [&](Index i) { body(i * chunk, std::min(count, (i + 1) * chunk)); };
  const auto call = [](const void* p, Index i) { (*static_cast<decltype(piece)*>(p))(i); };
  run_pieces((count + chunk - 1) / chunk, call, &piece);
}

/// body(i) for each i in 0 … pieces-1, likewise.
template <class Body>
void parallel_for(Index pieces, const Body& body) {
  parallel_chunks(pieces, 1, [&](Index i, Index) { body(i); });
}

}  // namespace hourglass::HOURGLASS_BUILD
