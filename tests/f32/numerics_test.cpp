#include <cmath>
#include <functional>
#include <limits>

#include <hourglass/autograd/backward.h>
#include <hourglass/autograd/ops.h>
#include <hourglass/models/adversarial.h>
#include <hourglass/models/made.h>
#include <hourglass/models/sparse.h>
#include <hourglass/nn/batch_norm.h>
#include <hourglass/nn/corruption.h>
#include <hourglass/nn/layer_norm.h>
#include <hourglass/nn/schedule.h>
#include <hourglass/tensor/elementwise.h>
#include <hourglass/tensor/loss_sums.h>
#include <hourglass/tensor/reduce.h>
#include "tests/check.h"

// One case for each kind of fault where numbers end. The table of all ops is in edges_test.cpp.

using namespace hourglass;

namespace {

constexpr Scalar infinity = std::numeric_limits<Scalar>::infinity(),
                 no_number = std::numeric_limits<Scalar>::quiet_NaN();

Tensor of(std::initializer_list<Scalar> numbers) {
  return Tensor({static_cast<Index>(numbers.size())}, std::span<const Scalar>(numbers.begin(), numbers.size()));
}

// The gradient of y = f(x) where `arrives` comes from above.
Tensor gradient(const std::function<Variable(const Variable&)>& f, const Tensor& x, const Tensor& arrives) {
  const Variable v = Variable::parameter(x);
  return grad(f(v), v, Graph::free, arrives).value();
}

void check_same(const char* what, const Tensor& found, std::initializer_list<Scalar> expected) {
  REQUIRE(found.numel() == static_cast<Index>(expected.size()));
  Index i = 0;
  for (const Scalar e : expected) {
    const Scalar f = found.data()[i++];
    CHECK_MESSAGE((f == e || (std::isnan(f) && std::isnan(e))),
                  what << ", number " << i - 1 << ": " << f << ", expected " << e);
  }
}

}  // namespace

TEST_CASE("NaN does not vanish") {
  const Tensor x = of({no_number});
  for (const Tensor& y : {relu(x),
                          leaky_relu(x, Scalar(0.1)),
                          elu(x, 1),
                          gelu(x),
                          silu(x),
                          sigmoid(x),
                          tanh(x),
                          softplus(x),
                          exp(x),
                          expm1(x),
                          log(x),
                          sqrt(x),
                          abs(x),
                          sign(x),
                          round(x),
                          clamp(x, 0, 1),
                          pow(x, 2),
                          pow(x, Scalar(0.5)),
                          maximum(x, of({1})),
                          maximum(of({1}), x),
                          minimum(x, of({1})),
                          minimum(of({1}), x),
                          x<1, x> 1,
                          x <= 1,
                          x >= 1,
                          eq(x, of({1})),
                          where(x, of({1}), of({2})),
                          log1p(x),
                          sin(x),
                          cos(x)})
    CHECK(std::isnan(y.item()));
  check_same("top_k", top_k(of({1, no_number, 3, 2}), 2), {0, no_number, 3, 0});
  check_same("relu's gradient",
             gradient([](const Variable& v) { return relu(v); }, of({no_number, -1, 0, 1}), of({2, 2, 2, 2})),
             {2, 0, 0, 2});
  Rng rng(1);
  check_same("binarize", nn::binarize(of({no_number, 0, 1}), rng), {no_number, 0, 1});
}

TEST_CASE("top_k takes NaN for the largest, however many there are") {
  Rng rng(2);
  for (int trial = 0; trial < 50; ++trial) {
    Tensor x = rng.normal({1, 64});
    for (Index i = 0; i < 64; i += 1 + static_cast<Index>(rng.below(5))) x.write_()[i] = no_number;
    Index nans = 0, kept = 0;
    for (Scalar v : x.values()) nans += std::isnan(v);
    const Tensor mask = top_k_mask(x, 40);
    for (Index i = 0; i < 64; ++i) kept += mask.data()[i] == 1 && std::isnan(x.data()[i]);
    CHECK(kept == std::min<Index>(nans, 40));
    CHECK(sum(mask).item() == 40);
  }
}

TEST_CASE("e^x - 1 and what is like it keep their digits near 0") {
  CHECK(elu(of({Scalar(-1e-8)}), 1).item() == Scalar(-1e-8));
  CHECK(expm1(of({Scalar(1e-8)})).item() == doctest::Approx(1e-8).epsilon(1e-6));
  // a slope of elu far below 0, where the output is -1 to the last place
  CHECK(gradient([](const Variable& v) { return elu(v); }, of({-20}), of({1})).item() ==
        doctest::Approx(std::exp(-20.0)).epsilon(1e-6));
  for (const Scalar s : {Scalar(1e-4), Scalar(-1e-4), Scalar(0.01), Scalar(-0.49), Scalar(0.51)}) {
    const double exact = std::expm1(double(s)) - double(s), kl = double(gaussian_kl(of({0}), of({s})).item());
    CHECK(kl == doctest::Approx(exact / 2).epsilon(2e-6));
    const Tensor slope =
        gradient([](const Variable& v) { return gaussian_kl(Tensor::zeros({1}), v); }, of({s}), Tensor::scalar(1));
    CHECK(double(slope.item()) == doctest::Approx(std::expm1(double(s)) / 2).epsilon(1e-6));
  }
}

