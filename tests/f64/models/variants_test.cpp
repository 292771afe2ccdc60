// The variants that go beyond the notes: each loss against its paper's formula, written out once more by hand.
#include <algorithm>
#include <cmath>

#include <hourglass/autograd/backward.h>
#include <hourglass/autograd/ops.h>
#include <hourglass/models/adversarial_autoencoder.h>
#include <hourglass/models/conditional.h>
#include <hourglass/models/convolutional.h>
#include <hourglass/models/gaussian_mixture.h>
#include <hourglass/models/hashing.h>
#include <hourglass/models/importance_weighted.h>
#include <hourglass/models/made.h>
#include <hourglass/models/regularized.h>
#include <hourglass/models/stacked.h>
#include <hourglass/models/top_k.h>
#include <hourglass/models/vector_quantized.h>
#include <hourglass/models/wasserstein_autoencoder.h>
#include <hourglass/models/wasserstein_gan.h>
#include <hourglass/models/winner_take_all.h>
#include <hourglass/nn/corruption.h>
#include <hourglass/nn/labels.h>
#include <hourglass/tensor/elementwise.h>
#include "tests/check.h"

using namespace hourglass;
using namespace hourglass::models;

namespace {

double squared(const Tensor& a, const Tensor& b) {
  double sum = 0;
  for (Index i = 0; i < a.numel(); ++i) sum += std::pow(a.data()[i] - b.data()[i], 2);
  return sum;
}

double bernoulli(double x, double z) {
  return x * std::log(1 / (1 + std::exp(-z))) + (1 - x) * std::log(1 / (1 + std::exp(z)));
}

std::vector<Scalar> row(const Tensor& t, Index i) { return {t.data() + i * t.size(1), t.data() + (i + 1) * t.size(1)}; }

}  // namespace

TEST_CASE("the convolutional autoencoder returns images of their own size, even and odd") {
  Rng rng(1);
  for (const Index side : {8, 7, 5}) {
    Convolutional model({.side = side, .channels = {3, 4}, .code = 6}, rng);
    const Tensor x = rng.uniform({2, side * side});
    CHECK(model.encode(x).shape() == Shape{2, 6});
    CHECK(model.decode(model.encode(x)).shape() == x.shape());
    CHECK(model.loss(x).value.item() == doctest::Approx(squared(model.decode(model.encode(x)).value(), x) / 2));
  }
  CHECK(Convolutional({}, rng).parameters().front().name == "encoder.1.weight");  // 0 is the reshaping: nn.Unflatten
  CHECK_FAILS(Convolutional({.side = 1}, rng), "an image of side 1 cannot be halved 2 times");
  CHECK_FAILS(Convolutional({.channels = {}}, rng), "no channels given");
}

TEST_CASE("top-k codes have k numbers, winners are the largest of their column") {
  Rng rng(2);
  TopK model({.input = 6, .code = 9, .active = 4}, rng);
  const Tensor x = rng.uniform({5, 6}), h = model.encode(x).value(), all = model.encoder.forward(x).value();
  for (Index i = 0; i < 5; ++i) {
    std::vector<Scalar> full = row(all, i), kept = row(h, i);
    CHECK(std::count_if(kept.begin(), kept.end(), [](Scalar v) { return v != 0; }) == 4);
    std::sort(full.rbegin(), full.rend());
    for (const Scalar v : kept) CHECK((v == 0 || v >= full[3]));
  }
  CHECK(model.loss(x).value.item() == doctest::Approx(squared(model.decode(h).value(), x) / 5));
  CHECK_FAILS(TopK({.code = 4, .active = 5}, rng), "k is 5, expected 1 to 4");

  WinnerTakeAll wta({.input = 6, .code = 7, .share = 0.25}, rng);
  const Tensor many = rng.uniform({8, 6}), answers = wta.encode(many).value();
  const Tensor won = wta.winners(wta.encode(many)).value();
  for (Index j = 0; j < 7; ++j) {
    std::vector<Scalar> column;
    for (Index i = 0; i < 8; ++i) column.push_back(answers.data()[i * 7 + j]);
    std::sort(column.rbegin(), column.rend());
    for (Index i = 0; i < 8; ++i) {
      const Scalar a = answers.data()[i * 7 + j], w = won.data()[i * 7 + j];
      CHECK((w == a || (w == 0 && a <= column[1])));
    }
  }
  CHECK(wta.loss(many).value.item() == doctest::Approx(squared(wta.decode(won).value(), many) / 8));
  CHECK_FAILS(WinnerTakeAll({.share = 0}, rng), "the share is 0");
}

