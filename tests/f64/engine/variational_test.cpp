#include <hourglass/models/variational.h>

#include <cmath>

#include <hourglass/autograd/backward.h>
#include <hourglass/autograd/ops.h>
#include "lessons/common/exercise/judge.h"

using namespace hourglass;
using namespace hourglass::models;

namespace {

Posterior of(const Tensor& mean, const Tensor& log_variance) {
  return {Variable::parameter(mean), Variable::parameter(log_variance)};
}

// A draw with this seed.
Variable draw(const Posterior& q) {
  Rng rng(7);
  return q.sample(rng);
}

Variational small(Number beta) {
  Rng rng(5);
  return Variational({.input = 6, .hidden = {5}, .code = 2, .beta = beta}, rng);
}

// The loss of a batch, with the noise of this seed.
Loss loss_of(Variational& model, std::uint64_t seed) {
  Rng images(3), noise(seed);
  return model.loss(images.uniform({4, 6}), noise);
}

}  // namespace

TEST_CASE("the encoder's output is cut into μ and log σ²") {
  const Variable both = Variable::parameter(Tensor({2, 4}, {1, 2, 3, 4, 5, 6, 7, 8}));
  const Posterior q = split_posterior(both);
  expect_close("μ of {1, 2, 3, 4} and {5, 6, 7, 8}", q.mean.value(), Tensor({2, 2}, {1, 2, 5, 6}));
  expect_close("log σ²", q.log_variance.value(), Tensor({2, 2}, {3, 4, 7, 8}));
  const Variable weighted = sum(q.mean * Tensor({2, 2}, {1, 2, 3, 4}) + q.log_variance * Tensor({2, 2}, {5, 6, 7, 8}));
  expect_close("the gradient of both halves", grad(weighted, both).value(), Tensor({2, 4}, {1, 2, 5, 6, 3, 4, 7, 8}));
}

TEST_CASE("a code is drawn as μ + σ ε, and the gradient passes to μ and to log σ²") {
  const Index n = 20000;
  const Tensor many = draw(of(Tensor::full({n, 1}, 2), Tensor::full({n, 1}, std::log(9.0)))).value();
  expect_close("the mean of 20,000 draws from N(2, 9)", mean(many).item(), 2, 0.04);
  expect_close("their standard deviation", std::sqrt(mean(square(many - mean(many))).item()), 3, 0.02);
  const Tensor epsilon = draw(of(Tensor::zeros({2, 2}), Tensor::zeros({2, 2}))).value();
  expect(epsilon.at({0, 0}) != epsilon.at({1, 0}) && epsilon.at({0, 0}) != epsilon.at({0, 1}),
         "each image and each dimension has a noise of its own");
  const Posterior q = of(Tensor({2, 2}, {1, -2, 3, 0}), Tensor({2, 2}, {0, std::log(4.0), -std::log(4.0), 2}));
  const Tensor sigma({2, 2}, {1, 2, 0.5, std::exp(1.0)}), k({2, 2}, {1, 2, -3, 4});
  const Variable h = draw(q);
  expect_close("μ + σ ε with the ε of the same seed, σ = {1, 2, 1/2, e}", h.value(), q.mean.value() + sigma * epsilon);
  expect_close("the gradient of Σ k h with respect to μ: k", grad(sum(k * h), q.mean, Graph::keep).value(), k);
  expect_close("with respect to s = log σ²: k σ ε / 2", grad(sum(k * h), q.log_variance).value(),
               0.5 * (k * sigma * epsilon));
  Rng rng(7);
  const Tensor first = q.sample(rng).value(), second = q.sample(rng).value();
  expect(first.at({0, 0}) != second.at({0, 0}), "a second draw has other noise");
}

TEST_CASE("the decoder gives the probability of each pixel") {
  Variational model = small(1);
  const Tensor h({2, 2}, {0.5, -1, 2, 3}), z = model.logits(h).value();
  expect_close("decode(h) where logits(h) are z: 1 / (1 + e^-z)", model.decode(h).value(), 1 / (1 + exp(-z)));
}

TEST_CASE("the negative ELBO: cross-entropy and β KL, per image") {
  const Posterior q = of(Tensor({2, 2}, {1, 0, 0, -2}), Tensor::zeros({2, 2}));
  const Variable logits = Variable::parameter(Tensor::zeros({2, 3}));
  const Loss loss = negative_elbo(logits, Tensor({2, 3}, {1, 0, 1, 0, 0, 1}), q, 3);
  expect_close("the cross-entropy of three pixels of probability 1/2: 3 log 2", loss.reconstruction.item(),
               3 * std::log(2.0));
  expect_close("3 KL for μ = (1, 0) and (0, -2), σ = 1: 3 (1/2 + 2) / 2", loss.penalty.item(), 3.75);
  expect_close("their sum", loss.value.item(), 3 * std::log(2.0) + 3.75);
  expect_close("the β of the loss", loss.beta, 3);
  expect(loss.unit == Unit::nats_per_image, text("its unit is nats per image, not ", to_text(loss.unit)));
  expect_close("the gradient with respect to μ: 3 μ / 2", grad(loss.value, q.mean, Graph::keep).value(),
               Tensor({2, 2}, {1.5, 0, 0, -3}));
  expect_close("with respect to the logits: (σ(z) - x) / 2", grad(loss.value, logits).value(),
               Tensor({2, 3}, {-0.25, 0.25, -0.25, 0.25, 0.25, -0.25}));
  const Posterior wide = of(Tensor::zeros({1, 1}), Tensor({1, 1}, {std::log(4.0)}));
  expect_close("KL for μ = 0, σ = 2: (4 - 1 - log 4) / 2",
               negative_elbo(Variable(Tensor::zeros({1, 3})), Tensor::zeros({1, 3}), wide, 1).penalty.item(),
               (3 - std::log(4.0)) / 2);
}

TEST_CASE("the loss of the model: one draw of the code, decoded, against the image") {
  Variational model = small(2);
  const Loss loss = loss_of(model, 11);
  Rng images(3), noise(11);
  const Tensor x = images.uniform({4, 6});
  const Posterior q = model.posterior(x);
  const Tensor z = model.logits(q.sample(noise)).value();
  expect_close("the cross-entropy of the decoded draw", loss.reconstruction.item(),
               sum(log(1 + exp(z)) - z * x).item() / 4);
  expect_close("the KL term, with β = 2", loss.penalty.item(), 2 * gaussian_kl(q.mean, q.log_variance).item() / 4);
  expect(loss_of(model, 12).value.item() != loss.value.item(), "other noise gives another loss");
}

TEST_CASE("every weight has the gradient of the loss: through the draw and through the KL term") {
  Variational model = small(2);
  backward(loss_of(model, 11).value);
  const Scalar step = 1e-5;
  for (const nn::Parameter& p : model.parameters()) {
    const Tensor found = p.variable.grad();
    if (found.empty()) {
      expect(false, p.name + " has a gradient");
      continue;
    }
    Tensor value = p.variable.value(), expected(value.shape());
    for (Index i = 0; i < value.numel(); ++i) {
      const Scalar middle = value.data()[i];
      value.write_()[i] = middle + step;
      const Scalar above = loss_of(model, 11).value.item();
      value.write_()[i] = middle - step;
      const Scalar below = loss_of(model, 11).value.item();
      value.write_()[i] = middle;
      expected.write_()[i] = (above - below) / (2 * step);
    }
    expect_close("the gradient of " + p.name + ", by finite differences", found, expected, 1e-6);
  }
}
