#include <algorithm>
#include <atomic>
#include <chrono>
#include <cstdlib>
#include <cstring>
#include <filesystem>
#include <string>
#include <thread>

#include <hourglass/tensor/convolution.h>
#include <hourglass/tensor/elementwise.h>
#include <hourglass/tensor/layout.h>
#include <hourglass/tensor/loss_sums.h>
#include <hourglass/tensor/parallel.h>
#include <hourglass/tensor/product.h>
#include <hourglass/tensor/random.h>
#include <hourglass/tensor/reduce.h>
#include "tests/check.h"

using namespace hourglass;

namespace {

bool same_bits(const Tensor& a, const Tensor& b) {
  return a.shape() == b.shape() && std::memcmp(a.data(), b.data(), a.values().size_bytes()) == 0;
}

std::vector<Tensor> computed(int thread_count) {
  set_threads(thread_count);
  Rng rng(5);
  std::vector<Tensor> all;
  const Tensor x = rng.normal({128, 784}), big = rng.uniform({700, 1001}), W = rng.normal({1000, 784}),
               b = rng.normal({1000});
  all.push_back(x);
  all.push_back(big);
  all.push_back(matmul(x, W, Transpose::no, Transpose::yes));
  all.push_back(matmul(x, x, Transpose::yes));
  all.push_back(linear(x, W, b, Activation::sigmoid));
  all.push_back(exp(x));
  all.push_back(big + rng.normal({700, 1}));
  all.push_back(sum(big));
  all.push_back(sum(big, 0));
  all.push_back(sum(big, 1));
  all.push_back(squared_difference(x, exp(x)));
  const Tensor images = rng.normal({20, 2, 28, 28}), kernel = rng.normal({8, 2, 3, 3});
  const Tensor y = conv2d(images, kernel, Tensor(), {2, 1});
  all.push_back(y);
  all.push_back(conv2d_input(y, kernel, Tensor(), 28, 28, {2, 1}));
  all.push_back(conv2d_weight(images, y, 3, 3, {2, 1}));
  return all;
}

}  // namespace

TEST_CASE("the same bits at 1, 2, 3, 4, 8 and 16 threads") {
  const int before = threads();
  const std::vector<Tensor> one = computed(1);
  for (int count : {2, 3, 4, 8, 16}) {
    const std::vector<Tensor> many = computed(count);
    for (std::size_t i = 0; i < one.size(); ++i)
      CHECK_MESSAGE(same_bits(one[i], many[i]), "result " << i << " at " << count << " threads");
  }
  set_threads(before);
  CHECK_FAILS(set_threads(0), "set_threads: 0 threads requested");
}

TEST_CASE("a convolution sums the weights' gradient of 8 images at a time, then the sums in order") {
  Rng rng(5);
  const Tensor images = rng.normal({16, 2, 9, 9}), y = rng.normal({16, 3, 9, 9});
  const auto of = [&](Index first) {
    return conv2d_weight(narrow(images, 0, first, 8), narrow(y, 0, first, 8), 3, 3, {1, 1});
  };
  CHECK(same_bits(conv2d_weight(images, y, 3, 3, {1, 1}), of(0) + of(8)));
}

TEST_CASE("a product has the same bits however it is cut for the threads") {
  const int before = threads();
  Rng rng(6);
  for (const Index m : {3, 100, 128, 777})
    for (const Index n : {17, 250, 1000, 1001})
      for (const Index k : {128, 784, 1000})
        for (const bool by_columns : {false, true}) {
          const Transpose ta = by_columns ? Transpose::yes : Transpose::no,
                          tb = by_columns ? Transpose::no : Transpose::yes;
          const Tensor a = rng.normal(by_columns ? Shape{k, m} : Shape{m, k}),
                       b = rng.normal(by_columns ? Shape{k, n} : Shape{n, k});
          set_threads(1);
          const Tensor y = matmul(a, b, ta, tb);
          for (const int count : {2, 3, 4, 8, 16}) {
            set_threads(count);
            CHECK_MESSAGE(same_bits(y, matmul(a, b, ta, tb)), m << " x " << k << " x " << n << " at " << count);
          }
        }
  set_threads(before);
}

