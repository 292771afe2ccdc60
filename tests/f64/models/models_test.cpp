#include <algorithm>
#include <cmath>

#include <hourglass/autograd/backward.h>
#include <hourglass/autograd/ops.h>
#include <hourglass/models/adversarial.h>
#include <hourglass/models/contractive.h>
#include <hourglass/models/deep.h>
#include <hourglass/models/denoising.h>
#include <hourglass/models/linear_autoencoder.h>
#include <hourglass/models/overcomplete.h>
#include <hourglass/models/sparse.h>
#include <hourglass/models/undercomplete.h>
#include <hourglass/models/variational.h>
#include "tests/check.h"

using namespace hourglass;
using namespace hourglass::models;

namespace {

double per_image(const Tensor& r, const Tensor& x) {
  double sum = 0;
  for (Index i = 0; i < x.numel(); ++i) sum += std::pow(r.data()[i] - x.data()[i], 2);
  return sum / static_cast<double>(x.size(0));
}

std::vector<std::string> names(const nn::Parameters& parameters) {
  std::vector<std::string> all;
  for (const nn::Parameter& p : parameters) all.push_back(p.name);
  return all;
}

}  // namespace

TEST_CASE("the halves run apart and compose to the whole, and the loss is their distance from the input") {
  Rng rng(1);
  const Tensor x = rng.uniform({7, 12});
  Undercomplete under({.input = 12, .hidden = 6, .code = 3}, rng);
  Overcomplete over({.input = 12, .code = 15}, rng);
  Deep deep({.sizes = {12, 9, 5, 2}, .activation = Activation::silu}, rng);
  CHECK(under.encode(x).shape() == Shape{7, 3});
  CHECK(over.encode(x).shape() == Shape{7, 15});
  CHECK(deep.encode(x).shape() == Shape{7, 2});
  const auto check = [&](auto& model) {
    CHECK(model.loss(x).value.item() == doctest::Approx(per_image(model.decode(model.encode(x)).value(), x)));
  };
  check(under);
  check(over);
  check(deep);
  CHECK(names(deep.parameters()) == std::vector<std::string>{"encoder.0.weight", "encoder.0.bias", "encoder.2.weight",
                                                             "encoder.2.bias", "encoder.4.weight", "encoder.4.bias",
                                                             "decoder.0.weight", "decoder.0.bias", "decoder.2.weight",
                                                             "decoder.2.bias", "decoder.4.weight", "decoder.4.bias"});
  CHECK_FAILS(Undercomplete({.input = 4, .hidden = 3, .code = 4}, rng),
              "a code of 4 is not smaller than the input of 4");
  CHECK_FAILS(Overcomplete({.input = 4, .code = 3}, rng), "a code of 3 is smaller than the input of 4");
  CHECK_FAILS(Deep({.sizes = {4}}, rng), "1 sizes given");
}

TEST_CASE("the linear autoencoder is linear, and its penalty is on the weights alone") {
  Rng rng(2);
  LinearAutoencoder plain({.input = 5, .code = 2}, rng), priced({.input = 5, .code = 2, .weight_penalty = 0.3}, rng);
  const Tensor a = rng.normal({1, 5}), b = rng.normal({1, 5});
  const auto through = [&](const Variable& x) { return plain.decode(plain.encode(x)); };
  const Variable gap = through(0.5 * Variable(a) + 0.5 * Variable(b)) - 0.5 * (through(a) + through(b));
  CHECK(std::abs(sum(abs(gap)).item()) < 1e-12);
  double squares = 0;
  for (const nn::Parameter& p : priced.parameters())
    if (p.name.ends_with("weight")) squares += sum(square(p.variable)).item();
  const Loss loss = priced.loss(a);
  CHECK(loss.penalty.item() == doctest::Approx(0.3 * squares));
  CHECK(loss.value.item() == doctest::Approx(loss.reconstruction.item() + loss.penalty.item()));
  CHECK(plain.loss(a).penalty.empty());
}

