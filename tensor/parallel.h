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

/// body(i) for each i in 0 … pieces-1, in any order, on any thread; a plain loop on one. The one parallel loop of the
/// library. What a piece is must depend on shapes alone, never on the number of threads: then neither does the result.
/// A body may throw: once every piece that has begun has ended, the caller gets the exception that a plain loop would
/// have thrown, that of the first piece that fails; at any number of threads the same one. Throws where the system
/// refuses a thread. Several threads may call it: while one loop has the helpers, the others run on their own threads.
template <class Body>
void parallel_for(Index pieces, const Body& body) {
  if (pieces == 1 || threads() == 1) {
    const FlushDenormals mode;
    for (Index piece = 0; piece < pieces; ++piece) body(piece);
  } else {
    run_pieces(
        pieces, [](const void* b, Index piece) { (*static_cast<const Body*>(b))(piece); }, &body);
  }
}

/// body(first, last) for consecutive stretches that cover 0 … count-1, each `chunk` long but for the last one.
template <class Body>
void parallel_chunks(Index count, Index chunk, const Body& body) {
  parallel_for((count + chunk - 1) / chunk,
               [&](Index piece) { body(piece * chunk, std::min(count, (piece + 1) * chunk)); });
}

}  // namespace hourglass::HOURGLASS_BUILD
