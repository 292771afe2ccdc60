#include <cmath>

#include <hourglass/autograd/gradcheck.h>
#include <hourglass/models/undercomplete.h>
#include <hourglass/tensor/error.h>
#include "lessons/common/exercise/judge.h"

using namespace hourglass;

// the student's function
Variable decoder(const Variable& h, const Variable& W3, const Variable& b3, const Variable& W4, const Variable& b4);

TEST_CASE("one code, one hidden unit, one pixel, computed by hand") {
  const auto one = [](double v) { return Tensor({1, 1}, {v}); };
  const auto bias = [](double v) { return Tensor({1}, {v}); };
  const auto sigma = [](double z) { return 1 / (1 + std::exp(-z)); };
  expect_close("g(2) for W3 = 3, b3 = -1, W4 = 0.5, b4 = 0.25: σ(0.5 · relu(5) + 0.25)",
               decoder(one(2), one(3), bias(-1), one(0.5), bias(0.25)).value(), one(sigma(2.75)));
  expect_close("g(-2) there: the ReLU outputs 0, σ(0.25)",
               decoder(one(-2), one(3), bias(-1), one(0.5), bias(0.25)).value(), one(sigma(0.25)));
}

TEST_CASE("with the weights of the lesson's model it returns the same images") {
  Rng rng(1);
  models::Undercomplete model({.input = 12, .hidden = 9, .code = 4}, rng);
  const nn::Parameters all = model.parameters();
  for (const nn::Parameter& p : all)  // biases are initialised to 0; other values show an omitted one
    if (p.variable.dim() == 1) Tensor(p.variable.value()).copy_(rng.normal(p.variable.shape()));
  const auto named = [&](const std::string& name) {
    for (const nn::Parameter& p : all)
      if (p.name == name) return p.variable;
    fail("the model has no parameter ", name);
  };
  const Variable h = rng.normal({5, 4}, 0, 2);
  const Variable r = decoder(h, named("decoder.0.weight"), named("decoder.0.bias"), named("decoder.2.weight"),
                             named("decoder.2.bias"));
  expect_close("the images of five codes", r.value(), model.decode(h).value());
}

TEST_CASE("gradients flow to the code and to all weights") {
  Rng rng(2);
  const auto op = [](std::span<const Variable> in) { return decoder(in[0], in[1], in[2], in[3], in[4]); };
  expect_right("the gradient check of h, W3, b3, W4, b4",
               gradcheck("decoder", op,
                         {rng.normal({2, 3}), rng.normal({4, 3}), rng.normal({4}), rng.normal({5, 4}), rng.normal({5})},
                         {.order = 1}));
}