TEST_CASE("a unit that has been silent for too long is pointed at what is explained worst") {
  Rng rng(3);
  TopK model({.input = 4, .code = 6, .active = 2, .patience = 2}, rng);
  const Tensor x = rng.uniform({10, 4});
  Tensor bias = model.encoder.bias.value();
  bias.write_()[3] = -100;  // never among the largest
  for (int batch = 0; batch < 2; ++batch) model.loss(x);
  CHECK(model.revive(x, rng) == 0);
  model.loss(x);
  const std::vector<Index> dead = model.revival.dead();
  CHECK(std::find(dead.begin(), dead.end(), 3) != dead.end());
  const Tensor before = model.encoder.weight.value().clone();
  const Tensor error = x - model.decode(model.encode(x)).value();
  CHECK(model.revive(x, rng) == static_cast<Index>(dead.size()));
  CHECK(model.revival.dead().empty());
  const Tensor after = model.encoder.weight.value();
  double best = 0, length = 0, typical = 0;
  for (Index i = 0; i < 10; ++i) {  // the new row has the direction of one image's error
    double product = 0, a = 0, b = 0;
    for (Index k = 0; k < 4; ++k) {
      product += error.data()[i * 4 + k] * after.data()[3 * 4 + k];
      a += std::pow(error.data()[i * 4 + k], 2), b += std::pow(after.data()[3 * 4 + k], 2);
    }
    best = std::max(best, product / std::sqrt(a * b)), length = std::sqrt(b);
  }
  CHECK(best == doctest::Approx(1));
  int living = 0;
  for (Index j = 0; j < 6; ++j) {
    if (std::find(dead.begin(), dead.end(), j) != dead.end()) continue;
    const std::vector<Scalar> r = row(after, j);
    CHECK(r == row(before, j));
    double sum = 0;
    for (const Scalar v : r) sum += v * v;
    typical += std::sqrt(sum), ++living;
  }
  CHECK(length == doctest::Approx(typical / living));
  CHECK(bias.data()[3] == 0);
  CHECK_FAILS(Revival(0, 1), "0 units and a patience of 1");
  CHECK_FAILS(model.revival.watch(x), "[10, 4] is not a batch of codes of 6 units");
}

TEST_CASE("no unit is revived, nor counted, where nothing is left to explain") {
  Rng rng(3);
  const nn::Linear encoder(4, 3, Activation::relu, rng), decoder(3, 4, Activation::none, rng);
  Revival revival(3, 1);
  for (int batch = 0; batch < 2; ++batch) revival.watch(Tensor::zeros({5, 3}));
  const Tensor x = rng.uniform({5, 4});
  CHECK(revival.revive(encoder, decoder, x, x, rng) == 0);
  CHECK(revival.dead().size() == 3);
}

TEST_CASE("a stacked layer learns from the one below without touching it, and fine-tuning reaches them all") {
  Rng rng(4);
  StackedDenoising model({.sizes = {6, 5, 4}, .classes = 3, .corruption = {}}, rng);
  const Tensor x = rng.uniform({7, 6});
  const Tensor below = model.encode(x, 1).value(), z = model.down[1].forward(model.up[1].forward(below)).value();
  double expected = 0;
  for (Index i = 0; i < z.numel(); ++i) expected -= bernoulli(below.data()[i], z.data()[i]) / 7;
  const Loss loss = model.layer_loss(1, x, rng);
  CHECK(loss.value.item() == doctest::Approx(expected));
  backward(loss.value);
  for (const nn::Parameter& p : model.layer_parameters(0)) CHECK(p.variable.grad().empty());
  for (const nn::Parameter& p : model.layer_parameters(1)) CHECK_FALSE(p.variable.grad().empty());
  CHECK(model.decode(model.encode(x)).shape() == x.shape());

  const std::vector<int> labels = {0, 1, 2, 0, 1, 2, 0};
  const Tensor logits = model.classify(x).value();
  double nats = 0;
  for (Index i = 0; i < 7; ++i) {
    double sum = 0;
    for (const Scalar v : row(logits, i)) sum += std::exp(v);
    nats += (std::log(sum) - logits.data()[i * 3 + labels[static_cast<std::size_t>(i)]]) / 7;
  }
  const Loss tuned = model.class_loss(x, labels);
  CHECK(tuned.value.item() == doctest::Approx(nats));
  backward(tuned.value);
  for (const nn::Parameter& p : model.class_parameters()) CHECK_FALSE(p.variable.grad().empty());
  CHECK(model.parameters().size() == 10);
  CHECK_FAILS(model.class_loss(x, {}), "7 images come with 0 labels");
  const std::vector<int> wrong = {0, 1, 2, 3, 0, 0, 0};
  CHECK_FAILS(model.class_loss(x, wrong), "labels: 3 is not in 0 … 2");
  CHECK_FAILS(model.layer_loss(2, x, rng), "there is no layer 2");
  CHECK_FAILS(StackedDenoising({.sizes = {4}}, rng), "1 sizes given");
}