TEST_CASE("a divergence is never negative, and 0 where the two are the same") {
  Rng rng(3);
  CHECK(gaussian_kl(Tensor::zeros({1}), Tensor::zeros({1})).item() == 0);
  for (int trial = 0; trial < 200; ++trial) {
    const Scalar scale = std::pow(Scalar(10), static_cast<Scalar>(-(trial % 10)));
    CHECK(gaussian_kl(Tensor::zeros({1}), rng.normal({1}, 0, scale)).item() >= 0);
    const Scalar rho = rng.uniform({1}, Scalar(0.01), Scalar(0.99)).item(),
                 off = scale * rng.uniform({1}, -1, 1).item() / 100;
    CHECK(bernoulli_kl(rho, of({rho})).item() == 0);
    CHECK(bernoulli_kl(rho, of({rho + off})).item() >= 0);
  }
  models::Sparse sparse({.input = 6, .code = 4, .penalty = models::Sparse::Penalty::kl, .rate = Scalar(0.3)}, rng);
  CHECK(sparse.penalty(Tensor::full({5, 4}, Scalar(0.3))).item() >= 0);
  const double a = double(Scalar(0.3001)), rho = double(Scalar(0.3));
  const double exact = -rho * std::log1p((a - rho) / rho) - (1 - rho) * std::log1p((rho - a) / (1 - rho));
  CHECK(double(sparse.penalty(Tensor::full({1, 4}, Scalar(0.3001))).item()) ==
        doctest::Approx(4 * exact).epsilon(1e-4));
}

TEST_CASE("a mask selects: what is masked does not matter, and neither does a gradient of infinity") {
  check_same("top_k", top_k(of({-infinity, 1, 2}), 1), {0, 0, 2});
  const Tensor infinite = of({infinity, infinity, infinity});
  const Tensor x = of({-2, 0, 2});
  const auto slope = [&](auto f) { return gradient(f, x, infinite); };
  check_same("relu", slope([](const Variable& v) { return relu(v); }), {0, 0, infinity});
  check_same("abs", slope([](const Variable& v) { return abs(v); }), {-infinity, 0, infinity});
  check_same("clamp", slope([](const Variable& v) { return clamp(v, -1, 1); }), {0, infinity, 0});
  check_same("maximum", slope([](const Variable& v) { return maximum(v, Tensor::zeros({3})); }),
             {0, infinity, infinity});
  check_same("minimum", slope([](const Variable& v) { return minimum(v, Tensor::zeros({3})); }),
             {infinity, infinity, 0});
  check_same("top_k", slope([](const Variable& v) { return top_k(v, 1); }), {0, 0, infinity});
  check_same("amax", gradient([](const Variable& v) { return amax(v, 0); }, x, Tensor::scalar(infinity)),
             {0, 0, infinity});
  Rng rng(4);
  for (const Scalar special : {infinity, -infinity, no_number, Scalar(3)}) {
    const Variable v = Variable::parameter(Tensor::full({200}, special));
    const Variable y = dropout(v, Scalar(0.25), rng);
    const Tensor g = grad(y, v, Graph::free, Tensor::full({200}, infinity)).value();
    const Tensor masked = nn::Corruption{nn::Corruption::Kind::masking, Scalar(0.5)}(v.value(), rng),
                 grains = nn::Corruption{nn::Corruption::Kind::salt_and_pepper, Scalar(0.5)}(v.value(), rng);
    Index kept = 0, left = 0, grey = 0;
    const auto same = [](Scalar a, Scalar b) { return a == b || (std::isnan(a) && std::isnan(b)); };
    for (Index i = 0; i < 200; ++i) {
      const bool zero = y.value().data()[i] == 0;
      CHECK((zero || same(y.value().data()[i], special / Scalar(0.75))));
      CHECK(g.data()[i] == (zero ? 0 : infinity));
      kept += !zero;
      CHECK((masked.data()[i] == 0 || same(masked.data()[i], special)));
      left += same(masked.data()[i], special);
      CHECK((grains.data()[i] == 0 || grains.data()[i] == 1 || same(grains.data()[i], special)));
      grey += same(grains.data()[i], special);
    }
    for (const Index count : {kept - 150, left - 100, grey - 100}) CHECK(std::abs(count) < 30);
  }
}

