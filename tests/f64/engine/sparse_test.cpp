#include <hourglass/models/sparse.h>

#include <algorithm>
#include <cmath>

#include <hourglass/autograd/backward.h>
#include <hourglass/autograd/ops.h>
#include "lessons/common/exercise/judge.h"

using namespace hourglass;
using models::Sparse;

namespace {

Sparse of(Sparse::Penalty penalty, Number weight = 2, Number rate = 0.1) {
  Rng rng(1);
  return Sparse({.input = 3, .code = 4, .penalty = penalty, .weight = weight, .rate = rate}, rng);
}

const Tensor images({2, 3}, {0, 0.5, 1, 0.25, 0.75, 0.1});

std::string activation_of(const nn::Sequential& network) {
  if (network.layers().size() != 1) return text(network.layers().size(), " layers");
  const auto& linear = dynamic_cast<const nn::Linear&>(*network.layers()[0]);
  const char* const name = linear.activation == Activation::relu      ? "relu"
                           : linear.activation == Activation::sigmoid ? "sigmoid"
                           : linear.activation == Activation::none    ? "none"
                                                                      : "another one";
  return text(linear.weight.shape(), " ", name);
}

double divergence(double rho, double a) { return rho * std::log(rho / a) + (1 - rho) * std::log((1 - rho) / (1 - a)); }

}  // namespace

TEST_CASE("encoder and decoder have one layer each, and the code can be 0, or lies between 0 and 1") {
  const Sparse l1 = of(Sparse::Penalty::l1), kl = of(Sparse::Penalty::kl);
  const auto expect_layer = [](const char* what, const nn::Sequential& network, const std::string& wanted) {
    expect(activation_of(network) == wanted, text(what, " is ", wanted, ", not ", activation_of(network)));
  };
  expect_layer("the encoder with the L1 penalty", l1.encoder, "[4, 3] relu");
  expect_layer("the encoder with the KL penalty", kl.encoder, "[4, 3] sigmoid");
  expect_layer("the decoder", l1.decoder, "[3, 4] sigmoid");
  expect_layer("the decoder with the KL penalty", kl.decoder, "[3, 4] sigmoid");
}

TEST_CASE("the L1 penalty: the sum of the absolute activations of an image, averaged over the images") {
  const Sparse model = of(Sparse::Penalty::l1);
  const Variable h = Tensor({2, 4}, {0.5, 0, 2, 0, 1, 0.25, 0, -0.25});
  expect_close("Ω of the codes {0.5, 0, 2, 0} and {1, 0.25, 0, -0.25}", model.penalty(h).item(), 2);
  const Variable active = Variable::parameter(Tensor({2, 2}, {0.5, 2, 1, -0.25}));
  expect_close("the gradient of Ω for {0.5, 2} and {1, -0.25}", grad(model.penalty(active), active).value(),
               Tensor({2, 2}, {0.5, 0.5, 0.5, -0.5}));
  expect_close("Ω of one code of ones", model.penalty(Tensor::ones({1, 4})).item(), 4);
}

TEST_CASE("the KL penalty: how far the mean activation of each unit is from the target") {
  const Sparse model = of(Sparse::Penalty::kl);
  const Variable h = Variable::parameter(Tensor({2, 3}, {0.1, 0.9, 0.4, 0.1, 0.1, 0.2}));
  const Variable penalty = model.penalty(h);
  expect_close("Ω of the mean activations 0.1, 0.5 and 0.3, ρ = 0.1", penalty.item(),
               divergence(0.1, 0.5) + divergence(0.1, 0.3));
  expect_close("its gradient: (ρ̂ - ρ) / (ρ̂ (1 - ρ̂)) / 2 for each image", grad(penalty, h).value(),
               Tensor({2, 3}, {0, 0.8, 0.2 / 0.42, 0, 0.8, 0.2 / 0.42}));
  expect_close("Ω where half of the images activate a unit fully, ρ = 1/2",
               of(Sparse::Penalty::kl, 2, 0.5).penalty(Tensor({2, 1}, {1, 0})).item(), 0);
  expect_close("Ω of a mean activation of 0.001", model.penalty(Tensor::full({5, 1}, 0.001)).item(),
               divergence(0.1, 0.001));
  expect(std::isfinite(model.penalty(Tensor::zeros({3, 2})).item()), "Ω of units that are never active is finite");
  expect(std::isfinite(model.penalty(Tensor::ones({3, 2})).item()), "Ω of units that are always 1 is finite");
}

TEST_CASE("the loss is the squared error of the reconstruction and λ Ω of the code") {
  for (const auto kind : {Sparse::Penalty::l1, Sparse::Penalty::kl}) {
    const char* const name = kind == Sparse::Penalty::l1 ? "l1" : "kl";
    Sparse model = of(kind, 3);
    const Loss loss = model.loss(images);
    const Variable h = model.encode(images), r = model.decode(h);
    const Variable error = sum(square(r - images)) / 2, penalty = 3 * model.penalty(h);
    expect_close(text(name, ": the squared error per image"), loss.reconstruction.item(), error.item());
    expect_close(text(name, ": λ Ω(h), λ = 3"), loss.penalty.item(), penalty.item());
    expect_close(text(name, ": their sum"), loss.value.item(), error.item() + penalty.item());
    expect(loss.unit == Unit::squared_error_per_image, text(name, ": the unit is squared error per image"));
    for (const nn::Parameter& p : model.parameters())
      expect_close(text(name, ": the gradient of ", p.name), grad(loss.value, p.variable, Graph::keep).value(),
                   grad(error + penalty, p.variable, Graph::keep).value());
  }
}

TEST_CASE("training with a larger weight gives a sparser code") {
  const auto active = [](Number weight) {
    Sparse model = of(Sparse::Penalty::l1, weight);
    for (int step = 1; step <= 200; ++step) {
      for (const nn::Parameter& p : model.parameters()) p.variable.zero_grad();
      backward(model.loss(images).value);
      for (const nn::Parameter& p : model.parameters()) Tensor(p.variable.value()).add_(-0.1 * p.variable.grad());
    }
    return sum(model.encode(images)).item();
  };
  const double without = active(0), with = active(1);
  expect(with < 0.1 * without,
         text("after 200 steps Σ |h| is far smaller with λ = 1 than with λ = 0: ", with, " and ", without));
}
