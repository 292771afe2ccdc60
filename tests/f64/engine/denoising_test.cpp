#include <hourglass/models/denoising.h>

#include <algorithm>
#include <cmath>

#include <hourglass/autograd/backward.h>
#include <hourglass/autograd/ops.h>
#include <hourglass/models/undercomplete.h>
#include "lessons/common/exercise/judge.h"

using namespace hourglass;
using Kind = nn::Corruption::Kind;

namespace {

// 300 images of 100 pixels that all have this value, corrupted: 30,000 draws.
Tensor corrupted(Kind kind, Number amount, Number value, std::uint64_t seed = 1) {
  Rng rng(seed);
  return nn::Corruption{kind, amount}(Tensor::full({300, 100}, value), rng);
}

double share_of(const Tensor& x, Scalar value) {
  return static_cast<double>(std::ranges::count(x.values(), value)) / static_cast<double>(x.numel());
}

double deviation(const Tensor& x) { return std::sqrt(mean(square(x - mean(x))).item()); }

// Each pixel has a draw of its own: neither an image nor a position is the same throughout.
void expect_apart(const Tensor& x) {
  expect(deviation(mean(x, 1)) < 0.2 * deviation(x), "the pixels of one image are drawn one by one");
  expect(deviation(mean(x, 0)) < 0.2 * deviation(x), "the images are drawn one by one");
}

std::string layers_of(const nn::Sequential& network) {
  std::string all;
  for (const auto& one : network.layers()) {
    const auto& linear = dynamic_cast<const nn::Linear&>(*one);
    const char* const name = linear.activation == Activation::relu      ? "relu"
                             : linear.activation == Activation::sigmoid ? "sigmoid"
                             : linear.activation == Activation::none    ? "none"
                                                                        : "another one";
    all += text(linear.weight.shape(), " ", name, "; ");
  }
  return all;
}

}  // namespace

TEST_CASE("the undercomplete autoencoder has two halves with one hidden layer each") {
  Rng rng(1);
  models::Undercomplete model({.input = 7, .hidden = 5, .code = 2}, rng);
  const auto expect_layers = [](const char* what, const nn::Sequential& network, const std::string& wanted) {
    expect(layers_of(network) == wanted, text(what, " is ", wanted, "not ", layers_of(network)));
  };
  expect_layers("the encoder of the sizes 7, 5, 2", model.encoder, "[5, 7] relu; [2, 5] none; ");
  expect_layers("the decoder", model.decoder, "[5, 2] relu; [7, 5] sigmoid; ");
}

TEST_CASE("Gaussian noise: x + amount · ε") {
  const Tensor x = corrupted(Kind::gaussian, 0.5, 0.25);
  expect_close("the mean of x = 0.25 with amount 0.5", mean(x).item(), 0.25, 0.015);
  expect_close("the standard deviation", deviation(x), 0.5, 0.01);
  expect_close("the mean of |noise|, normally distributed: 0.5 √(2/π)", mean(abs(x - 0.25)).item(),
               0.5 * std::sqrt(2 / 3.14159265358979), 0.008);
  expect_apart(x);
  expect_close("the standard deviation at x = 0", deviation(corrupted(Kind::gaussian, 2, 0)), 2, 0.02);
}

TEST_CASE("clipped Gaussian noise: the result lies in [0, 1]") {
  const Tensor x = corrupted(Kind::clipped_gaussian, 0.5, 0.75);
  expect(amin(x).item() == 0 && amax(x).item() == 1,
         text("from 0 to 1, not from ", amin(x).item(), " to ", amax(x).item()));
  expect_close("the share of ones: x = 0.75, amount 0.5, P(ε > 0.5)", share_of(x, 1), 0.3085, 0.012);
  expect_close("the share of zeros: P(ε < -1.5)", share_of(x, 0), 0.0668, 0.012);
  expect_apart(x);
}

TEST_CASE("masking: some pixels become 0, the others stay as they are") {
  const Tensor x = corrupted(Kind::masking, 0.3, 0.25);
  expect_close("the share of zeros with amount 0.3", share_of(x, 0), 0.3, 0.012);
  expect_close("the share of pixels that are 0.25 still", share_of(x, 0.25), 0.7, 0.012);
  expect_apart(x);
  expect_close("the share of zeros with amount 1", share_of(corrupted(Kind::masking, 1, 0.25), 0), 1);
}

TEST_CASE("salt and pepper: some pixels become 0 or 1 at equal odds, the others stay as they are") {
  const Tensor x = corrupted(Kind::salt_and_pepper, 0.4, 0.25);
  expect_close("the share of pixels that are 0.25 still, with amount 0.4", share_of(x, 0.25), 0.6, 0.012);
  expect_close("the share of zeros", share_of(x, 0), 0.2, 0.012);
  expect_close("the share of ones", share_of(x, 1), 0.2, 0.012);
  expect_apart(x);
  expect_close("no corruption: the share of pixels that stay", share_of(corrupted(Kind::none, 0.4, 0.25), 0.25), 1);
}

TEST_CASE("the encoder receives the corrupted image, the loss compares with the clean one") {
  Rng rng(4);
  models::Denoising model({.sizes = {10, 8, 3}, .corruption = {Kind::gaussian, 0.5}}, rng);
  const Tensor x = rng.uniform({6, 10});
  Rng first(9), second(9);
  const Loss loss = model.loss(x, first);
  const Tensor noisy = model.corrupt(x, second);
  const Variable r = model.decode(model.encode(noisy));
  expect_close("the squared error of g(f(x~)) and x, per image", loss.value.item(), sum(square(r - x)).item() / 6);
  const Variable& weight = model.encoder.parameters()[0].variable;
  expect_close("the gradient of encoder.0.weight", grad(loss.value, weight).value(),
               grad(sum(square(r - x)) / 6, weight).value());
  expect(loss.unit == Unit::squared_error_per_image, "its unit is squared error per image");
  expect(model.loss(x, first).value.item() != loss.value.item(), "the next call draws other noise");
}
