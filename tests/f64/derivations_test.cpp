// The equations at which the pages of docs/derivations end: the closed form beside a numerical evaluation.
#include <algorithm>
#include <array>
#include <cmath>
#include <cstdint>
#include <numbers>
#include <utility>
#include <vector>

#include <hourglass/autograd/backward.h>
#include <hourglass/autograd/ops.h>
#include <hourglass/metrics/pca.h>
#include <hourglass/models/contractive.h>
#include <hourglass/models/linear_autoencoder.h>
#include <hourglass/models/vector_quantized.h>
#include <hourglass/nn/sgd.h>
#include <hourglass/tensor/elementwise.h>
#include <hourglass/tensor/layout.h>
#include <hourglass/tensor/linalg.h>
#include <hourglass/tensor/product.h>
#include "tests/check.h"

using namespace hourglass;
using doctest::Approx;

namespace {

double normal_density(double x, double mean, double deviation) {
  const double u = (x - mean) / deviation;
  return std::exp(-u * u / 2) / (deviation * std::sqrt(2 * std::numbers::pi));
}

// ∫ f over [-15, 15] by the trapezoidal rule, which is accurate to rounding for smooth f that vanish at both ends.
template <class Function>
double integral(const Function& f) {
  constexpr int steps = 6000;
  double sum = 0;
  for (int i = 1; i < steps; ++i) sum += f(-15 + 30. * i / steps);
  return sum * 30 / steps;
}

// (f(x + s) - f(x - s)) / 2s
template <class Function>
double derivative(const Function& f, double x, double s = 1e-5) {
  return (f(x + s) - f(x - s)) / (2 * s);
}

// KL(N(m, s²) ‖ N(n, t²))
double kl_of_normals(double m, double s, double n, double t) {
  return std::log(t / s) + (s * s + (m - n) * (m - n)) / (2 * t * t) - 0.5;
}

}  // namespace

TEST_CASE("backpropagation through one layer: the gradients are δ xᵀ, δ and Wᵀ δ with δ = ∂L/∂h φ'(z)") {
  Rng rng(1);
  const Tensor x = rng.normal({3}), W = rng.normal({2, 3}), b = rng.normal({2}), target = rng.normal({2});
  const auto layer = [&](const Tensor& input, const Tensor& weight, const Tensor& bias) {
    std::array<double, 2> h;
    for (std::size_t j = 0; j < 2; ++j) {
      double z = bias.data()[j];
      for (std::size_t i = 0; i < 3; ++i) z += weight.data()[3 * j + i] * input.data()[i];
      h[j] = 1 / (1 + std::exp(-z));
    }
    return h;
  };
  const auto loss = [&](const Tensor& input, const Tensor& weight, const Tensor& bias) {
    const auto h = layer(input, weight, bias);
    return std::pow(h[0] - target.data()[0], 2) + std::pow(h[1] - target.data()[1], 2);
  };
  const auto moved = [](const Tensor& t, Index i, double by) {
    Tensor copy = t.clone();
    copy.write_()[i] += by;
    return copy;
  };
  const auto h = layer(x, W, b);
  std::array<double, 2> delta;
  for (std::size_t j = 0; j < 2; ++j) delta[j] = 2 * (h[j] - target.data()[j]) * h[j] * (1 - h[j]);
  for (Index j = 0; j < 2; ++j) {
    const double d = delta[static_cast<std::size_t>(j)];
    CHECK(derivative([&](double u) { return loss(x, W, moved(b, j, u)); }, 0) == Approx(d).epsilon(1e-7));
    for (Index i = 0; i < 3; ++i)
      CHECK(derivative([&](double u) { return loss(x, moved(W, 3 * j + i, u), b); }, 0) ==
            Approx(d * x.data()[i]).epsilon(1e-7));
  }
  for (Index i = 0; i < 3; ++i)
    CHECK(derivative([&](double u) { return loss(moved(x, i, u), W, b); }, 0) ==
          Approx(W.data()[i] * delta[0] + W.data()[3 + i] * delta[1]).epsilon(1e-7));
}

