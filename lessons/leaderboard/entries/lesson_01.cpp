// The network of lesson 01 with a 30-dimensional code, to start from.
#include <algorithm>
#include <memory>
#include <span>

#include <hourglass/autograd/backward.h>
#include <hourglass/models/undercomplete.h>
#include <hourglass/nn/adam.h>
#include "lessons/leaderboard/entry.h"

namespace hourglass::HOURGLASS_BUILD {

Answer enter(Challenge& challenge) {
  const auto model = std::make_shared<models::Undercomplete>(
      models::Undercomplete::Sizes{.input = 784, .hidden = 128, .code = 30}, challenge.rng);
  nn::Adam adam(model->parameters(), {.learning_rate = 1e-3f});
  const std::size_t count = static_cast<std::size_t>(challenge.digits.count), size = 128;
  for (int epoch = 0; epoch < 10; ++epoch) {
    const std::vector<int> order = challenge.rng.permutation(static_cast<int>(count));
    for (std::size_t first = 0; first < count && challenge.seconds_left() > 1; first += size) {
      const Tensor x = challenge.digits.batch(std::span(order).subspan(first, std::min(size, count - first)));
      adam.zero_grad();
      backward(model->loss(x).value);
      adam.step();
    }
  }
  return {[model](const Tensor& x) { return model->encode(x).value(); },
          [model](const Tensor& h) { return model->decode(h).value(); }};
}

}  // namespace hourglass::HOURGLASS_BUILD
