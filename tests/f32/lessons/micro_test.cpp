// The engine on one page: the same numbers as the real engine's.

#include "tests/micro.h"

#include <hourglass/autograd/backward.h>
#include <hourglass/data/loader.h>
#include <hourglass/data/mnist.h>
#include <hourglass/models/undercomplete.h>
#include <hourglass/nn/adam.h>
#include "tests/check.h"

namespace {

// Numbers of the real engine as a matrix of micro's; a vector as one row
micro::Tensor matrix(const hourglass::Tensor& x) {
  const int rows = x.dim() == 2 ? static_cast<int>(x.size(0)) : 1;
  return {rows, static_cast<int>(x.numel()) / rows, {x.data(), x.data() + x.numel()}};
}

}  // namespace

TEST_CASE("micro.cpp: from the same weights and batches, its training losses are the real engine's") {
  const hourglass::data::Dataset digits = hourglass::data::mnist();
  hourglass::Rng rng(1);
  hourglass::models::Undercomplete model({.input = 784, .hidden = 128, .code = 32}, rng);
  hourglass::nn::Adam adam(model.parameters(), {.learning_rate = 1e-3});

  micro::Rng unused(1);
  const micro::Undercomplete small(784, 128, 32, unused);
  micro::Adam small_adam(small.parameters());
  const auto parameters = model.parameters();
  REQUIRE(parameters.size() == small.parameters().size());
  for (std::size_t k = 0; k < parameters.size(); ++k)
    small.parameters()[k].value() = matrix(parameters[k].variable.value());

  const hourglass::data::DataLoader loader(digits.train.first(20 * 128), {.batch_size = 128, .shuffle = true});
  for (const hourglass::data::Batch& x : loader.epoch(1)) {
    const hourglass::Loss loss = model.loss(x);
    adam.zero_grad();
    hourglass::backward(loss.value);
    adam.step();
    const micro::Variable L = small.loss(matrix(x));
    small_adam.zero_grad();
    micro::backward(L);
    small_adam.step();
    CHECK(L.value()(0, 0) == doctest::Approx(loss.value.item()).epsilon(1e-3));
  }
}