TEST_CASE("weight decay λ scales component i of the linear autoencoder's output by 1 - λ / σ_i²") {
  Rng rng(2);
  const Tensor deviations({4}, {2, 1.5, 0.8, 0.4}), rotation = svd(rng.normal({4, 4})).u;
  const Tensor x = matmul(rng.normal({500, 4}) * deviations, rotation) + rng.normal({4}, 0, 0.3);
  metrics::PcaFit fit;
  fit.add(x);
  const metrics::Pca pca = fit.finish();
  for (const double lambda : {0., 0.4, 2.8}) {  // none, below both variances that are kept, between them
    models::LinearAutoencoder model({.input = 4, .code = 2, .weight_penalty = lambda}, rng);
    nn::SGD sgd(model.parameters(), {.learning_rate = 0.04});
    for (int step = 0; step < 5000; ++step) {
      sgd.zero_grad();
      backward(model.loss(x).value);
      sgd.step();
    }
    const Tensor product = matmul(model.parameters()[2].variable.value(), model.parameters()[0].variable.value());
    double expected_error = 0;
    Tensor expected = Tensor::zeros({4, 4});
    for (Index i = 0; i < 4; ++i) {
      const double variance = pca.variances.data()[i];
      const double factor = i < 2 ? std::max(0., 1 - lambda / variance) : 0;
      expected_error += variance * (1 - factor) * (1 - factor);  // λ² / σ_i², or σ_i² where nothing is kept
      const Tensor u = narrow(pca.components, 0, i, 1);
      expected = expected + factor * matmul(u, u, Transpose::yes, Transpose::no);
    }
    for (Index i = 0; i < 16; ++i) CHECK(std::abs(product.data()[i] - expected.data()[i]) < 1e-6);
    const Loss loss = model.loss(x);
    const Variable reconstruction = lambda == 0 ? loss.value : loss.reconstruction;
    CHECK(reconstruction.item() == Approx(expected_error).epsilon(1e-8));
  }
}

TEST_CASE("the KL divergence of two Gaussians is the integral of q log q/p") {
  const auto numerical = [](double m, double s, double n, double t) {
    return integral([&](double x) {
      const double q = normal_density(x, m, s);
      const double log_ratio = std::log(t / s) - (x - m) * (x - m) / (2 * s * s) + (x - n) * (x - n) / (2 * t * t);
      return q * log_ratio;
    });
  };
  for (const auto& [m, s, n, t] : {std::array{0.7, 0.5, -0.4, 1.3}, {-1., 1.2, 0.5, 0.6}, {0., 1., 0., 1.}})
    CHECK(std::abs(numerical(m, s, n, t) - kl_of_normals(m, s, n, t)) < 1e-10);
  const Tensor mean({2}, {0.8, -1.1}), log_variance({2}, {std::log(0.36), std::log(1.96)});
  CHECK(gaussian_kl(Variable(mean), Variable(log_variance)).item() ==
        Approx(numerical(0.8, 0.6, 0, 1) + numerical(-1.1, 1.4, 0, 1)).epsilon(1e-10));
}

TEST_CASE("log p(x) is the ELBO plus KL(q ‖ posterior), and the reparameterised gradient is right") {
  const auto log_likelihood = [](double z) { return -std::log1p(std::exp(-(1.7 * z - 0.6))); };  // log σ(1.7 z - 0.6)
  const auto prior = [](double z) { return normal_density(z, 0, 1); };
  const double p = integral([&](double z) { return prior(z) * std::exp(log_likelihood(z)); });
  const auto reconstruction = [&](double m, double s) {
    return integral([&](double z) { return normal_density(z, m, s) * log_likelihood(z); });
  };
  for (const std::pair<double, double>& q : {std::pair{0.2, 0.9}, {0.9, 0.5}, {-0.5, 1.1}}) {
    const double m = q.first, s = q.second;
    const double elbo = reconstruction(m, s) - kl_of_normals(m, s, 0, 1);
    const double gap = integral([&](double z) {
      const double log_posterior = std::log(prior(z)) + log_likelihood(z) - std::log(p);
      const double log_q = -(z - m) * (z - m) / (2 * s * s) - std::log(s * std::sqrt(2 * std::numbers::pi));
      return normal_density(z, m, s) * (log_q - log_posterior);
    });
    CHECK(gap > 1e-4);
    CHECK(std::log(p) == Approx(elbo + gap).epsilon(1e-9));
    // z = m + s ε:  ∂/∂m is the mean of ∂/∂z log p(x|z), ∂/∂s that of ε times it
    const auto through_noise = [&](bool times_epsilon) {
      return integral([&](double epsilon) {
        const double slope = 1.7 / (1 + std::exp(1.7 * (m + s * epsilon) - 0.6));
        return normal_density(epsilon, 0, 1) * slope * (times_epsilon ? epsilon : 1);
      });
    };
    CHECK(derivative([&](double u) { return reconstruction(u, s); }, m) == Approx(through_noise(false)).epsilon(1e-7));
    CHECK(derivative([&](double u) { return reconstruction(m, u); }, s) == Approx(through_noise(true)).epsilon(1e-7));
  }
}