TEST_CASE("sparsity penalties equal the papers' formulas") {
  Rng rng(3);
  Sparse l1({.input = 6, .code = 8, .penalty = Sparse::Penalty::l1, .weight = 0.5}, rng);
  Sparse kl({.input = 6, .code = 2, .penalty = Sparse::Penalty::kl, .weight = 2, .rate = 0.1}, rng);
  const Tensor h({2, 2}, {0.2, 0.9, 0.4, 0.7});  // mean activity 0.3 and 0.8
  CHECK(l1.penalty(Variable(h)).item() == doctest::Approx(2.2 / 2));
  const auto divergence = [](double p, double q) {
    return p * std::log(p / q) + (1 - p) * std::log((1 - p) / (1 - q));
  };
  CHECK(kl.penalty(Variable(h)).item() == doctest::Approx(divergence(0.1, 0.3) + divergence(0.1, 0.8)));
  CHECK(kl.penalty(Tensor::full({3, 2}, 0.1)).item() == doctest::Approx(0));
  CHECK(std::isfinite(kl.penalty(Tensor::zeros({3, 2})).item()));
  const Tensor x = rng.uniform({4, 6});
  const Loss loss = l1.loss(x);
  CHECK(loss.penalty.item() == doctest::Approx(0.5 * l1.penalty(l1.encode(x)).item()));
  CHECK(loss.reconstruction.item() == doctest::Approx(per_image(l1.decode(l1.encode(x)).value(), x)));
  CHECK_FAILS(Sparse({.weight = -1}, rng), "the penalty's weight is -1");
  CHECK_FAILS(Sparse({.rate = 1}, rng), "the target rate is 1");
}

TEST_CASE("corruption equals its definition, and the loss is against the clean input") {
  Rng rng(4);
  using Kind = nn::Corruption::Kind;
  const Tensor x = Tensor::full({100, 100}, 0.25);
  const auto share = [&](const Tensor& t, auto test) {
    return static_cast<double>(std::count_if(t.data(), t.data() + t.numel(), test)) / 10000;
  };
  const Tensor masked = nn::Corruption{Kind::masking, 0.3}(x, rng),
               salted = nn::Corruption{Kind::salt_and_pepper, 0.4}(x, rng);
  const Tensor noisy = nn::Corruption{Kind::gaussian, 0.5}(x, rng),
               clipped = nn::Corruption{Kind::clipped_gaussian, 0.5}(x, rng);
  CHECK(share(masked, [](Scalar v) { return v == 0; }) == doctest::Approx(0.3).epsilon(0.05));
  CHECK(share(masked, [](Scalar v) { return v == 0.25; }) == doctest::Approx(0.7).epsilon(0.05));
  CHECK(share(salted, [](Scalar v) { return v == 0; }) == doctest::Approx(0.2).epsilon(0.08));
  CHECK(share(salted, [](Scalar v) { return v == 1; }) == doctest::Approx(0.2).epsilon(0.08));
  CHECK(per_image(noisy, x) / 100 == doctest::Approx(0.25).epsilon(0.05));
  CHECK(share(clipped, [](Scalar v) { return v < 0 || v > 1; }) == 0);
  CHECK((nn::Corruption{}(x, rng).shares_with(x)));
  CHECK_FAILS((nn::Corruption{Kind::masking, 1.5}(x, rng)), "an amount of 1.5, expected 0 or more, and at most 1");
  CHECK_FAILS((nn::Corruption{Kind::gaussian, -1}(x, rng)), "an amount of -1");

  Denoising model({.sizes = {10, 8, 3}, .corruption = {Kind::gaussian, 0.5}}, rng);
  const Tensor clean = rng.uniform({6, 10});
  Rng first(9), second(9);
  const Tensor seen = model.corrupt(clean, first);
  CHECK(model.loss(clean, second).value.item() ==
        doctest::Approx(per_image(model.decode(model.encode(seen)).value(), clean)));
}

TEST_CASE("the variational loss is the negative ELBO, term by term") {
  Rng rng(5);
  Variational model({.input = 8, .hidden = {6}, .code = 3, .beta = 2}, rng);
  const Tensor x = rng.uniform({4, 8});
  Rng first(11), second(11);
  const Tensor epsilon = second.normal({4, 3});
  const Loss loss = model.loss(x, first);
  const Posterior q = model.posterior(x);
  double kl = 0, cross = 0;
  Tensor h({4, 3});
  for (Index i = 0; i < 12; ++i) {
    const double m = q.mean.value().data()[i], s = q.log_variance.value().data()[i];
    kl += 0.5 * (m * m + std::exp(s) - 1 - s);
    h.write_()[i] = m + std::exp(s / 2) * epsilon.data()[i];
  }
  const Tensor p = model.decode(h).value();
  for (Index i = 0; i < x.numel(); ++i)
    cross -= x.data()[i] * std::log(p.data()[i]) + (1 - x.data()[i]) * std::log(1 - p.data()[i]);
  CHECK(loss.reconstruction.item() == doctest::Approx(cross / 4));
  CHECK(loss.penalty.item() == doctest::Approx(2 * kl / 4));
  CHECK(loss.value.item() == doctest::Approx(cross / 4 + 2 * kl / 4));
  CHECK(loss.beta == 2);
  CHECK(loss.unit == Unit::nats_per_image);
  CHECK(model.encode(x).shape() == Shape{4, 3});
  CHECK_FAILS(Variational({.beta = -1}, rng), "beta is -1");
}

