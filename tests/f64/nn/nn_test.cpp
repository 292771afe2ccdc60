#include <algorithm>
#include <cmath>
#include <memory>

#include <hourglass/autograd/backward.h>
#include <hourglass/autograd/ops.h>
#include <hourglass/nn/adam.h>
#include <hourglass/nn/average.h>
#include <hourglass/nn/batch_norm.h>
#include <hourglass/nn/conv2d.h>
#include <hourglass/nn/function.h>
#include <hourglass/nn/linear.h>
#include <hourglass/nn/loss.h>
#include <hourglass/nn/rmsprop.h>
#include <hourglass/nn/schedule.h>
#include <hourglass/nn/sgd.h>
#include <hourglass/tensor/layout.h>
#include "tests/check.h"

using namespace hourglass;

namespace {

double variance(const Tensor& x) {
  double mean = 0, square = 0;
  for (Scalar v : x.values()) mean += v / static_cast<double>(x.numel());
  for (Scalar v : x.values()) square += (v - mean) * (v - mean) / static_cast<double>(x.numel());
  return square;
}

double largest(const Tensor& x) {
  double found = 0;
  for (Scalar v : x.values()) found = std::max(found, std::abs(v));
  return found;
}

}  // namespace

TEST_CASE("initialisers spread weights as in their papers") {
  Rng rng(1);
  const auto made = [&](nn::Init init) { return nn::initial(init, {300, 200}, 200, 300, rng); };
  CHECK(largest(made(nn::Init::zeros)) == 0);
  CHECK(largest(made(nn::Init::uniform_fan_in)) == doctest::Approx(1 / std::sqrt(200)).epsilon(0.01));
  CHECK(largest(made(nn::Init::xavier_uniform)) == doctest::Approx(std::sqrt(6.0 / 500)).epsilon(0.01));
  CHECK(largest(made(nn::Init::kaiming_uniform)) == doctest::Approx(std::sqrt(6.0 / 200)).epsilon(0.01));
  CHECK(variance(made(nn::Init::xavier_normal)) == doctest::Approx(2.0 / 500).epsilon(0.02));
  CHECK(variance(made(nn::Init::kaiming_normal)) == doctest::Approx(2.0 / 200).epsilon(0.02));
  const Tensor sparse = made(nn::Init::sparse);
  for (Index row = 0; row < 300; ++row)
    CHECK(std::count_if(sparse.data() + row * 200, sparse.data() + (row + 1) * 200, [](Scalar v) { return v != 0; }) ==
          15);
  CHECK_FAILS(nn::initial(nn::Init::kaiming_normal, {2}, 0, 1, rng), "fans 0 and 1");
}

TEST_CASE("schedules rise and fall by their formulas") {
  const nn::Schedule step = nn::step_lr(30.0 / 90, 0.1);  // of 90 epochs
  CHECK(step(29.0 / 90) == 1);
  CHECK(step(30.0 / 90) == doctest::Approx(0.1));
  CHECK(step(89.0 / 90) == doctest::Approx(0.01));
  const nn::Schedule cosine = nn::cosine_lr(0.2, 0.1);
  CHECK(cosine(0) == 0);
  CHECK(cosine(0.1) == doctest::Approx(0.5));
  CHECK(cosine(0.2) == 1);
  CHECK(cosine(0.6) == doctest::Approx(0.55));  // half way down from 1 to 0.1
  CHECK(cosine(1) == doctest::Approx(0.1));
  const nn::Schedule cycle = nn::one_cycle_lr();
  CHECK(cycle(0) == doctest::Approx(0.04));
  CHECK(cycle(0.15) == doctest::Approx(0.52));
  CHECK(cycle(0.3) == doctest::Approx(1));
  CHECK(cycle(1) == doctest::Approx(4e-6));
  CHECK_FAILS(cycle(1.1), "schedule: t is 1.1");
}

