#include <hourglass/metrics/fit_labels.h>

#include <algorithm>

#include <hourglass/autograd/ops.h>
#include "tests/check.h"

using namespace hourglass;

TEST_CASE("Every image comes once an epoch, with its own label, in an order that the seed decides") {
  const std::vector<int> labels{10, 11, 12, 13, 14, 15, 16};
  const auto order = [&](std::uint64_t seed) {
    const Variable w = Variable::parameter(Tensor::zeros({1}));
    std::vector<int> seen;
    metrics::fit_labels({{"w", w}}, labels, {.epochs = 2, .batch = 3, .seed = seed},
                        [&](std::span<const int> indices, metrics::Labels chosen) {
                          for (std::size_t i = 0; i < indices.size(); ++i) CHECK(chosen[i] == 10 + indices[i]);
                          seen.insert(seen.end(), indices.begin(), indices.end());
                          return sum(square(w));
                        });
    return seen;
  };
  std::vector<int> first = order(1);
  CHECK(first.size() == 12);  // twice two batches of three; the seventh image waits
  CHECK(first == order(1));
  CHECK(first != order(2));
  std::sort(first.begin(), first.begin() + 6);
  CHECK(std::adjacent_find(first.begin(), first.begin() + 6) == first.begin() + 6);
  CHECK_FAILS(metrics::fit_labels({}, labels, {.batch = 8}, {}), "batches of 8 from 7 labels");
}
