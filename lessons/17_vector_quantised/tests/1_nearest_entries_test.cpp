#include <algorithm>
#include <string>
#include <vector>

#include <hourglass/autograd/ops.h>
#include <hourglass/models/vector_quantized.h>
#include <hourglass/tensor/random.h>
#include "lessons/common/exercise/judge.h"

using namespace hourglass;

std::vector<int> nearest_entries(const Tensor& z, const Tensor& entries);  // what the student writes

namespace {

void expect_entries(const std::string& what, const std::vector<int>& found, const std::vector<int>& expected) {
  expect_close(what + ": the number of indices", double(found.size()), double(expected.size()));
  for (std::size_t i = 0; i < std::min(found.size(), expected.size()); ++i)
    expect_close(what + ": the entry of part " + std::to_string(i), found[i], expected[i]);
}

}  // namespace

TEST_CASE("a codebook of three entries on a line") {
  const Tensor entries({3, 1}, {-1, 0, 2});
  expect_entries("z = -3, 0.4, 0.9, 1.1, 9 with entries -1, 0, 2",
                 nearest_entries(Tensor({5, 1}, {-3, 0.4, 0.9, 1.1, 9}), entries), {0, 1, 1, 2, 2});
  expect_entries("z = 1, equally near to 0 and 2: the first", nearest_entries(Tensor({1, 1}, {1}), entries), {1});
}

TEST_CASE("in two dimensions, with entries of different norms") {
  const Tensor entries({3, 2}, {0, 0, 10, 0, 0, 3});
  expect_entries("z = (1, -2), (6, 0), (-4, 4), (2, 1) with entries (0, 0), (10, 0), (0, 3)",
                 nearest_entries(Tensor({4, 2}, {1, -2, 6, 0, -4, 4, 2, 1}), entries), {0, 1, 2, 0});
}

TEST_CASE("the choice of the lesson's model") {
  Rng rng(8);
  models::VectorQuantized model({.input = 6, .hidden = 5, .parts = 3, .width = 4, .entries = 7}, rng);
  const Tensor x = rng.normal({10, 6}), z = model.encoder(x).value();
  expect_entries("ten images of three parts", nearest_entries(z.reshape({30, 4}), model.codebook.value()),
                 model.indices(x));
}