TEST_CASE("the loop visits every piece once, inside another loop too") {
  const int before = threads();
  set_threads(3);
  std::vector<int> visits(1000);
  parallel_for(10, [&](Index i) {
    parallel_chunks(100, 7, [&](Index first, Index last) {
      for (Index j = first; j < last; ++j) ++visits[static_cast<std::size_t>(i * 100 + j)];
    });
  });
  for (int count : visits) CHECK(count == 1);
  set_threads(before);
}

TEST_CASE("two pieces run at the same time on two threads") {
  const int before = threads();
  set_threads(2);
  std::atomic<int> arrived = 0;
  const auto here = std::this_thread::get_id();
  parallel_for(2, [&](Index) {  // each waits for the other, which it would do for ever on a thread of its own
    ++arrived;
    for (int i = 0; i < 10000 && arrived < 2; ++i) std::this_thread::sleep_for(std::chrono::milliseconds(1));
    // the caller falls asleep before the other one is done, and has to be woken
    if (std::this_thread::get_id() != here) std::this_thread::sleep_for(std::chrono::milliseconds(50));
  });
  CHECK(arrived == 2);
  set_threads(before);
}

TEST_CASE("numbers too small for the usual form count as 0, on every thread") {
  const int before = threads();
  set_threads(2);
  const Tensor small = Tensor::full({40000}, Scalar(1e-25)), fraction = Tensor::full({40000}, Scalar(1e-15));
  const Tensor none = small * fraction;  // 1e-40
  for (const Scalar each : none.values()) REQUIRE(each == 0);
  set_threads(before);
}

TEST_CASE("while one thread has the pool, another one's loop runs all the same") {
  std::vector<int> visits(20);
  parallel_for(4, [&](Index i) {
    if (i != 0) return;
    std::thread other([&] { parallel_for(20, [&](Index j) { ++visits[static_cast<std::size_t>(j)]; }); });
    other.join();
  });
  for (int count : visits) CHECK(count == 1);
}

TEST_CASE("a product cut into rectangles is the product, whichever way it is cut") {
  Rng rng(1);
  struct Sizes {
    Index m, n, k;
  };
  for (const auto [m, n, k] : {Sizes{700, 130, 90}, Sizes{130, 700, 90}, Sizes{2000, 300, 70}, Sizes{33, 35, 1200}})
    for (const Transpose ta : {Transpose::no, Transpose::yes})
      for (const Transpose tb : {Transpose::no, Transpose::yes}) {
        const bool fa = ta == Transpose::yes, fb = tb == Transpose::yes;
        const Tensor a = rng.normal(fa ? Shape{k, m} : Shape{m, k}), b = rng.normal(fb ? Shape{n, k} : Shape{k, n});
        const Tensor y = matmul(a, b, ta, tb);
        for (int sample = 0; sample < 200; ++sample) {
          const Index i = static_cast<Index>(rng.below(static_cast<std::uint64_t>(m)));
          const Index j = static_cast<Index>(rng.below(static_cast<std::uint64_t>(n)));
          double sum = 0;
          for (Index l = 0; l < k; ++l)
            sum += double(a.data()[fa ? l * m + i : i * k + l]) * double(b.data()[fb ? j * k + l : l * n + j]);
          CHECK(double(y.data()[i * n + j]) == doctest::Approx(sum).epsilon(1e-4).scale(10));
        }
      }
}

TEST_CASE("a process starts with the threads of OMP_NUM_THREADS, or with those of the machine") {
  if (const char* expected = std::getenv("HOURGLASS_TEST_THREADS")) {  // this is such a process
    CHECK(threads() == std::atoi(expected));
    return;
  }
  const std::string machine = std::to_string(std::max(1u, std::thread::hardware_concurrency()));
  const std::string self = std::filesystem::canonical("/proc/self/exe");
  for (const auto& [asked, expected] :
       {std::pair{"3", std::string("3")}, {"1", "1"}, {"0", machine}, {"many", machine}})
    CHECK(std::system(text("OMP_NUM_THREADS=", asked, " HOURGLASS_TEST_THREADS=", expected, " '", self,
                           "' -tc='a process starts with the threads*' >/dev/null")
                          .c_str()) == 0);
}
