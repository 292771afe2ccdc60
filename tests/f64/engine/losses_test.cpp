#include <cmath>
#include <exception>

#include <hourglass/autograd/backward.h>
#include <hourglass/autograd/ops.h>
#include <hourglass/nn/loss.h>
#include <hourglass/tensor/random.h>
#include "lessons/common/exercise/judge.h"

using namespace hourglass;

namespace {

// d(3 f(a, b))/da: the factor shows whether the gradient that arrives is passed on.
Tensor gradient(Variable f(const Variable&, const Variable&), const Variable& a, const Variable& b,
                const Variable& wanted) {
  return grad(3 * f(a, b), wanted).value();
}

Variable row(std::initializer_list<Scalar> values) {
  return Variable::parameter(Tensor({static_cast<Index>(values.size())}, values));
}

const Scalar log3 = std::log(Scalar(3));

}  // namespace

TEST_CASE("the gradient of the squared difference is 2 (r - x)") {
  const Variable r = row({1, 2, 3, 4}), x = row({0, 2, 5, 1});
  expect_close("Σ (r - x)² of {1, 2, 3, 4} and {0, 2, 5, 1}", squared_difference(r, x).item(), 14);
  expect_close("three times its gradient with respect to r", gradient(squared_difference, r, x, r),
               Tensor({4}, {6, 0, -12, 18}));
  expect_close("three times that with respect to x", gradient(squared_difference, r, x, x),
               Tensor({4}, {-6, 0, 12, -18}));
}

TEST_CASE("the gradient of the cross-entropy with respect to a logit is σ(z) - x") {
  const Variable z = row({0, log3, -log3, 0}), x = row({1, 0.5, 0, 0.5});
  expect_close("the cross-entropy of z = {0, log 3, -log 3, 0} and x = {1, 1/2, 0, 1/2}, in nats",
               binary_cross_entropy_with_logits(z, x).item(), std::log(64 / std::sqrt(27.0)));
  expect_close("three times its gradient with respect to z, where σ(z) = {1/2, 3/4, 1/4, 1/2}",
               gradient(binary_cross_entropy_with_logits, z, x, z), Tensor({4}, {-1.5, 0.75, 0.75, 0}));
  expect_close("three times that with respect to x", gradient(binary_cross_entropy_with_logits, z, x, x),
               Tensor({4}, {0, -3 * log3, 3 * log3, 0}));
  const Variable far = row({800, -800});
  expect_close("three times the gradient for z = {800, -800} and x = {0, 1}",
               gradient(binary_cross_entropy_with_logits, far, Tensor({2}, {0, 1}), far), Tensor({2}, {3, -3}));
}

TEST_CASE("the gradients of the KL divergence of a Gaussian are μ and (e^s - 1) / 2") {
  const Variable mu = row({1, -2, 0}), s = row({0, std::log(Scalar(4)), -log3});
  expect_close("KL of μ = {1, -2, 0}, s = {0, log 4, -log 3}", gaussian_kl(mu, s).item(),
               0.5 + 0.5 * (7 - std::log(4.0)) + 0.5 * (std::log(3.0) - 2.0 / 3));
  expect_close("three times its gradient with respect to μ", gradient(gaussian_kl, mu, s, mu), Tensor({3}, {3, -6, 0}));
  expect_close("three times that with respect to s = log σ²", gradient(gaussian_kl, mu, s, s),
               Tensor({3}, {0, 4.5, -1}));
  const Variable tiny = row({1e-12});
  expect_close("the gradient for s = 1e-12, times 10¹²: e^s - 1 must keep its digits",
               gradient(gaussian_kl, Tensor({1}, {0}), tiny, tiny)[0].item() * 1e12, 1.5, 1e-6);
}

TEST_CASE("the gradient of the KL divergence of mean activations is (a - ρ) / (a (1 - a))") {
  const Variable a = row({0.05, 0.5, 0.9, 0.01});
  expect_close("three times the gradient for ρ = 0.05, a = {0.05, 0.5, 0.9, 0.01}",
               grad(3 * bernoulli_kl(0.05, a), a).value(), Tensor({4}, {0, 5.4, 2.55 / 0.09, -0.12 / 0.0099}));
}

TEST_CASE("the gradient of a gradient: the second derivative of the cross-entropy is σ(z) (1 - σ(z))") {
  const Variable z = row({0, log3, -2 * log3});
  const Tensor x({3}, {1, 0.5, 0});
  const Variable first = grad(binary_cross_entropy_with_logits(z, x), z, Graph::create);
  expect_close("d/dz of Σ k dL/dz, k = {1, 2, 3}, for z = {0, log 3, -log 9}",
               grad(sum(first * Tensor({3}, {1, 2, 3})), z).value(), Tensor({3}, {0.25, 0.375, 0.27}));
  Rng rng(1);
  const auto check = [&](const char* op, const Differentiable& f) {
    expect_right(op, gradcheck(op, f, {rng.normal({2, 3}), rng.uniform({2, 3}, 0.2, 0.8)}));
  };
  check("squared_difference", [](auto in) { return squared_difference(in[0], in[1]); });
  check("binary_cross_entropy_with_logits", [](auto in) { return binary_cross_entropy_with_logits(in[0], in[1]); });
  check("gaussian_kl", [](auto in) { return gaussian_kl(in[0], in[1]); });
  check("bernoulli_kl", [](auto in) { return bernoulli_kl(0.3, in[1]) + sum(square(in[0])); });
}

TEST_CASE("a loss is summed over the pixels of an image and averaged over the images") {
  const Variable r = Variable::parameter(Tensor({2, 3}, {1, 2, 3, 4, 5, 6}));
  const Loss loss = nn::squared_error(r, Tensor({2, 3}, {0, 2, 5, 4, 1, 3}));
  expect_close("the squared error of two images, 1 + 0 + 4 and 0 + 16 + 9", loss.value.item(), 15);
  expect(loss.unit == Unit::squared_error_per_image,
         text("its unit is squared error per image, not ", to_text(loss.unit)));
  expect_close("its gradient", grad(loss.value, r).value(), Tensor({2, 3}, {1, 0, -2, 0, 4, 3}));
  const Variable image = Variable::parameter(Tensor({4, 1, 2}, {1, 1, 1, 1, 1, 1, 1, 1}));
  expect_close("the squared error of four images [1, 2] of ones against zeros",
               nn::squared_error(image, Tensor::zeros({4, 1, 2})).value.item(), 2);
  bool accepted = true;
  try {
    nn::squared_error(row({1, 2, 3}), Tensor::zeros({3}));
  } catch (const std::exception&) {
    accepted = false;
  }
  expect(!accepted, "an input [3], which is no batch of images, is an error");
}

TEST_CASE("a loss with a penalty is the sum of both, and both are kept") {
  const Variable w = row({2, 3});
  Loss plain{sum(square(w)), Unit::nats_per_image, 0.5};
  const Loss loss = nn::with_penalty(plain, 10 * sum(w));
  expect_close("13 + 50", loss.value.item(), 63);
  expect_close("the gradient of the sum, 2 w + 10", grad(loss.value, w, Graph::keep).value(), Tensor({2}, {14, 16}));
  expect(loss.unit == Unit::nats_per_image, text("the unit is that of the reconstruction, not ", to_text(loss.unit)));
  expect_close("β, as the reconstruction has it", loss.beta, 0.5);
  expect(!loss.reconstruction.empty() && !loss.penalty.empty(), "the reconstruction and the penalty are kept");
  expect_close("the reconstruction", loss.reconstruction.item(), 13);
  expect_close("the penalty", loss.penalty.item(), 50);
}