TEST_CASE("the conditional model takes the label, and requires it") {
  Rng rng(5);
  Conditional model({.input = 6, .classes = 3, .hidden = {5}, .code = 2}, rng);
  const Tensor x = rng.uniform({2, 6}), h = rng.normal({2, 2});
  const std::vector<int> labels = {0, 2}, others = {1, 2};
  const Tensor a = model.decode(h, labels).value(), b = model.decode(h, others).value();
  CHECK(row(a, 0) != row(b, 0));
  CHECK(row(a, 1) == row(b, 1));
  CHECK(row(model.encode(x, labels).value(), 0) != row(model.encode(x, others).value(), 0));
  Rng first(1), second(1);
  const Posterior q = model.posterior(x, labels);
  const Loss by_hand = negative_elbo(model.logits(q.sample(second), labels), x, q, 1);
  CHECK(model.loss(x, labels, first).value.item() == doctest::Approx(by_hand.value.item()));
  CHECK_FAILS(model.loss(x, {}, rng), "2 images come with 0 labels, expected one for each");
}

TEST_CASE("importance weights are p(x|h) p(h) / q(h|x), and one draw is the variational bound") {
  Rng rng(6);
  ImportanceWeighted model({.input = 5, .hidden = {4, 3}, .code = 2, .draws = 3}, rng);
  const Tensor x = nn::binarize(rng.uniform({2, 5}), rng);
  Rng first(9), second(9);
  const Tensor log_w = model.log_weights(x, 3, first).value(), epsilon = second.normal({2, 3, 2});
  const Posterior q = model.posterior(x);
  const double log_two_pi = std::log(2 * std::acos(-1.0));
  double bound = 0;
  for (Index i = 0; i < 2; ++i) {
    double weights = 0;
    for (Index k = 0; k < 3; ++k) {
      Tensor h({1, 2});
      double log_prior = 0, log_q = 0, log_likelihood = 0;
      for (Index j = 0; j < 2; ++j) {
        const double m = q.mean.value().data()[i * 2 + j], s = q.log_variance.value().data()[i * 2 + j];
        const double e = epsilon.data()[(i * 3 + k) * 2 + j], v = m + std::exp(s / 2) * e;
        h.write_()[j] = v;
        log_prior += -0.5 * (log_two_pi + v * v);
        log_q += -0.5 * (log_two_pi + s + (v - m) * (v - m) / std::exp(s));
      }
      const Tensor z = model.logits(h).value();
      for (Index d = 0; d < 5; ++d) log_likelihood += bernoulli(x.data()[i * 5 + d], z.data()[d]);
      const double expected = log_likelihood + log_prior - log_q;
      CHECK(log_w.data()[i * 3 + k] == doctest::Approx(expected));
      weights += std::exp(expected) / 3;
    }
    bound -= std::log(weights) / 2;
  }
  Rng third(9);
  CHECK(model.loss(x, third).value.item() == doctest::Approx(bound));
  CHECK(model.loss(x, third).unit == Unit::nats_per_image);
  CHECK_FAILS(ImportanceWeighted({.draws = 0}, rng), "0 draws");
}