TEST_CASE("cross-entropy at infinite logits is 0 where they are right, infinite where they are wrong") {
  const auto loss = [](Scalar z, Scalar t) { return binary_cross_entropy_with_logits(of({z}), of({t})).item(); };
  CHECK(loss(infinity, 1) == 0);
  CHECK(loss(-infinity, 0) == 0);
  CHECK(loss(infinity, 0) == infinity);
  CHECK(loss(-infinity, 1) == infinity);
  CHECK(loss(infinity, Scalar(0.5)) == infinity);
  CHECK(std::isnan(loss(no_number, 1)));
  CHECK(std::isnan(loss(infinity, no_number)));
  CHECK(loss(std::numeric_limits<Scalar>::max(), 1) == 0);
}

TEST_CASE("division divides") {
  int wrong = 0;
  for (Index n = 1; n <= 1000; ++n) {
    const Variable ones = Variable::parameter(Tensor::full({n}, 1));
    wrong += mean(ones).item() != 1 || mean(ones, 0).item() != 1;
    wrong += grad(mean(ones), ones).value().data()[n - 1] != 1 / static_cast<Scalar>(n);
    const Scalar c = static_cast<Scalar>(n);
    wrong += (Variable(Tensor::scalar(7)) / c).item() != 7 / c;
  }
  for (Index n = 1; n <= 1000; n += 7) {
    const Variable same = Tensor::full({2, n}, Scalar(0.1));
    wrong += mean(same).item() != Scalar(0.1) || mean(same, 1).value().data()[1] != Scalar(0.1);
    wrong += mean(reshape(same, {n, 2}), 0).value().data()[1] != Scalar(0.1);
  }
  CHECK(wrong == 0);
  Rng rng(5);
  const Tensor images = rng.normal({2, 3, 6, 6});
  for (const Index k : {2, 3, 5, 7}) {
    const Variable x = Variable::parameter(images), large = upsample(x, k);
    CHECK(large.value().at({1, 2, 5 * k + k - 1, 5 * k}) == images.at({1, 2, 5, 5}));
    CHECK(grad(sum(large), x).value().at({1, 2, 5, 5}) == static_cast<Scalar>(k * k));
    CHECK(avg_pool2d(Tensor::full({1, 1, k, k}, Scalar(0.1)), k).item() == doctest::Approx(0.1).epsilon(1e-6));
    CHECK(avg_pool2d(Tensor::full({1, 1, k, k}, 1), k).item() == 1);
  }
  nn::BatchNorm norm(1);
  norm.forward(Tensor({3, 1}, {1, 2, 6}));
  CHECK(norm.running_var.item() == Scalar(0.9) + Scalar(0.1) * 7);  // the variance of 1, 2, 6, by n - 1
}

TEST_CASE("zero keeps its sign where a number multiplies it") {
  CHECK(std::signbit((Variable(of({Scalar(-0.0)})) * Scalar(2)).item()));
  CHECK(std::signbit((-Variable(of({0}))).item()));
}

TEST_CASE("a range excludes its end, however wide or narrow it is") {
  Rng rng(1);
  long at_end = 0;
  for (int k = 0; k < 40; ++k) {
    const Tensor x = rng.uniform({1000000}, 100, 101);
    for (Scalar v : x.values()) at_end += v >= 101 || v < 100;
  }
  CHECK(at_end == 0);
  const Scalar most = std::numeric_limits<Scalar>::max(), next = std::nextafter(Scalar(1), Scalar(2));
  double mean = 0;
  const Tensor wide = rng.uniform({10000}, -most, most), narrow = rng.uniform({1000}, 1, next);
  for (Scalar v : wide.values()) {
    CHECK_UNARY(std::isfinite(v) && v < most);
    mean += double(v) / double(most) / 10000;
  }
  CHECK(std::abs(mean) < 0.03);
  for (Scalar v : narrow.values()) CHECK(v == 1);
  const Tensor point = rng.uniform({10}, 3, 3);
  for (Scalar v : point.values()) CHECK(v == 3);
  CHECK_FAILS(rng.uniform({1}, no_number, 1), "uniform: the bounds are nan and 1, expected finite ones");
  CHECK_FAILS(rng.uniform({1}, 0, infinity), "uniform: the bounds are 0 and inf, expected finite ones");
}