TEST_CASE("the importance-weighted bound grows with K towards log p(x), and leaves Var(w) / (2 K p(x)²)") {
  const std::array<double, 3> joint = {0.3, 0.05, 0.15}, q = {0.45, 0.2, 0.35};  // p(x, z) and q(z|x) of three z
  double p = 0, second_moment = 0, elbo = 0;
  std::array<double, 3> w;
  for (std::size_t j = 0; j < 3; ++j) {
    w[j] = joint[j] / q[j];
    p += joint[j];
    second_moment += q[j] * w[j] * w[j];
    elbo += q[j] * std::log(w[j]);
  }
  // E log 1/K Σ w over all tuples of K draws
  const auto bound = [&](int count) {
    double sum = 0;
    const auto visit = [&](auto& self, int left, double probability, double weights) -> void {
      if (left == 0) {
        sum += probability * std::log(weights / count);
        return;
      }
      for (std::size_t j = 0; j < 3; ++j) self(self, left - 1, probability * q[j], weights + w[j]);
    };
    visit(visit, count, 1, 0);
    return sum;
  };
  CHECK(bound(1) == Approx(elbo).epsilon(1e-12));
  double before = bound(1);
  for (int count = 2; count <= 10; ++count) {
    const double now = bound(count);
    CHECK(now > before);
    CHECK(now < std::log(p));
    before = now;
  }
  const double variance = second_moment - p * p;
  CHECK(std::abs(10 * (std::log(p) - before) / (variance / (2 * p * p)) - 1) < 0.05);
  // the gradient to each log w is its normalised weight
  const Variable log_w = Variable::parameter(Tensor({3}, {std::log(w[0]), std::log(w[1]), std::log(w[2])}));
  const Tensor share = grad(logsumexp(log_w, 0), log_w).value();
  for (std::size_t j = 0; j < 3; ++j) CHECK(share.data()[j] == Approx(w[j] / (w[0] + w[1] + w[2])));
}

TEST_CASE("the best discriminator is p / (p + g), and leaves a loss of 2 log 2 - 2 JSD") {
  const Tensor p({4}, {0.4, 0.3, 0.2, 0.1}), g({4}, {0.1, 0.1, 0.3, 0.5});
  const auto trained = [](const Tensor& real, const Tensor& generated, Tensor& probability) {
    Tensor z = Tensor::zeros({4});
    double reached = 0;
    for (int step = 0; step < 3000; ++step) {  // -log σ(z) = softplus(-z), -log(1 - σ(z)) = softplus(z)
      const Variable logits = Variable::parameter(z);
      const Variable loss = sum(real * softplus(-logits)) + sum(generated * softplus(logits));
      reached = loss.item();
      z = z - grad(loss, logits).value();
    }
    probability = sigmoid(Variable(z)).value();
    return reached;
  };
  Tensor D;
  const double loss = trained(p, g, D);
  double jsd = 0;
  for (Index i = 0; i < 4; ++i) {
    const double a = p.data()[i], b = g.data()[i], m = (a + b) / 2;
    CHECK(D.data()[i] == Approx(a / (a + b)).epsilon(1e-6));
    jsd += (a * std::log(a / m) + b * std::log(b / m)) / 2;
  }
  CHECK(jsd > 0.1);
  CHECK(loss == Approx(2 * std::log(2.) - 2 * jsd).epsilon(1e-8));
  CHECK(trained(p, p, D) == Approx(2 * std::log(2.)).epsilon(1e-8));
  for (const Scalar d : D.values()) CHECK(d == Approx(0.5));
}