TEST_CASE("a vector-quantised code is the nearest entries, and its loss is the paper's three terms") {
  Rng rng(7);
  VectorQuantized model({.input = 6, .hidden = 5, .parts = 2, .width = 3, .entries = 4, .commitment = 0.5}, rng);
  const Tensor x = rng.uniform({3, 6}), z = model.encoder.forward(x).value(), book = model.codebook.value();
  const std::vector<int> chosen = model.indices(x);
  const Tensor h = model.encode(x).value();
  REQUIRE(chosen.size() == 6);
  for (Index part = 0; part < 6; ++part) {
    std::vector<double> distance(4, 0);
    for (Index e = 0; e < 4; ++e)
      for (Index k = 0; k < 3; ++k)
        distance[static_cast<std::size_t>(e)] += std::pow(z.data()[part * 3 + k] - book.data()[e * 3 + k], 2);
    const auto best = std::min_element(distance.begin(), distance.end()) - distance.begin();
    CHECK(chosen[static_cast<std::size_t>(part)] == best);
    for (Index k = 0; k < 3; ++k) CHECK(h.data()[part * 3 + k] == book.data()[best * 3 + k]);
  }
  const Loss loss = model.loss(x);
  CHECK(loss.reconstruction.item() == doctest::Approx(squared(model.decode(h).value(), x) / 3));
  CHECK(loss.penalty.item() == doctest::Approx(1.5 * squared(z, h) / 3));
  // the book is moved by its own term alone, ∂/∂e ‖sg[z] - e‖² = 2 (e - z); the encoder by the decoder's gradient too
  const Tensor moved = grad(loss.value, model.codebook, Graph::keep).value();
  Tensor expected = Tensor::zeros({4, 3});
  for (Index part = 0; part < 6; ++part)
    for (Index k = 0; k < 3; ++k)
      expected.write_()[chosen[static_cast<std::size_t>(part)] * 3 + k] +=
          2 * (h.data()[part * 3 + k] - z.data()[part * 3 + k]) / 3;
  CHECK(squared(moved, expected) < 1e-20);
  const Variable first = model.parameters().front().variable;
  CHECK(sum(abs(grad(loss.reconstruction, first))).item() > 0);

  const std::vector<int> used = chosen;
  Index unused = 0;
  for (int e = 0; e < 4; ++e) unused += std::find(used.begin(), used.end(), e) == used.end();
  CHECK(model.revive(x, rng) == unused);
  CHECK(model.revive(x, rng) == 4);  // nothing was chosen since
  CHECK_FAILS(VectorQuantized({.entries = 1}, rng), "a code book of 1 entries");
  CHECK_FAILS(VectorQuantized({.commitment = -1}, rng), "beta is -1");
}

TEST_CASE("in the adversarial autoencoder each loss moves its own part") {
  Rng rng(8);
  AdversarialAutoencoder model({.input = 6, .hidden = {5}, .code = 2, .discriminator_hidden = 4}, rng);
  const Tensor x = rng.uniform({8, 6});
  Rng first(2), second(2);
  const Tensor real = model.discriminate(second.normal({8, 2})).value(),
               fake = model.discriminate(model.encode(x)).value();
  double d = 0, f = 0;
  for (Index i = 0; i < 8; ++i) {
    d -= (bernoulli(1, real.data()[i]) + bernoulli(0, fake.data()[i])) / 8;
    f -= bernoulli(1, fake.data()[i]) / 8;
  }
  const Loss training = model.discriminator_loss(x, first), fooling = model.encoder_loss(x);
  CHECK(training.value.item() == doctest::Approx(d));
  CHECK(fooling.value.item() == doctest::Approx(f));
  backward(training.value);
  for (const nn::Parameter& p : model.encoder.parameters()) CHECK(p.variable.grad().empty());
  backward(fooling.value);
  for (const nn::Parameter& p : model.encoder.parameters()) CHECK_FALSE(p.variable.grad().empty());
  CHECK(model.parameters().size() == 14);
}

