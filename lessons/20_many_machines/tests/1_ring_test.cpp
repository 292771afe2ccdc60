#include <functional>
#include <vector>

#include "lessons/common/exercise/judge.h"

using namespace hourglass;

using Send = std::function<void(Index rank, Index first, Index last, bool add)>;
void ring_all_reduce(Index R, Index N, const Send& send);  // what the student writes

namespace {

// Ranks, and how many numbers they have sent. Number i of rank r is 10^r + i at the start, so that the digits of a sum
// show which ranks it contains.
struct Ring {
  std::vector<std::vector<double>> ranks;
  std::vector<Index> sent;
  bool inside = true;  // all messages were valid

  Ring(Index R, Index N) : sent(R, 0) {
    double mine = 1;
    for (Index r = 0; r < R; ++r, mine *= 10) {
      ranks.emplace_back(N);
      for (Index i = 0; i < N; ++i) ranks[r][i] = mine + static_cast<double>(i);
    }
    ring_all_reduce(R, N, [&](Index r, Index first, Index last, bool add) {
      if (r < 0 || r >= R || first < 0 || last > N || first > last) {
        inside = false;
        return;
      }
      std::vector<double>& right = ranks[(r + 1) % R];
      for (Index i = first; i < last; ++i) right[i] = (add ? right[i] : 0) + ranks[r][i];
      sent[r] += last - first;
    });
  }
};

void expect_sums(Index R, Index N) {
  const Ring ring(R, N);
  const std::string name = std::to_string(R) + " ranks of " + std::to_string(N) + " numbers";
  expect(ring.inside, name + ": every message should have a rank from 0 to R - 1 and numbers from 0 to N - 1");
  double mine = 1, sum = 0;
  for (Index r = 0; r < R; ++r, mine *= 10) sum += mine;
  for (Index r = 0; r < R; ++r)
    for (Index i = 0; i < N; ++i)
      expect_close(name + ": number " + std::to_string(i) + " of rank " + std::to_string(r), ring.ranks[r][i],
                   sum + static_cast<double>(R * i));
}

}  // namespace

TEST_CASE("two ranks of two numbers") { expect_sums(2, 2); }

TEST_CASE("four ranks of eight numbers") { expect_sums(4, 8); }

TEST_CASE("chunks of different lengths, and fewer numbers than ranks") {
  expect_sums(3, 7);
  expect_sums(5, 13);
  expect_sums(5, 3);
}

TEST_CASE("a single rank has its sum already") { expect_sums(1, 3); }

TEST_CASE("no rank sends more than its share") {
  for (const Index R : {2, 4, 8}) {
    const Index N = 64;
    const Ring ring(R, N);
    for (Index r = 0; r < R; ++r)
      expect(ring.sent[r] <= 2 * N * (R - 1) / R, "rank " + std::to_string(r) + " of " + std::to_string(R) +
                                                      " should send at most " + std::to_string(2 * N * (R - 1) / R) +
                                                      " numbers; it sent " + std::to_string(ring.sent[r]));
  }
}