TEST_CASE("the contractive penalty is the exact Jacobian norm, and so is its gradient") {
  Rng rng(6);
  Contractive model({.input = 7, .code = 4, .weight = 0.5}, rng);
  const Tensor x = rng.uniform({5, 7});
  const Variable exact = model.penalty(x), closed = model.closed_form(x);
  CHECK(exact.item() == doctest::Approx(closed.item()).epsilon(1e-12));
  const Variable W = model.parameters()[0].variable;
  const Variable a = grad(exact, W), b = grad(closed, W);
  for (Index i = 0; i < W.numel(); ++i)
    CHECK(a.value().data()[i] == doctest::Approx(b.value().data()[i]).epsilon(1e-10));
  const Loss loss = model.loss(x);
  CHECK(loss.penalty.item() == doctest::Approx(0.5 * closed.item()));
  CHECK_FAILS(Contractive({.weight = -1}, rng), "the penalty's weight is -1");
}

TEST_CASE("generator and discriminator have losses of their own, against each other") {
  Rng rng(7);
  Gan gan({.input = 9, .noise = 4, .generator_hidden = {5}, .discriminator_hidden = {6}}, rng);
  const Tensor x = rng.uniform({8, 9});
  Rng first(3), second(3);
  const Tensor fake = gan.generate(gan.noise(8, second)).value();
  const auto mean_of = [&](const Tensor& images, auto f) {
    const Tensor logits = gan.discriminate(images).value();
    double sum = 0;
    for (Scalar v : logits.values()) sum += f(1 / (1 + std::exp(-v))) / 8;
    return sum;
  };
  const Loss d = gan.discriminator_loss(x, first);
  CHECK(d.value.item() == doctest::Approx(mean_of(x, [](double p) { return -std::log(p); }) +
                                          mean_of(fake, [](double p) { return -std::log(1 - p); })));
  backward(d.value);
  for (const nn::Parameter& p : gan.generator.parameters()) CHECK(p.variable.grad().empty());
  for (const nn::Parameter& p : gan.discriminator.parameters()) CHECK_FALSE(p.variable.grad().empty());
  Rng third(3);
  const Loss g = gan.generator_loss(8, third);
  CHECK(g.value.item() == doctest::Approx(mean_of(fake, [](double p) { return -std::log(p); })));
  backward(g.value);
  for (const nn::Parameter& p : gan.generator.parameters()) CHECK_FALSE(p.variable.grad().empty());
  CHECK(gan.parameters().size() == 8);
}

TEST_CASE("noise on what a discriminator is trained with falls on digits and on made images") {
  Rng rng(7), here(3), there(3);
  Gan gan({.input = 9, .noise = 4, .generator_hidden = {5}, .discriminator_hidden = {6}, .instance_noise = 0.5}, rng);
  const Tensor x = rng.uniform({8, 9});
  const Scalar found = gan.discriminator_loss(x, here).value.item();
  const Variable fake = gan.generate(gan.noise(8, there));
  const Variable real = gan.discriminate(x + Scalar(0.5) * Variable(there.normal({8, 9})));
  const Variable made = gan.discriminate(fake + Scalar(0.5) * Variable(there.normal({8, 9})));
  CHECK(found == doctest::Approx(mean(softplus(-real)).item() + mean(softplus(made)).item()));
  const Scalar forged = gan.generator_loss(8, here).value.item();
  const Variable again = gan.generate(gan.noise(8, there));
  CHECK(forged == doctest::Approx(
                      mean(softplus(-gan.discriminate(again + Scalar(0.5) * Variable(there.normal({8, 9}))))).item()));
  CHECK_FAILS(Gan({.instance_noise = -1}, rng), "Gan: the noise on the discriminator's images is -1");
}
