#include <hourglass/metrics/noise.h>

#include <hourglass/nn/linear.h>
#include <hourglass/tensor/error.h>
#include <hourglass/tensor/random.h>
#include "tests/check.h"

using namespace hourglass;
using doctest::Approx;

TEST_CASE("The part of the noise that is copied is the regression coefficient of the output on the noise") {
  Rng rng(1);
  const Tensor x = rng.uniform({50, 20}), noise = rng.normal({50, 20}), other = rng.normal({50, 20});
  const auto mixed = [](const Tensor& a, Scalar s, const Tensor& b, Scalar t, const Tensor& c) {
    Tensor y = a.clone();
    for (Index i = 0; i < y.numel(); ++i) y.write_()[i] += s * b.data()[i] + t * c.data()[i];
    return y;
  };
  const Tensor noisy = mixed(x, 1, noise, 0, other);
  CHECK(metrics::noise_copied(x, noisy, x, noisy) == Approx(1));                             // the identity
  CHECK(metrics::noise_copied(x, noisy, x, x) == 0);                                         // the ideal
  CHECK(metrics::noise_copied(x, noisy, x, mixed(x, 0.3, noise, 0, other)) == Approx(0.3));  // a part of it
  // what comes out beside it, and has nothing to do with it, does not count
  CHECK(metrics::noise_copied(x, noisy, x, mixed(x, 0.3, noise, 0.2, other)) == Approx(0.3).epsilon(0.05));
  CHECK_THROWS_AS(metrics::noise_copied(x, x, x, x), Error);
  CHECK_THROWS_AS(metrics::noise_copied(x, noisy, x, Tensor::zeros({20, 50})), Error);
}

TEST_CASE("Noise is measured layer by layer, relative to the variance over images there") {
  Rng rng(1);
  nn::Linear first(2, 1, Activation::none, rng), second(1, 2, Activation::none, rng);
  // h = 2 x₀, which does not see x₁;  r = (h, 3 h)
  Tensor w = first.weight.value(), v = second.weight.value();
  w.copy_(Tensor({1, 2}, {2, 0})), v.copy_(Tensor({2, 1}, {1, 3}));
  nn::Sequential encoder, decoder;
  encoder.add(std::move(first)), decoder.add(std::move(second));
  const Tensor x({2, 2}, {1, 0, -1, 0}), noisy({2, 2}, {1.5, 1, -1, 2});
  const auto left = metrics::noise_left(x, noisy, encoder, decoder);
  REQUIRE(left.size() == 3);
  CHECK(left[0] == Approx((0.25 + 1 + 4) / 2));  // at the input; the images differ by 1 + 1 from their mean
  CHECK(left[1] == Approx(0.25 / 2));            // the share of it in the code
  CHECK(left[2] == Approx(0.25 / 2));            // a decoder that only stretches changes nothing
  CHECK_THROWS_AS(metrics::noise_left(x, Tensor::zeros({2, 3}), encoder, decoder), Error);
  CHECK_THROWS_AS(metrics::noise_left(Tensor::zeros({2, 2}), noisy, encoder, decoder), Error);
}
