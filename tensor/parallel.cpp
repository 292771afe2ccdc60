#include <hourglass/tensor/parallel.h>

#include <atomic>
#include <cstdlib>
#include <exception>
#include <memory>
#include <mutex>
#include <system_error>
#include <thread>
#include <utility>
#include <vector>

#include <hourglass/tensor/error.h>

namespace hourglass::HOURGLASS_BUILD {
namespace {

using Call = void (*)(const void* body, Index piece);

thread_local bool inside = false;  // a loop inside a loop runs on its own thread

// Hints to the processor that this loop waits.
void pause() {
#if defined(__x86_64__)
  __builtin_ia32_pause();
#elif defined(__aarch64__)
  asm volatile("isb");
#endif
}

// Waits until `value` is no longer `old`: actively for a fraction of a millisecond, since the next loop often starts
// within it, then blocked, since another program may need the core.
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

  static Ticket of(std::uint64_t loop, Index pieces) {
    return {loop << (2 * bits) | static_cast<std::uint64_t>(pieces)};
  }
  std::uint64_t loop() const { return value >> (2 * bits); }
  Index first() const { return static_cast<Index>(value >> bits & most); }
  Index last() const { return static_cast<Index>(value & most); }
  bool is_empty() const { return first() == last(); }
  Ticket without_first() const { return {value + most + 1}; }
  Ticket without_last() const { return {value - 1}; }
};

// The exception of the first piece that fails, first in the order of a plain loop: pieces behind it are skipped, as
// that loop would not have come to them, and those before it still run, since one of them may fail, too.
class Failure {
 public:
  void reset(Index pieces) { first_.store(pieces, std::memory_order_relaxed); }
  bool comes_before(Index piece) const { return first_.load(std::memory_order_relaxed) < piece; }
  void keep(Index piece, std::exception_ptr error) {
    const std::lock_guard lock(mutex_);
    if (comes_before(piece)) return;
    first_.store(piece, std::memory_order_relaxed);
    error_ = std::move(error);
  }
  void rethrow() {
    if (error_) std::rethrow_exception(std::exchange(error_, nullptr));
  }

 private:
  std::atomic<Index> first_{0};
  std::mutex mutex_;
  std::exception_ptr error_;
};

// Threads that wait for loops. Who takes a piece off the ticket owns it, and until that piece is done the loop cannot
// end and the next not begin. So a thread that wakes up late does no harm, and nobody waits for it. The calling
// thread takes pieces from the front, its helpers from the back: in one loop after another each works on the same
// stretch of the numbers, which is still in its core's cache.
class Pool {
 public:
  Pool() = default;
  explicit Pool(int helpers) : Pool() {  // so that the destructor stops those that have begun where one is refused
    threads_.reserve(static_cast<std::size_t>(helpers));
    for (int i = 0; i < helpers; ++i) start(helpers);
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
    failure_.reset(pieces);
    begin(pieces);
    {
      const FlushDenormals mode;
      work(End::front);
    }
    for (Index done; (done = done_.load(std::memory_order_acquire)) != pieces;) wait_for_change(done_, done);
    failure_.rethrow();
  }

 private:
  enum class End { front, back };

  void start(int helpers) {
    try {
      threads_.emplace_back([this] { help(); });
    } catch (const std::system_error& refused) {
      fail("threads: ", helpers + 1, " requested, ", threads_.size() + 1,
           " exist, and the system refused one more: ", refused.what());
    }
  }

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
      attempt(end == End::front ? ticket.first() : rest.last());
      if (done_.fetch_add(1, std::memory_order_acq_rel) + 1 == pieces) done_.notify_one();
      ticket.value = ticket_.load(std::memory_order_acquire);
    }
    inside = false;
  }

  void attempt(Index piece) noexcept {
    if (failure_.comes_before(piece)) return;
    try {
      call_(body_, piece);
    } catch (...) {
      failure_.keep(piece, std::current_exception());
    }
  }

  void help() {
    const FlushDenormals mode;
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
  alignas(64) Failure failure_;  // a cache line of its own: every piece reads it, and `done_` is written by each
  std::vector<std::thread> threads_;
};

int threads_at_start() {
  const char* const asked = std::getenv("OMP_NUM_THREADS");
  const int count = asked ? std::atoi(asked) : 0;
  return count >= 1 ? count : std::max(1, static_cast<int>(std::thread::hardware_concurrency()));
}

struct State {
  std::atomic<int> threads{threads_at_start()};
  std::mutex busy;  // held while a loop runs: one of another thread that meets it runs on that thread alone
  std::unique_ptr<Pool> pool;
};

State& state() {
  static State it;
  return it;
}

}  // namespace

int threads() { return inside ? 1 : state().threads.load(std::memory_order_relaxed); }

void set_threads(int count) {
  require(count >= 1, "set_threads: ", count, " threads requested, at least 1 is needed");
  require(!inside, "set_threads: called inside of a parallel loop, which it would wait for");
  const std::lock_guard lock(state().busy);
  state().threads = count;
  state().pool.reset();
}

void run_pieces(Index pieces, Call call, const void* body) {
  State& s = state();
  const std::unique_lock lock(s.busy, std::try_to_lock);
  if (!lock || pieces > static_cast<Index>(Ticket::most)) {
    const FlushDenormals mode;
    for (Index piece = 0; piece < pieces; ++piece) call(body, piece);
    return;
  }
  if (!s.pool) s.pool = std::make_unique<Pool>(threads() - 1);
  s.pool->run(pieces, call, body);
}

}  // namespace hourglass::HOURGLASS_BUILD