TEST_CASE("MMD is the mean of kernels, zero in the mean for equal distributions and not for others") {
  Rng rng(9);
  const Tensor a = rng.normal({3, 2}), b = rng.normal({4, 2});
  const auto kernel = [](const Scalar* p, const Scalar* q) {
    const double distance = std::pow(p[0] - q[0], 2) + std::pow(p[1] - q[1], 2);
    double sum = 0;
    for (const double s : {0.1, 0.2, 0.5, 1.0, 2.0, 5.0, 10.0}) sum += s * 4 / (s * 4 + distance);
    return sum;
  };
  double expected = 0;
  for (Index i = 0; i < 3; ++i)
    for (Index j = 0; j < 3; ++j) expected += i == j ? 0 : kernel(a.data() + 2 * i, a.data() + 2 * j) / 6;
  for (Index i = 0; i < 4; ++i)
    for (Index j = 0; j < 4; ++j) expected += i == j ? 0 : kernel(b.data() + 2 * i, b.data() + 2 * j) / 12;
  for (Index i = 0; i < 3; ++i)
    for (Index j = 0; j < 4; ++j) expected -= 2 * kernel(a.data() + 2 * i, b.data() + 2 * j) / 12;
  CHECK(squared_mmd(a, b).item() == doctest::Approx(expected));
  CHECK(std::abs(squared_mmd(rng.normal({500, 2}), rng.normal({500, 2})).item()) < 0.02);
  CHECK(squared_mmd(rng.normal({500, 2}), rng.normal({500, 2}, 1)).item() > 0.2);
  WassersteinAutoencoder model({.input = 6, .hidden = {5}, .code = 2, .weight = 3}, rng);
  const Tensor x = rng.uniform({8, 6});
  Rng first(2), second(2);
  const Loss loss = model.loss(x, first);
  CHECK(loss.penalty.item() == doctest::Approx(3 * squared_mmd(model.encode(x), second.normal({8, 2})).item()));
  CHECK_FAILS(squared_mmd(Tensor::zeros({1, 2}), b), "[1, 2] and [4, 2]");
  CHECK_FAILS(WassersteinAutoencoder({.weight = -1}, rng), "the penalty's weight is -1");
}

TEST_CASE("the regularised autoencoder pays for long codes and heavy decoders") {
  Rng rng(10);
  Regularized model({.input = 6, .hidden = {5}, .code = 2, .code_weight = 0.4, .weight_penalty = 0.1}, rng);
  const Tensor x = rng.uniform({4, 6});
  double expected = 0.4 / 2 * sum(square(model.encode(x))).item() / 4;
  for (const nn::Parameter& p : model.parameters())
    if (p.name.starts_with("decoder") && p.name.ends_with("weight")) expected += 0.1 * sum(square(p.variable)).item();
  CHECK(model.loss(x).penalty.item() == doctest::Approx(expected));
  CHECK_FAILS(Regularized({.code_weight = -1}, rng), "they cannot be negative");
}

TEST_CASE("a mixture of Gaussians finds the clusters it was drawn from") {
  Rng rng(11);
  Tensor h({900, 2});
  for (Index i = 0; i < 900; ++i) {  // a third around (5, 0) with deviations 0.5 and 2, the others around (-5, 0)
    const Tensor e = rng.normal({2});
    const bool first = i % 3 == 0;
    h.write_()[2 * i] = (first ? 5 : -5) + 0.5 * e.data()[0];
    h.write_()[2 * i + 1] = (first ? 2 : 1) * e.data()[1];
  }
  const GaussianMixture mixture(h, {.components = 2}, rng);
  const std::size_t small = mixture.weights[0] < mixture.weights[1] ? 0 : 1;
  CHECK(mixture.weights[small] == doctest::Approx(1.0 / 3).epsilon(0.01));
  CHECK(mixture.means.data()[2 * small] == doctest::Approx(5).epsilon(0.02));
  const double two_pi = 2 * std::acos(-1.0);
  const Tensor at({1, 2}, {5.0, 0.0});
  CHECK(mixture.log_density(at).data()[0] == doctest::Approx(std::log(1.0 / 3 / (two_pi * 0.5 * 2))).epsilon(0.05));
  const Tensor drawn = mixture.sample(3000, rng);
  Index right = 0;
  double squares = 0;
  for (Index i = 0; i < 3000; ++i)
    if (drawn.data()[2 * i] > 0) ++right, squares += std::pow(drawn.data()[2 * i + 1], 2);
  CHECK(static_cast<double>(right) / 3000 == doctest::Approx(1.0 / 3).epsilon(0.1));
  CHECK(std::sqrt(squares / static_cast<double>(right)) == doctest::Approx(2).epsilon(0.1));
  CHECK_FAILS(GaussianMixture(Tensor::zeros({3, 2}), {.components = 3}, rng), "[3, 2] for 3 components");
  CHECK_FAILS(mixture.log_density(Tensor::zeros({3, 3})), "are not codes of 2 numbers");
}

