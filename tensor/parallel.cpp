#include "tensor/parallel.h"

#include <atomic>
#include <cstdlib>
#include <memory>
#include <mutex>
#include <thread>
#include <vector>

#include "tensor/error.h"
#if defined(__x86_64__)
#include <xmmintrin.h>
#endif

namespace hourglass::inline HOURGLASS_BUILD {
namespace {

using Call = void (*)(const void* body, Index piece);

thread_local bool inside = false;  // a loop inside a loop runs on the thread that it is met on

// Numbers too small for the usual form, below 1e-38 in single precision, cost a hundred times as much. A gradient or an
// average of gradients that dies out arrives there, with nothing to be gained: they count as 0. Set when the program is
// loaded; a thread inherits it from the one that starts it.
bool flush_denormals() {
#if defined(__x86_64__)
  _mm_setcsr(_mm_getcsr() | 0x8040);  // results: flush to zero; operands: denormals are zero
#endif
  return true;
}
[[maybe_unused]] const bool at_load = flush_denormals();

// Tells the processor that this is a loop that waits.
void pause() {
#if defined(__x86_64__)
  __builtin_ia32_pause();
#endif
}

// Waits until `value` is no longer `old`: awake for a fraction of a millisecond, since the next loop is often that near,
// then asleep, since another program may want the core.
template <class T>
void wait_for_change(const std::atomic<T>& value, T old) {
  for (int i = 0; i < 6000; ++i) {
    if (value.load(std::memory_order_acquire) != old) return;
    pause();
  }
  value.wait(old, std::memory_order_acquire);
}

// The pieces of a loop that are still to be had, first … last - 1, and the number of the loop, in one number that
// threads agree on without a lock.
struct Ticket {
  static constexpr int bits = 24;
  static constexpr std::uint64_t most = (std::uint64_t{1} << bits) - 1;
  std::uint64_t value = 0;

  static Ticket of(std::uint64_t loop, Index pieces) { return {loop << (2 * bits) | static_cast<std::uint64_t>(pieces)}; }
  std::uint64_t loop() const { return value >> (2 * bits); }
  Index first() const { return static_cast<Index>(value >> bits & most); }
  Index last() const { return static_cast<Index>(value & most); }
  bool is_empty() const { return first() == last(); }
  Ticket without_first() const { return {value + most + 1}; }
  Ticket without_last() const { return {value - 1}; }
};

// Threads that wait for loops. Who takes a piece off the ticket owns it, and until that piece is done the loop cannot
// end and the next not begin. So a thread that wakes up late does no harm, and nobody waits for it. The thread that
// asks takes pieces from the front, its helpers from the back: in one loop after another each meets the same stretch of
// the numbers, which is still in its core's cache.
class Pool {
 public:
  explicit Pool(int helpers) {
    for (int i = 0; i < helpers; ++i) threads_.emplace_back([this] { help(); });
  }

  ~Pool() {
    stop_ = true;
    begin(0);
    for (std::thread& thread : threads_) thread.join();
  }

  void run(Index pieces, Call call, const void* body) {
    call_ = call;
    body_ = body;
    pieces_ = pieces;
    done_.store(0, std::memory_order_relaxed);
    begin(pieces);
    work(End::front);
    for (Index done; (done = done_.load(std::memory_order_acquire)) != pieces;) wait_for_change(done_, done);
  }

 private:
  enum class End { front, back };

  void begin(Index pieces) {
    const Ticket before{ticket_.load(std::memory_order_relaxed)};
    ticket_.store(Ticket::of(before.loop() + 1, pieces).value, std::memory_order_release);
    ticket_.notify_all();
  }

  void work(End end) {
    inside = true;
    Ticket ticket{ticket_.load(std::memory_order_acquire)};
    while (!ticket.is_empty()) {
      const Ticket rest = end == End::front ? ticket.without_first() : ticket.without_last();
      if (!ticket_.compare_exchange_weak(ticket.value, rest.value, std::memory_order_acq_rel,
                                         std::memory_order_acquire))
        continue;
      const Index pieces = pieces_;
      call_(body_, end == End::front ? ticket.first() : rest.last());
      if (done_.fetch_add(1, std::memory_order_acq_rel) + 1 == pieces) done_.notify_one();
      ticket.value = ticket_.load(std::memory_order_acquire);
    }
    inside = false;
  }

  void help() {
    while (!stop_) {
      work(End::back);
      const Ticket ticket{ticket_.load(std::memory_order_acquire)};
      if (ticket.is_empty() && !stop_) wait_for_change(ticket_, ticket.value);
    }
  }

  Call call_ = nullptr;
  const void* body_ = nullptr;
  Index pieces_ = 0;
  std::atomic<std::uint64_t> ticket_{0};
  std::atomic<Index> done_{0};
  std::atomic<bool> stop_{false};
  std::vector<std::thread> threads_;
};

int threads_at_start() {
  if (const char* asked = std::getenv("OMP_NUM_THREADS")) {
    const int count = std::atoi(asked);
    if (count >= 1) return count;
  }
  return std::max(1, static_cast<int>(std::thread::hardware_concurrency()));
}

struct State {
  std::atomic<int> threads{threads_at_start()};
  std::mutex busy;  // held while a loop runs: the loop of another thread that meets it runs on that thread alone
  std::unique_ptr<Pool> pool;
};

State& state() {
  static State it;
  return it;
}

}  // namespace

int threads() { return inside ? 1 : state().threads.load(std::memory_order_relaxed); }

void set_threads(int count) {
  require(count >= 1, "threads: ", count, " asked for, at least 1 is needed");
  const std::lock_guard lock(state().busy);
  state().threads = count;
  state().pool.reset();
}

void run_pieces(Index pieces, Call call, const void* body) {
  State& s = state();
  const std::unique_lock lock(s.busy, std::try_to_lock);
  if (!lock || pieces > static_cast<Index>(Ticket::most)) {
    for (Index piece = 0; piece < pieces; ++piece) call(body, piece);
    return;
  }
  if (!s.pool) s.pool = std::make_unique<Pool>(threads() - 1);
  s.pool->run(pieces, call, body);
}

}  // namespace hourglass::inline HOURGLASS_BUILD