TEST_CASE("clipping scales all gradients together") {
  const nn::Parameters p{{"a", Variable::parameter(Tensor({2}, {0, 0}))},
                         {"b", Variable::parameter(Tensor::scalar(0))},
                         {"fixed", Tensor::scalar(1)}};
  p[0].variable.set_grad(Tensor({2}, {3, 4}));
  p[1].variable.set_grad(Tensor::scalar(12));
  CHECK(nn::clip_grad_norm_(p, 20) == doctest::Approx(13));
  CHECK(p[1].variable.grad().item() == 12);
  CHECK(nn::clip_grad_norm_(p, 6.5) == doctest::Approx(13));
  CHECK(p[0].variable.grad().at({1}) == doctest::Approx(2));
  CHECK(p[1].variable.grad().item() == doctest::Approx(6));
  p[1].variable.set_grad(Tensor::scalar(NAN));
  CHECK_FAILS(nn::clip_grad_norm_(p, 1), "the gradient of b is not finite");
  CHECK_FAILS(nn::clip_grad_norm_(p, 0), "expected a positive number");
  CHECK_FAILS(nn::clip_grad_norm_({p[0], p[1], p[0]}, 1),
              "clip_grad_norm_: one parameter is listed twice, as a and as a");
  for (const Scalar size : {1e-300, 1e-200, 1e200, 1e300}) {  // whose squares are no numbers
    p[0].variable.set_grad(Tensor({2}, {3 * size, -4 * size}));
    p[1].variable.set_grad(Tensor::scalar(12 * size));
    const Scalar most = std::min(size, 1.0);
    CHECK(nn::clip_grad_norm_(p, most) / size == doctest::Approx(13));
    CHECK(p[0].variable.grad().at({1}) / most == doctest::Approx(-4.0 / 13));
    CHECK(p[1].variable.grad().item() / most == doctest::Approx(12.0 / 13));
  }
}

TEST_CASE("losses are per image and state their unit") {
  const Tensor r({2, 3}, {1, 2, 3, 4, 5, 6}), x = Tensor::zeros({2, 3});
  const Loss squared = nn::squared_error(r, x),
             cross = nn::binary_cross_entropy_with_logits(Tensor::zeros({2, 3}), Tensor::full({2, 3}, 0.3));
  CHECK(squared.value.item() == doctest::Approx(91.0 / 2));
  CHECK(std::string(to_text(squared.unit)) == "squared error per image");
  CHECK(cross.value.item() == doctest::Approx(3 * std::log(2)));  // whatever the target is
  CHECK(std::string(to_text(cross.unit)) == "nats per image");
  CHECK_FAILS(nn::squared_error(Tensor::zeros({3}), Tensor::zeros({3})), "[3] is not a batch of images");
}

TEST_CASE("momentum may change from step to step") {
  const nn::Parameters one{{"a", Variable::parameter(Tensor::scalar(0))}};
  nn::SGD sgd(one, {.learning_rate = 0.1, .momentum = 0.9});
  one[0].variable.set_grad(Tensor::scalar(1));
  sgd.step();
  sgd.set_momentum(0.5);
  sgd.step();  // u is 1, then 0.5 · 1 + 1
  CHECK(one[0].variable.value().item() == doctest::Approx(-0.1 * (1 + 1.5)));
  CHECK_FAILS(sgd.set_momentum(0), "SGD: momentum 0 after 0.5, both must be above 0");
  nn::SGD plain(one);
  CHECK_FAILS(plain.set_momentum(0.5), "SGD: momentum 0.5 after 0");
}