TEST_CASE("the best critic finds the Wasserstein distance of a line, with gradient 1 along the transport") {
  const std::array<double, 5> at = {-1, 0, 0.5, 2, 3}, p = {0.1, 0.4, 0.2, 0.2, 0.1}, g = {0.3, 0.1, 0.1, 0.1, 0.4};
  std::array<double, 5> f = {};  // the critic at the points; linear in between
  double area = 0, score = 0, difference = 0;
  for (std::size_t i = 0; i + 1 < 5; ++i) {
    difference += p[i] - g[i];  // F_p - F_g between points i and i + 1
    area += std::abs(difference) * (at[i + 1] - at[i]);
    f[i + 1] = f[i] - (difference > 0 ? 1 : -1) * (at[i + 1] - at[i]);
  }
  for (std::size_t i = 0; i < 5; ++i) score += (p[i] - g[i]) * f[i];
  // the transport that keeps the order, piece by piece
  double cost = 0;
  std::size_t i = 0, j = 0;
  double left = p[0], room = g[0];
  while (i < 5 && j < 5) {
    const double mass = std::min(left, room);
    cost += mass * std::abs(at[i] - at[j]);
    if (mass > 1e-12) CHECK(std::abs(f[i] - f[j]) == Approx(std::abs(at[i] - at[j])));  // slope 1 from x to y
    left -= mass, room -= mass;
    if (left < 1e-12 && ++i < 5) left = p[i];
    if (room < 1e-12 && ++j < 5) room = g[j];
  }
  CHECK(cost == Approx(area).epsilon(1e-12));
  CHECK(score == Approx(area).epsilon(1e-12));
  Rng rng(3);
  for (int trial = 0; trial < 200; ++trial) {  // no other function of slopes within [-1, 1] scores more
    const Tensor slope = rng.uniform({4}, -1, 1);
    double value = 0, other = 0;
    for (std::size_t k = 0; k < 5; ++k) {
      other += (p[k] - g[k]) * value;
      if (k < 4) value += slope.data()[k] * (at[k + 1] - at[k]);
    }
    CHECK(other < area);
  }
}

TEST_CASE("small noise adds σ² ‖J‖² to the encoder's change, and σ² (‖∂r/∂x‖² + (r - x)·Δr) to the denoising loss") {
  Rng rng(4);
  models::Contractive model({.input = 3, .code = 2}, rng);
  for (const nn::Parameter& parameter : model.parameters()) {
    Tensor value = parameter.variable.value();
    for (Index i = 0; i < value.numel(); ++i) value.write_()[i] *= 3;  // so that the curvature counts
  }
  const Tensor x = rng.uniform({1, 3});
  const auto encode = [&](const Tensor& t) { return model.encode(t).value(); };
  const auto reconstruct = [&](const Tensor& t) { return model.decode(model.encode(t)).value(); };
  const auto moved = [&](Index axis, double by) {
    Tensor t = x.clone();
    t.write_()[axis] += by;
    return t;
  };
  // E ‖f(x + ε) - target‖² by Gauss-Hermite quadrature, three points an axis: exact for polynomials of degree 5
  const double sigma = 1e-3;
  const auto expected = [&](const auto& f, const Tensor& target) {
    const std::array<double, 3> node = {-std::sqrt(3.), 0, std::sqrt(3.)}, weight = {1. / 6, 2. / 3, 1. / 6};
    double total = 0;
    for (std::size_t a = 0; a < 27; ++a) {
      const std::array<std::size_t, 3> of = {a % 3, a / 3 % 3, a / 9};
      Tensor t = x.clone();
      double w = 1;
      for (std::size_t k = 0; k < 3; ++k) t.write_()[k] += sigma * node[of[k]], w *= weight[of[k]];
      const Tensor y = f(t);
      for (Index k = 0; k < y.numel(); ++k) total += w * std::pow(y.data()[k] - target.data()[k], 2);
    }
    return total;
  };
  CHECK(expected(encode, encode(x)) / (sigma * sigma) == Approx(model.penalty(x).item()).epsilon(1e-4));

  const Tensor r = reconstruct(x);
  double error = 0, norm = 0, curvature = 0;
  for (Index k = 0; k < 3; ++k) error += std::pow(r.data()[k] - x.data()[k], 2);
  for (Index axis = 0; axis < 3; ++axis) {
    const double s = 1e-3;
    const Tensor up = reconstruct(moved(axis, s)), down = reconstruct(moved(axis, -s));
    for (Index k = 0; k < 3; ++k) {
      norm += std::pow((up.data()[k] - down.data()[k]) / (2 * s), 2);
      curvature += (r.data()[k] - x.data()[k]) * (up.data()[k] + down.data()[k] - 2 * r.data()[k]) / (s * s);
    }
  }
  CHECK(std::abs(curvature) > 0.01 * norm);
  CHECK((expected(reconstruct, x) - error) / (sigma * sigma) == Approx(norm + curvature).epsilon(1e-4));
}

