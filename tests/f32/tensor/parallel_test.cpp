#include <hourglass/tensor/parallel.h>

#include <sys/resource.h>
#include <unistd.h>

#include <algorithm>
#include <atomic>
#include <chrono>
#include <fstream>
#include <stdexcept>
#include <thread>
#include <vector>

#include <hourglass/tensor/blas.h>
#include <hourglass/tensor/convolution.h>
#include "tests/check.h"

using namespace hourglass;

namespace {

/// Sets the number of threads, and puts back that of before.
struct Threads {
  int before = threads();
  explicit Threads(int count) { set_threads(count); }
  ~Threads() { set_threads(before); }
};

void sleep(int microseconds) { std::this_thread::sleep_for(std::chrono::microseconds(microseconds)); }

/// The bytes of address space that this process takes.
[[maybe_unused]] rlim_t address_space() {
  rlim_t pages = 0;
  std::ifstream("/proc/self/statm") >> pages;
  return pages * static_cast<rlim_t>(::sysconf(_SC_PAGESIZE));
}

/// An exception that is no std::exception.
struct Other {
  Index piece;
};

}  // namespace

TEST_CASE("an error in a parallel loop reaches the caller when nothing of the loop runs any more") {
  for (const int count : {1, 2, 4, 8}) {
    const Threads set(count);
    for (const Index bad : {0, 1, 31, 62, 63}) {
      std::atomic<int> running{0};
      std::atomic<bool> caught{false}, late{false};
      parallel_for(64, [](Index) { sleep(10); });  // the helpers are running
      const auto loop = [&] {
        parallel_for(64, [&](Index piece) {
          ++running;
          sleep(100);
          late = late || caught;
          --running;
          require(piece != bad, "piece ", piece);
        });
      };
      CHECK(failure(loop) == "piece " + std::to_string(bad));
      caught = true;
      CHECK(running == 0);
      CHECK(threads() == count);
      sleep(500);
      CHECK_FALSE(late);
    }
  }
}

TEST_CASE("of several errors the caller gets that of the first piece, at any number of threads") {
  for (const int count : {1, 2, 4}) {
    const Threads set(count);
    for (int again = 0; again < 50; ++again)
      CHECK(failure([] { parallel_for(64, [](Index piece) { require(piece < 17, "piece ", piece); }); }) == "piece 17");
  }
}

TEST_CASE("a piece may throw anything; the next loop is whole") {
  for (const int count : {1, 2, 4}) {
    const Threads set(count);
    CHECK_THROWS_AS(parallel_for(64, [](Index piece) { throw Other{piece}; }), Other);
    CHECK_THROWS_AS(parallel_for(64, [](Index) { throw std::bad_alloc(); }), std::bad_alloc);
    std::vector<int> met(64);
    parallel_for(64, [&](Index piece) { ++met[static_cast<std::size_t>(piece)]; });
    CHECK(std::count(met.begin(), met.end(), 1) == 64);
  }
}

TEST_CASE("an error in a loop inside of a loop reaches the caller, and `threads` is what it was") {
  const Threads set(2);
  std::atomic<int> inside{0};
  const auto loop = [&] {
    parallel_for(4, [&](Index outer) {
      inside = std::max(inside.load(), threads());
      parallel_for(4, [&](Index inner) { require(outer != 2 || inner != 1, "pieces ", outer, " and ", inner); });
    });
  };
  CHECK(failure(loop) == "pieces 2 and 1");
  CHECK(inside == 1);
  CHECK(threads() == 2);
}

TEST_CASE("threads that loop at once get each their own errors") {
  const Threads set(2);
  std::atomic<int> wrong{0};
  std::vector<std::thread> all;
  for (int caller = 0; caller < 4; ++caller)
    all.emplace_back([&, caller] {
      for (int again = 0; again < 200; ++again) {
        const auto loop = [&] { parallel_for(8, [&](Index piece) { require(piece != caller, caller, ": ", piece); }); };
        wrong += failure(loop) != text(caller, ": ", caller);
      }
    });
  for (std::thread& thread : all) thread.join();
  CHECK(wrong == 0);
}

TEST_CASE("set_threads inside of a parallel loop is refused, since it would wait for that loop") {
  const Threads set(2);
  CHECK_FAILS(parallel_for(4, [](Index) { set_threads(3); }), "set_threads: called inside of a parallel loop");
  CHECK(threads() == 2);
  CHECK_FAILS(set_threads(0), "set_threads: 0 threads requested, at least 1 is needed");
}

TEST_CASE("a thread that the system refuses is an error that states how many exist, and fewer still work") {
#if !defined(__SANITIZE_ADDRESS__) && !defined(__SANITIZE_THREAD__)  // whose shadows are larger than any limit
  blas::prepare();
  rlimit before{};
  REQUIRE(::getrlimit(RLIMIT_AS, &before) == 0);
  rlimit tight = before;
  tight.rlim_cur = address_space() + (rlim_t{1} << 30);  // room for the stacks of some hundred threads
  const Threads set(100000);
  REQUIRE(::setrlimit(RLIMIT_AS, &tight) == 0);
  const std::string said = failure([] { parallel_for(64, [](Index) {}); });
  ::setrlimit(RLIMIT_AS, &before);
  CHECK_MESSAGE(said.find("threads: 100000 requested, ") == 0, said);
  CHECK_MESSAGE(said.find(" exist, and the system refused one more: ") != std::string::npos, said);
  set_threads(2);
  std::atomic<int> met{0};
  parallel_for(64, [&](Index) { ++met; });
  CHECK(met == 64);
#endif
}

TEST_CASE("a wrong bias is an error of the convolution at any number of threads") {
  for (const int count : {1, 2}) {
    const Threads set(count);
    const Tensor x = Tensor::zeros({32, 1, 8, 8}), W = Tensor::zeros({2, 1, 3, 3}), b = Tensor::zeros({2});
    CHECK_FAILS(conv2d(x, W, b, {}, Activation::gelu), "not one that a product can put on its output");
  }
}

TEST_CASE("ops flush denormal numbers, on their own time") {
#if defined(__x86_64__) || defined(__aarch64__)
  volatile float tiny = 1e-40F;
  const bool kept_before = tiny * 1 != 0;
  for (const int count : {1, 2}) {
    const Threads set(count);
    std::atomic<int> kept{0};
    parallel_for(8, [&](Index) { kept += tiny * 1 != 0; });
    CHECK(kept == 0);
    static_cast<void>(failure([] { parallel_for(8, [](Index piece) { fail(piece); }); }));
    CHECK((tiny * 1 != 0) == kept_before);
  }
#endif
}