TEST_CASE("gradients of any finite size are clipped, and keep their direction") {
  for (const Scalar scale :
       {Scalar(1e-37), Scalar(1e-30), Scalar(1e-12), Scalar(1), Scalar(1e12), Scalar(1e20), Scalar(8e37)}) {
    const Variable p = Variable::parameter(Tensor::zeros({2})), q = Variable::parameter(Tensor::zeros({1}));
    p.set_grad(of({3 * scale, -4 * scale}));
    q.set_grad(of({0}));
    const nn::Parameters both{{"p", p}, {"q", q}};
    const Scalar most = std::min(scale, Scalar(1));
    const Scalar norm = nn::clip_grad_norm_(both, most);
    CHECK_MESSAGE((norm == 5 * scale || std::abs(norm / scale - 5) < 1e-6f), norm << " for a scale of " << scale);
    CHECK(p.grad().data()[0] / most == doctest::Approx(0.6));
    CHECK(p.grad().data()[1] / most == doctest::Approx(-0.8));
    CHECK(q.grad().item() == 0);
  }
  const Variable p = Variable::parameter(Tensor::zeros({4}));
  p.set_grad(Tensor::full({4}, Scalar(1e20)));
  CHECK(nn::clip_grad_norm_({{"p", p}}, 1) == Scalar(2e20));
  CHECK(p.grad().data()[0] == Scalar(0.5));
  p.set_grad(of({1, infinity, 0, 0}));
  CHECK_FAILS(nn::clip_grad_norm_({{"p", p}}, 1), "the gradient of p is not finite");
  CHECK_FAILS(nn::clip_grad_norm_({{"p", p}}, no_number), "expected a positive number");
}

TEST_CASE("schedules at the ends of their parts") {
  for (const int times : {1, 2, 6, 48}) {
    const nn::Schedule step = nn::step_lr(1 / static_cast<Scalar>(times), Scalar(0.5));
    for (int i = 0; i <= times; ++i)
      CHECK(step(static_cast<Scalar>(i) / static_cast<Scalar>(times)) == std::pow(Scalar(0.5), static_cast<Scalar>(i)));
  }
  CHECK(nn::cosine_lr(0, Scalar(0.25))(1) == Scalar(0.25));
  CHECK(nn::cosine_lr(0, Scalar(0.25))(0) == 1);
  CHECK_FAILS(nn::cosine_lr()(no_number), "schedule: t is nan");
  CHECK_FAILS(nn::cosine_lr(no_number), "it rises until nan");
  CHECK_FAILS(nn::step_lr(1, no_number), "gamma nan");
}

TEST_CASE("NaN is no argument") {
  Rng rng(6);
  const Tensor x = of({1, 2});
  CHECK_FAILS(leaky_relu(x, no_number), "the negative slope is nan");
  CHECK_FAILS(elu(x, no_number), "alpha is nan");
  CHECK_FAILS(clamp(x, no_number, 1), "clamp: the bounds are nan and 1, expected low <= high");
  CHECK_FAILS(dropout(x, no_number, rng), "p is nan");
  CHECK_FAILS(layer_norm(x, Variable(), Variable(), no_number), "layer_norm: epsilon is nan");
  CHECK_FAILS(bernoulli_kl(no_number, x), "ρ is nan");
  CHECK_FAILS(rng.normal({1}, no_number, 1), "mean nan");
  CHECK_FAILS(rng.normal({1}, 0, no_number), "deviation is nan");
  CHECK_FAILS(rng.bernoulli({1}, no_number), "p is nan");
  CHECK_FAILS(nn::BatchNorm(2, no_number), "BatchNorm: epsilon nan");
  CHECK_FAILS(nn::BatchNorm(2, Scalar(1e-5), no_number), "momentum nan");
  CHECK_FAILS(nn::LayerNorm(2, no_number), "LayerNorm: epsilon is nan");
  CHECK_FAILS((nn::Corruption{nn::Corruption::Kind::masking, no_number}(x, rng)), "an amount of nan");
  CHECK_FAILS(models::Gan({.dropout = no_number}, rng), "dropout is nan");
  CHECK_FAILS(models::Gan({.real_target = no_number}, rng), "the target of real images is nan");
}

TEST_CASE("sum_to takes only shapes that broadcast to what is summed") {
  const Tensor x = Tensor::full({2, 3}, 1);
  CHECK(sum_to(x, {}).item() == 6);
  CHECK(sum_to(x, {1}).item() == 6);
  CHECK(sum_to(x, {1, 1}).item() == 6);
  CHECK_FAILS(sum_to(x, {1, 1, 1}), "sum_to: [2, 3] is not what [1, 1, 1] broadcasts to");
  CHECK_FAILS(sum_to(x, {2, 2, 3}), "sum_to: [2, 3] is not what [2, 2, 3] broadcasts to");
  CHECK_FAILS(sum_to(x, {2}), "sum_to: [2, 3] is not what [2] broadcasts to");
}

TEST_CASE("a masked layer's missing weights do not matter, whatever a file has brought") {
  Rng rng(7);
  models::MaskedLinear layer(Tensor({1, 2}, {1, 0}), Activation::none, rng);
  Tensor weight = layer.parameters()[0].variable.value();
  weight.write_()[1] = infinity;
  CHECK(std::isfinite(layer.forward(Tensor({1, 2}, {1, 0})).item()));
}