TEST_CASE("the critic's penalty is the norm of its gradient, differentiated once more") {
  Rng rng(12);
  WassersteinGan gan({.input = 4, .noise = 2, .generator_hidden = {3}, .critic_hidden = {5}, .weight = 10}, rng);
  const Tensor x = rng.uniform({6, 4});
  const auto penalty_by_differences = [&] {
    double sum = 0;
    for (Index i = 0; i < 6; ++i) {
      double squares = 0;
      for (Index j = 0; j < 4; ++j) {
        Tensor up({1, 4}, std::span(x.data() + 4 * i, 4)), down = up.clone();
        up.write_()[j] += 1e-6, down.write_()[j] -= 1e-6;
        squares += std::pow((gan.score(up).item() - gan.score(down).item()) / 2e-6, 2);
      }
      sum += std::pow(std::sqrt(squares) - 1, 2) / 6;
    }
    return sum;
  };
  const Variable penalty = gan.gradient_penalty(x);
  CHECK(penalty.item() == doctest::Approx(penalty_by_differences()).epsilon(1e-6));
  const Variable W = gan.critic.parameters().front().variable;
  const double slope = grad(penalty, W).value().data()[3];
  Tensor weight = W.value();
  weight.write_()[3] += 1e-4;
  const double more = penalty_by_differences();
  weight.write_()[3] -= 2e-4;
  CHECK((more - penalty_by_differences()) / 2e-4 == doctest::Approx(slope).epsilon(1e-4));
  Rng first(3), second(3);
  const Loss loss = gan.critic_loss(x, first);
  const Tensor fake = gan.generate(gan.noise(6, second)).value();
  CHECK(loss.reconstruction.item() == doctest::Approx(mean(gan.score(fake)).item() - mean(gan.score(x)).item()));
  backward(loss.value);
  for (const nn::Parameter& p : gan.generator.parameters()) CHECK(p.variable.grad().empty());
  Rng third(3);
  CHECK(gan.generator_loss(6, third).value.item() == doctest::Approx(-mean(gan.score(fake)).item()));
  CHECK(loss.unit == Unit::critic_score);
  CHECK_FAILS(WassersteinGan({.weight = -1}, rng), "the penalty's weight is -1");
}

TEST_CASE("a hash is bits, and learns through the rounding") {
  Rng rng(13);
  Hashing model({.input = 6, .hidden = {5}, .bits = 8, .noise = 0}, rng);
  const Tensor x = rng.uniform({4, 6}), h = model.encode(x).value();
  for (const Scalar v : h.values()) CHECK((v == 0 || v == 1));
  const Loss loss = model.loss(x, rng);
  CHECK(loss.value.item() == doctest::Approx(squared(model.decode(h).value(), x) / 4));
  CHECK(sum(abs(grad(loss.value, model.parameters().front().variable))).item() > 0);
  CHECK_FAILS(Hashing({.noise = -1}, rng), "a deviation of -1");
}

TEST_CASE("in MADE a pixel depends on those before it alone, and all images' probabilities add up to 1") {
  Rng rng(14);
  for (const bool shuffled : {false, true}) {
    Made model({.input = 6, .hidden = {9, 7}, .shuffled = shuffled}, rng);
    CHECK((model.order == std::vector<Index>{0, 1, 2, 3, 4, 5}) == !shuffled);
    double total = 0;
    for (int bits = 0; bits < 64; ++bits) {
      Tensor x({1, 6});
      for (int i = 0; i < 6; ++i) x.write_()[i] = bits >> i & 1;
      total += std::exp(-model.loss(x).value.item());
    }
    CHECK(total == doctest::Approx(1).epsilon(1e-12));
    const Variable x = Variable::parameter(rng.uniform({1, 6}));
    const Variable z = model.logits(model.encode(x));
    double before = 0;
    for (std::size_t i = 0; i < 6; ++i) {
      const Tensor slope = grad(narrow(z, 1, model.order[i], 1), x, Graph::keep, Tensor::full({1, 1}, 1)).value();
      for (std::size_t j = 0; j < 6; ++j) {
        if (j >= i) CHECK(slope.data()[model.order[j]] == 0);
        before += std::abs(slope.data()[model.order[j]]);
      }
    }
    CHECK(before > 0);
    const Tensor drawn = model.sample(2000, rng);
    const Index first = model.order[0];
    double share = 0;
    for (Index i = 0; i < 2000; ++i) share += drawn.data()[6 * i + first] / 2000;
    const Tensor alone = model.decode(model.encode(Tensor::zeros({1, 6}))).value();
    CHECK(share == doctest::Approx(alone.data()[first]).epsilon(0.1));
  }
  CHECK_FAILS(Made({.input = 1}, rng), "an input of 1");
}
