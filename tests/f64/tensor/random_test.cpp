#include <hourglass/tensor/random.h>

#include <cmath>
#include <set>

#include "tests/check.h"

using namespace hourglass;

TEST_CASE("Philox gives the published numbers") {
  // Known answers of the authors' Random123 for Philox4x32-10: counter and key 0, and both all ones. A uniform number
  // is the upper 24 bits of each 32.
  Rng zero(0, 0);
  const Tensor a = zero.uniform({4});
  const std::uint32_t expected[] = {0x6627e8d5, 0xe169c58d, 0xbc57ac4c, 0x9b00dbd8};
  for (Index i = 0; i < 4; ++i) CHECK(a.at({i}) == (expected[i] >> 8) * 0x1p-24);
  Rng ones(~std::uint64_t{0}, ~std::uint64_t{0});
  ones.set_state({~std::uint64_t{0}, ~std::uint64_t{0}, ~std::uint64_t{0}});
  const Tensor b = ones.uniform({4});
  const std::uint32_t other[] = {0x408f276d, 0x41c83b0e, 0xa20bc7c6, 0x6d5451fd};
  for (Index i = 0; i < 4; ++i) CHECK(b.at({i}) == (other[i] >> 8) * 0x1p-24);
  CHECK(Rng(0, 0).below(std::uint64_t{1} << 63) == 0x6627e8d5e169c58d);  // a whole number takes the first two
}

TEST_CASE("uniform, normal and Bernoulli numbers have their moments") {
  Rng rng(7);
  const Index n = 200000;
  const auto moments = [&](const Tensor& x) {
    double mean = 0, square = 0, fourth = 0;
    for (double v : x.values()) mean += v / n;
    for (double v : x.values()) square += (v - mean) * (v - mean) / n, fourth += std::pow(v - mean, 4) / n;
    return std::array{mean, square, fourth / (square * square)};
  };
  const auto uniform = moments(rng.uniform({n}, -1, 3)), normal = moments(rng.normal({n}, 2, 3)),
             coin = moments(rng.bernoulli({n}, 0.3));
  CHECK(uniform[0] == doctest::Approx(1).epsilon(0.01));
  CHECK(uniform[1] == doctest::Approx(16.0 / 12).epsilon(0.01));
  CHECK(uniform[2] == doctest::Approx(1.8).epsilon(0.02));
  CHECK(normal[0] == doctest::Approx(2).epsilon(0.01));
  CHECK(normal[1] == doctest::Approx(9).epsilon(0.02));
  CHECK(normal[2] == doctest::Approx(3).epsilon(0.03));
  CHECK(coin[0] == doctest::Approx(0.3).epsilon(0.02));
}

TEST_CASE("a generator goes on where its state was taken, and forks are apart") {
  Rng rng(3);
  rng.normal({13});
  const auto state = rng.state();
  const Tensor expected = rng.uniform({50});
  Rng again(99);
  again.set_state(state);
  const Tensor found = again.uniform({50});
  CHECK(std::equal(expected.data(), expected.data() + 50, found.data()));
  const Tensor fork1 = rng.fork(1).uniform({50}), fork2 = rng.fork(2).uniform({50}),
               fork1_again = rng.fork(1).uniform({50});
  CHECK(std::equal(fork1.data(), fork1.data() + 50, fork1_again.data()));
  CHECK_FALSE(std::equal(fork1.data(), fork1.data() + 50, fork2.data()));
  // A fork's stream is Philox of the fork's number: here Random123's known answer for the digits of pi.
  CHECK(Rng(0x299f31d0a4093822, ~std::uint64_t{0x0370734413198a2e}).fork(0x85a308d3243f6a88).state()[1] ==
        0xd16cfe0994fdcceb);
}

TEST_CASE("number i is a function of seed, stream and i alone") {
  for (const std::uint64_t stream : {0, 7}) {
    Rng whole(5, stream), parts(5, stream);
    const Tensor all = whole.uniform({3000});
    Index done = 0;
    for (const Index count : {1024, 8, 1000, 968}) {
      const Tensor some = parts.uniform({count});
      CHECK(std::equal(some.data(), some.data() + count, all.data() + done));
      done += count;
    }
    Rng normals(5, stream), again(5, stream);
    const Tensor joined = normals.normal({8192});  // made in pieces of 4096
    again.normal({4096});
    const Tensor second = again.normal({4096});
    CHECK(std::equal(second.data(), second.data() + 4096, joined.data() + 4096));
  }
}

TEST_CASE("distributions may be narrow to a point") {
  Rng rng(6);
  CHECK(rng.uniform({2}, 3, 3).data()[1] == 3);
  CHECK(rng.normal({2}, 3, 0).data()[1] == 3);
  CHECK(rng.bernoulli({2}, 0).data()[1] == 0);
  CHECK(rng.bernoulli({2}, 1).data()[1] == 1);
}

TEST_CASE("permutations hold each number once, and below stays below") {
  Rng rng(4);
  const std::vector<int> order = rng.permutation(1000);
  CHECK(std::set<int>(order.begin(), order.end()).size() == 1000);
  CHECK(order != rng.permutation(1000));
  Rng one(5);
  const auto state = one.state();
  CHECK(one.permutation(1) == std::vector{0});
  CHECK(one.state() == state);  // nothing is drawn where nothing is chosen
  std::array<int, 5> counts{};
  for (int i = 0; i < 5000; ++i) ++counts[rng.below(5)];
  for (int count : counts) CHECK(std::abs(count - 1000) < 150);
  CHECK_FAILS(rng.below(0), "nothing below");
  CHECK_FAILS(rng.permutation(-1), "permutation: n is -1, it cannot be negative");
  CHECK_FAILS(rng.uniform({2}, 1, 0), "lies above");
  CHECK_FAILS(rng.normal({2}, 0, -1), "normal: the standard deviation is -1, it cannot be negative");
  CHECK_FAILS(rng.bernoulli({2}, 2), "bernoulli: p is 2, expected 0 to 1");
  CHECK_FAILS(rng.bernoulli({2}, -1), "bernoulli: p is -1, expected 0 to 1");
}