TEST_CASE("Tweedie's formula: the posterior mean is the noisy value plus σ² times the derivative of log p") {
  const double sigma = 0.6;
  const auto clean = [](double x) { return 0.3 * normal_density(x, -1, 0.3) + 0.7 * normal_density(x, 1.2, 0.5); };
  const auto log_noisy = [&](double y) {
    return std::log(integral([&](double x) { return clean(x) * normal_density(y, x, sigma); }));
  };
  for (const double y : {-2., -0.2, 0.4, 1.5}) {
    const double mean =
        integral([&](double x) { return x * clean(x) * normal_density(y, x, sigma); }) / std::exp(log_noisy(y));
    CHECK(std::abs(mean - y) > 0.01);
    CHECK(mean == Approx(y + sigma * sigma * derivative(log_noisy, y)).epsilon(1e-7));
  }
}

TEST_CASE("the straight-through gradient to the encoder's output is the decoder's at the entry plus 2 β (z - e)") {
  Rng rng(5);
  models::VectorQuantized model({.input = 5, .hidden = 6, .parts = 2, .width = 2, .entries = 8, .commitment = 0.3},
                                rng);
  const Tensor x = rng.uniform({3, 5}), z = model.encoder.forward(x).value(), e = model.encode(x).value();
  Tensor expected({4});  // the bias of the encoder's last layer is added to z: its gradient is the sum over the images
  for (Index j = 0; j < 4; ++j) {
    double of_bias = 0;
    for (Index i = 0; i < 3; ++i) {
      const auto error = [&](double u) {
        Tensor h = e.clone();
        h.write_()[4 * i + j] += u;
        return nn::squared_error(model.decode(h), x).value.item();
      };
      of_bias += derivative(error, 0) + 2 * 0.3 * (z.data()[4 * i + j] - e.data()[4 * i + j]) / 3;
    }
    expected.write_()[j] = of_bias;
  }
  for (const nn::Parameter& parameter : model.parameters())
    if (parameter.name == "encoder.2.bias") {
      const Tensor found = grad(model.loss(x).value, parameter.variable).value();
      for (Index j = 0; j < 4; ++j) CHECK(found.data()[j] == Approx(expected.data()[j]).epsilon(1e-7));
      return;
    }
  FAIL("no parameter encoder.2.bias");
}

TEST_CASE("an arithmetic code of ⌈log 1/P⌉ + 1 bits is a prefix code, and its mean length lies within two bits of H") {
  const std::array<std::uint64_t, 3> count = {4, 2, 1};  // of 7
  constexpr int length = 5;
  constexpr std::uint64_t total = 16807;  // 7^5: every bound of an interval is a multiple of 1 / 16807
  struct Word {
    std::uint64_t digits;
    int bits;
  };
  std::vector<Word> words;
  double entropy = 0, mean = 0;
  const auto visit = [&](auto& self, int left, std::uint64_t low, std::uint64_t size) -> void {
    if (left > 0) {
      std::uint64_t start = 0;
      for (std::size_t s = 0; s < 3; start += count[s++])
        self(self, left - 1, low + start * size / 7, size * count[s] / 7);
      return;
    }
    const double p = static_cast<double>(size) / total, information = -std::log2(p);
    const int bits = static_cast<int>(std::ceil(information)) + 1;
    const std::uint64_t digits = ((low << bits) + total - 1) / total;  // the smallest multiple of 2^-bits from low on
    CHECK((digits + 1) * total <= (low + size) << bits);               // and what begins with these digits lies within
    CHECK(bits < information + 2);
    words.push_back({digits, bits});
    entropy += p * information;
    mean += p * bits;
  };
  visit(visit, length, 0, total);
  REQUIRE(words.size() == 243);
  int clashes = 0;
  for (std::size_t a = 0; a < words.size(); ++a)
    for (std::size_t b = 0; b < words.size(); ++b)
      clashes += a != b && words[a].bits <= words[b].bits &&
                 words[b].digits >> (words[b].bits - words[a].bits) == words[a].digits;
  CHECK(clashes == 0);
  CHECK(entropy == Approx(length * (4. / 7 * std::log2(7. / 4) + 2. / 7 * std::log2(7. / 2) + std::log2(7.) / 7)));
  CHECK(mean >= entropy + 1);
  CHECK(mean < entropy + 2);
}