TEST_CASE("what cannot be trained is refused") {
  Rng rng(1);
  const nn::Parameters none{{"mean", Tensor::scalar(1)}}, one{{"a", Variable::parameter(Tensor::scalar(1))}};
  CHECK_FAILS(nn::Adam(none), "none of the 1 parameters given is trained");
  CHECK_FAILS(nn::Adam(one, {.learning_rate = -1}), "the learning rate is -1");
  CHECK_FAILS(nn::Adam(one, {.beta1 = 1}), "Adam: betas 1 and");
  CHECK_FAILS(nn::Adam(one, {.epsilon = 0}), "Adam: epsilon is 0");
  CHECK_FAILS(nn::SGD(one, {.momentum = -1}), "SGD: momentum -1");
  CHECK_FAILS(nn::SGD(one, {.nesterov = true}), "Nesterov needs momentum");
  CHECK_FAILS(nn::RMSprop(one, {.alpha = 1}), "RMSprop: alpha 1");
  CHECK_FAILS(nn::Linear(0, 3, Activation::none, rng), "Linear: sizes 0 to 3");
  CHECK_FAILS(nn::Conv2d({0, 1, 3}, Activation::none, rng), "Conv2d: 0 to 1 channels");
  CHECK_FAILS(nn::ConvTranspose2d({1, 1, 0}, Activation::none, rng),
              "ConvTranspose2d: 1 to 1 channels by a kernel of 0");
  CHECK_FAILS(nn::Dropout(1, rng), "Dropout: p is 1");
  CHECK_FAILS(nn::mlp({3}, Activation::relu, Activation::none, rng), "mlp: 1 sizes given");
  CHECK_FAILS(nn::BatchNorm(2).forward(Tensor::zeros({1, 2})), "no variance to train with");
}

TEST_CASE("dropout of nothing draws nothing") {
  Rng rng(1), untouched(1);
  CHECK(std::ranges::equal(dropout(Tensor::full({3}, 2), 0, rng).values(), Tensor::full({3}, 2).values()));
  CHECK(rng.uniform({1}).item() == untouched.uniform({1}).item());
}

TEST_CASE("dropout leaves the mean as it is in training, and everything in use") {
  Rng rng(1);
  nn::Dropout dropout(0.25, rng);
  const Tensor x = Tensor::full({100, 100}, 1);
  const Tensor y = dropout.forward(x).value();
  double sum = 0;
  for (Scalar v : y.values()) {
    CHECK((v == 0 || v == doctest::Approx(4.0 / 3)));
    sum += v;
  }
  CHECK(sum / 10000 == doctest::Approx(1).epsilon(0.02));
  const auto state = rng.state();
  const Tensor next = dropout.forward(x).value();
  rng.set_state(state);  // as a resumed run does
  CHECK(std::ranges::equal(dropout.forward(x).value().values(), next.values()));
  dropout.eval();
  CHECK(dropout.forward(x).value().shares_with(x));
}

TEST_CASE("a stack passes training on, and counts a fused activation as a position") {
  Rng rng(1);
  nn::Sequential stack;
  stack.add(nn::Conv2d({1, 2, 3}, Activation::relu, rng))
      .add(nn::BatchNorm(2))
      .add(nn::ConvTranspose2d({2, 1, 3}, Activation::sigmoid, rng));
  const nn::Parameters p = stack.parameters("s.");
  CHECK(p[0].name == "s.0.weight");
  CHECK(p[2].name == "s.2.weight");
  CHECK(p[7].name == "s.3.weight");
  const Tensor x = rng.normal({2, 1, 5, 5});
  stack.eval();
  stack.forward(x);
  CHECK(p[6].variable.value().item() == 0);  // no batch was tracked
  stack.train();
  CHECK(stack.forward(x).shape() == x.shape());
  CHECK(p[6].variable.value().item() == 1);
}

