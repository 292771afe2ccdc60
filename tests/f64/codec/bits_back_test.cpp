#include <hourglass/autograd/grad_mode.h>
#include <hourglass/codec/bits_back.h>
#include <hourglass/models/variational.h>

#include <cmath>

#include "tests/check.h"

using namespace hourglass;
using models::Variational;

namespace {

bool same(const Tensor& a, const Tensor& b) {
  return a.shape() == b.shape() && std::equal(a.data(), a.data() + a.numel(), b.data());
}

void set(const nn::Parameters& parameters, const std::string& name, const std::vector<Scalar>& values) {
  for (const auto& p : parameters)
    if (p.name == name) {
      Tensor value = p.variable.value();
      value.copy_(Tensor(value.shape(), values));
      return;
    }
  FAIL("no parameter " << name);
}

void scale(const nn::Parameters& parameters, Scalar factor) {
  for (const auto& p : parameters) {
    Tensor value = p.variable.value();
    Scalar* x = value.write_();
    for (Index i = 0; i < value.numel(); ++i) x[i] *= factor;
  }
}

// Two pixels, one coordinate, and no weight but the biases: q is N(m, σ²), p(pixel is 1) is p, whatever the image.
Variational constant(double m, double deviation, double p) {
  Rng rng(1);
  Variational model({.input = 2, .hidden = {1}, .code = 1}, rng);
  scale(model.parameters(), 0);
  set(model.parameters(), "encoder.2.bias", {m, 2 * std::log(deviation)});
  set(model.parameters(), "decoder.2.bias", std::vector<Scalar>(2, std::log(p / (1 - p))));
  return model;
}

}  // namespace

TEST_CASE("bits-back: where posterior and prior agree, an image costs the information of its pixels") {
  Rng rng(2);
  for (double p : {0.5, 0.9, 0.001}) {
    Variational model = constant(0, 1, p);
    const Tensor images = rng.bernoulli({2000, 2}, p);
    double expected = 0;
    for (Scalar x : images.values()) expected -= std::log2(x == 1 ? p : 1 - p);
    const codec::BitsBack coded = codec::bits_back_encode(model, images);
    CHECK(coded.bits == doctest::Approx(expected).epsilon(2e-3));  // a code's draw and its prior: the same 12 bits
    CHECK(same(codec::bits_back_decode(model, coded.stream, 2000, 2), images));
  }
}

TEST_CASE("bits-back: a posterior beside the prior costs their Kullback-Leibler divergence, and its draws come back") {
  Rng rng(3);
  for (const auto& [m, deviation] : {std::pair{1.5, 0.2}, {-2., 1.}, {0.5, 0.01}}) {
    Variational model = constant(m, deviation, 0.5);
    constexpr int n = 20000;
    const Tensor images = rng.bernoulli({n, 2}, 0.5);
    const double kl = (m * m + deviation * deviation - 1) / 2 - std::log(deviation);  // nats
    const double expected = n * (2 + kl / std::log(2.));
    const codec::BitsBack coded = codec::bits_back_encode(model, images);
    // log q/p of a draw varies by at most about 2 nats: 4 standard errors
    CHECK(std::abs(coded.bits - expected) < 4 * std::sqrt(n) * 2 / std::log(2.));
    CHECK(same(codec::bits_back_decode(model, coded.stream, n, 2), images));
  }
}

TEST_CASE("bits-back: a posterior that fits into one bucket costs the bucket, 12 bits, and no draw") {
  Rng rng(6);
  Variational model = constant(0.00031, 1e-9, 0.5);  // the bucket from 0 to Φ⁻¹(½ + 1/4096) = 0.00061
  const Tensor images = rng.bernoulli({500, 2}, 0.5);
  const codec::BitsBack coded = codec::bits_back_encode(model, images);
  CHECK(coded.bits == doctest::Approx(500 * (2 + 12)).epsilon(1e-3));
  CHECK(same(codec::bits_back_decode(model, coded.stream, 500, 2), images));
}

TEST_CASE("bits-back: any network's images come back, at the length of its negative ELBO") {
  Rng rng(4);
  Variational model({.input = 40, .hidden = {20}, .code = 5}, rng);
  scale(model.parameters(), Scalar(1.7));  // codes apart from each other, but not beyond the outermost buckets
  const Tensor images = rng.bernoulli({1000, 40}, Scalar(0.3));
  const codec::BitsBack coded = codec::bits_back_encode(model, images);
  CHECK(same(codec::bits_back_decode(model, coded.stream, 1000, 40), images));

  const NoGrad evaluation;
  double nats = 0;
  constexpr int draws = 50;
  for (int i = 0; i < draws; ++i) nats += model.loss(images, rng).value.item() / draws;
  CHECK(coded.bits / 1000 == doctest::Approx(nats / std::log(2.)).epsilon(0.005));
  CHECK(coded.bits_per_pixel() == doctest::Approx(coded.bits / 40000));
  CHECK(8. * static_cast<double>(coded.stream.size()) < coded.bits + coded.borrowed_bits + 32);
  CHECK(coded.borrowed_bits < 2 * 5 * 24);  // about one image's draws
}

TEST_CASE("bits-back: a stream that is cut, changed, or another model's is refused") {
  Rng rng(5);
  Variational model({.input = 30, .hidden = {8}, .code = 4}, rng), other({.input = 30, .hidden = {8}, .code = 4}, rng);
  const Tensor images = rng.bernoulli({20, 30}, Scalar(0.5));
  const io::Bytes stream = codec::bits_back_encode(model, images).stream;
  const auto decoded = [&](std::span<const std::uint8_t> bytes) {
    return codec::bits_back_decode(model, bytes, 20, 30, 1, "digits");
  };
  CHECK(same(decoded(stream), images));
  for (std::size_t length = 0; length < stream.size(); ++length)
    CHECK_FAILS(decoded(std::span(stream).first(length)), "digits: ");
  for (std::size_t i = 0; i < stream.size(); ++i) {
    io::Bytes changed = stream;
    changed[i] ^= 0x10;
    CHECK_FAILS(decoded(changed), "digits: ");
  }
  CHECK_FAILS(codec::bits_back_decode(other, stream, 20, 30, 1, "digits"), "digits: ");
  CHECK_FAILS(codec::bits_back_decode(model, stream, 20, 30, 2, "digits"), "damaged: what is left at the end");
  CHECK_FAILS(codec::bits_back_decode(model, stream, 21, 30, 1, "digits"), "digits: ");
  CHECK_FAILS(codec::bits_back_decode(model, stream, 20, 31, 1, "digits"), "the model has 30 pixels, 31 expected");
  CHECK_FAILS(codec::bits_back_encode(model, Tensor::full({1, 30}, Scalar(0.5))), "a pixel is 0.5, expected 0 or 1");
  CHECK_FAILS(codec::bits_back_encode(model, Tensor::full({30}, 1)), "images are [30], expected [n, pixels]");
  set(model.parameters(), "encoder.2.bias", std::vector<Scalar>(8, std::nan("")));
  CHECK_FAILS(codec::bits_back_encode(model, images), "it must be finite");
}