TEST_CASE("an optimiser moves a large parameter as it moves the same numbers in small ones") {
  const auto moved = [](Index pieces, const std::string& name) {
    constexpr Index n = 40000;  // more than a thread takes at once
    Rng rng(3);
    const Tensor start = rng.normal({n}), pull = rng.normal({n});
    nn::Parameters parts;
    for (Index i = 0; i < pieces; ++i)
      parts.push_back({std::to_string(i), Variable::parameter(narrow(start, 0, i * n / pieces, n / pieces))});
    std::unique_ptr<nn::Optimizer> optimizer;
    if (name == "sgd")
      optimizer = std::make_unique<nn::SGD>(parts, nn::SGDOptions{.learning_rate = 0.1, .momentum = 0.9});
    if (name == "rmsprop") optimizer = std::make_unique<nn::RMSprop>(parts, nn::RMSpropOptions{.momentum = 0.5});
    if (name == "adam") optimizer = std::make_unique<nn::Adam>(parts);
    for (int step = 0; step < 3; ++step) {
      optimizer->zero_grad();
      for (Index i = 0; i < pieces; ++i)
        backward(sum(square(parts[i].variable - Variable(narrow(pull, 0, i * n / pieces, n / pieces)))));
      optimizer->step();
    }
    std::vector<Scalar> all;
    for (const nn::Parameter& p : parts)
      all.insert(all.end(), p.variable.value().values().begin(), p.variable.value().values().end());
    return all;
  };
  for (const std::string name : {"sgd", "rmsprop", "adam"}) CHECK_MESSAGE(moved(1, name) == moved(100, name), name);
}

TEST_CASE("an average follows the parameters it was made from, and is exchanged with them") {
  const nn::Parameters p{{"w", Variable::parameter(Tensor::full({2}, 1))}};
  nn::Average average(p, 0.75);
  Tensor w = p[0].variable.value();
  for (const Scalar each : {5, -3}) {
    w.fill_(each);
    average.update();
  }
  // 1, then 0.75 · 1 + 0.25 · 5 = 2, then 0.75 · 2 - 0.25 · 3 = 0.75
  CHECK(average.state()[0].name == "average.w");
  CHECK(average.state()[0].variable.value().values()[1] == doctest::Approx(0.75).epsilon(1e-15));
  average.swap();
  CHECK(w.values()[0] == doctest::Approx(0.75).epsilon(1e-15));
  average.swap();
  CHECK(w.values()[0] == -3);
  CHECK_FAILS(nn::Average({p[0], p[0]}), "Average: one parameter is listed twice");
  CHECK_FAILS(nn::Average(p, 1), "Average: β is 1, expected at least 0 and less than 1");
}

TEST_CASE("a parameter that is listed twice is refused") {
  const Variable p = Variable::parameter(Tensor::zeros({2})), q = Variable::parameter(Tensor::zeros({2}));
  const nn::Parameters twice{{"encoder.weight", p}, {"bias", q}, {"decoder.weight", p}};
  const std::string listed = ": one parameter is listed twice, as encoder.weight and as decoder.weight";
  CHECK_FAILS(nn::SGD(twice), "optimizer" + listed);
  CHECK_FAILS(nn::Adam(twice), "optimizer" + listed);
  CHECK_FAILS(nn::RMSprop(twice), "optimizer" + listed);
}

TEST_CASE("an optimiser counts the steps of each parameter, and a resumed one goes on counting") {
  const Variable early = Variable::parameter(Tensor::zeros({1})), late = Variable::parameter(Tensor::zeros({1}));
  const nn::Parameters parameters{{"early", early}, {"late", late}};
  nn::Adam adam(parameters);
  early.set_grad(Tensor::full({1}, 3));
  for (int step = 0; step < 4; ++step) adam.step();
  CHECK(adam.steps() == 4);
  late.set_grad(Tensor::full({1}, 3));
  adam.step();
  CHECK(late.value().item() == doctest::Approx(-1e-3).epsilon(1e-6));  // Adam's first step is as long as its rate
  CHECK(adam.steps() == 5);
  nn::Adam resumed(parameters);
  const nn::Parameters from = adam.state(), to = resumed.state();
  REQUIRE(from.size() == 6);
  CHECK(from[1].name == "adam.step.late");
  for (std::size_t i = 0; i < from.size(); ++i) Tensor(to[i].variable.value()).copy_(from[i].variable.value());
  CHECK(resumed.steps() == 5);
}
