#include <hourglass/nn/module.h>

#include <type_traits>

#include <hourglass/autograd/gradcheck.h>
#include <hourglass/models/hashing.h>
#include <hourglass/models/importance_weighted.h>
#include <hourglass/models/top_k.h>
#include <hourglass/models/variational.h>
#include <hourglass/models/vector_quantized.h>
#include <hourglass/nn/batch_norm.h>
#include <hourglass/nn/function.h>
#include <hourglass/nn/linear.h>
#include "tests/check.h"

using namespace hourglass;

namespace {

// A module of modules, layers, a parameter and a buffer.
struct Inner : nn::Module {
  explicit Inner(Rng& rng) : first(2, 3, Activation::relu, rng), drop(0.5, rng) {}
  nn::Members members() override { return {{"first", first}, {"norm", norm}, {"drop", drop}}; }

  nn::Linear first;
  nn::BatchNorm norm{3};
  nn::Dropout drop;
};

struct Outer : nn::Module {
  explicit Outer(Rng& rng) : inner(rng), decoder(nn::mlp({3, 4, 2}, Activation::relu, Activation::none, rng)) {}
  nn::Members members() override { return {{"inner", inner}, {"decoder", decoder}, {"scale", scale}, {"mean", mean}}; }

  Inner inner;
  nn::Sequential decoder;
  Variable scale = Variable::parameter(Tensor::scalar(1));
  Tensor mean = Tensor::zeros({2});
};

// As in docs/engine.md.
struct Scale final : nn::Layer {
  explicit Scale(Index size)
      : a(Variable::parameter(Tensor::full({size}, 1))), b(Variable::parameter(Tensor::zeros({size}))) {}
  Variable forward(const Variable& x) override { return a * x + b; }
  nn::Members members() override { return {{"a", a}, {"b", b}}; }

  Variable a, b;
};

std::string names(const nn::Parameters& parameters) {
  std::string all;
  for (const nn::Parameter& p : parameters) all += p.name + " ";
  return all;
}

}  // namespace

TEST_CASE("the parameters of a module are those of its members, under their names") {
  Rng rng(1);
  const Outer outer(rng);
  CHECK(names(outer.parameters("model.")) ==
        "model.inner.first.weight model.inner.first.bias model.inner.norm.weight model.inner.norm.bias "
        "model.inner.norm.running_mean model.inner.norm.running_var model.inner.norm.num_batches_tracked "
        "model.decoder.0.weight model.decoder.0.bias model.decoder.2.weight model.decoder.2.bias model.scale "
        "model.mean ");
  CHECK(outer.parameters().back().variable.requires_grad() == false);  // a buffer
  CHECK(names(outer.decoder.parameters()) == "0.weight 0.bias 2.weight 2.bias ");
}

TEST_CASE("a parameter of the list shares its numbers with the module, and a buffer too") {
  Rng rng(1);
  const Outer outer(rng);
  for (const nn::Parameter& p : outer.parameters()) Tensor(p.variable.value()).fill_(7);
  CHECK(outer.inner.first.weight.value().at({0, 0}) == 7);
  CHECK(outer.mean.at({1}) == 7);
}

TEST_CASE("train and eval reach every member") {
  Rng rng(1);
  Outer outer(rng);
  const auto modes = [&] {
    return std::vector<bool>{outer.training(),
                             outer.inner.training(),
                             outer.inner.norm.training(),
                             outer.inner.drop.training(),
                             outer.decoder.training(),
                             outer.decoder.layers()[1]->training()};
  };
  CHECK(modes() == std::vector<bool>(6, true));
  outer.eval();
  CHECK(modes() == std::vector<bool>(6, false));
  const Variable x = rng.normal({4, 3});
  CHECK(outer.inner.drop(x).value().values().data() == x.value().values().data());  // the identity
  outer.train();
  CHECK(modes() == std::vector<bool>(6, true));
}

TEST_CASE("a module is moved with its weights and its mode, and never copied") {
  CHECK_FALSE(std::is_copy_constructible_v<Outer>);
  CHECK_FALSE(std::is_copy_constructible_v<nn::Linear>);
  CHECK_FALSE(std::is_copy_assignable_v<nn::Sequential>);
  CHECK_FALSE(std::is_copy_constructible_v<models::TopK>);
  Rng rng(1);
  Outer first(rng);
  first.eval();
  const Tensor weight = first.inner.first.weight.value();
  Outer second = std::move(first);
  CHECK(second.inner.first.weight.value().data() == weight.data());
  CHECK_FALSE(second.inner.drop.training());
  CHECK(names(second.parameters()).starts_with("inner.first.weight "));
  second.train();
  CHECK(second.inner.drop.training());
}

TEST_CASE("the networks of a module are those of its members that are layers") {
  Rng rng(1);
  const nn::Networks networks = Outer(rng).networks();
  REQUIRE(networks.size() == 1);
  const nn::NetworkSpec& decoder = networks.at("decoder");
  REQUIRE(decoder.size() == 2);
  CHECK(decoder[1].kind == "linear");
  CHECK(decoder[1].prefix == "decoder.2.");
}

TEST_CASE("a layer is called, and a Sequential is made of layers") {
  Rng rng(1);
  nn::Sequential network(nn::Linear(3, 4, Activation::tanh, rng), nn::Dropout(0.5, rng),
                         nn::Linear(4, 2, Activation::none, rng));
  network.eval();
  const Variable x = rng.normal({5, 3});
  const Variable y = network(x), step_by_step = (*network.layers()[2])((*network.layers()[0])(x));
  CHECK(y.shape() == Shape{5, 2});
  CHECK(std::equal(y.value().values().begin(), y.value().values().end(), step_by_step.value().values().begin()));
  CHECK(names(network.parameters()) == "0.weight 0.bias 3.weight 3.bias ");  // 1 is the tanh, 2 the dropout
}

TEST_CASE("a linear layer takes inputs of any rank, row by row") {
  Rng rng(1);
  nn::Linear layer(3, 2, Activation::tanh, rng);
  const Tensor rows = rng.normal({8, 3});
  const Tensor y = layer(rows).value();
  for (const Shape& shape : {Shape{2, 4, 3}, Shape{2, 2, 2, 3}}) {
    const Tensor z = layer(rows.reshape(shape)).value();
    CHECK(z.shape() == shape.with(shape.dim() - 1, 2));
    CHECK(std::equal(y.values().begin(), y.values().end(), z.values().begin()));
  }
  CHECK(layer(rows[5]).value().shape() == Shape{2});
  CHECK(layer(rows[5]).value().at({1}) == y.at({5, 1}));
  CHECK_FAILS(layer(Tensor::scalar(1)), "Linear: axis -1 of []");
  CHECK_FAILS(layer(rng.normal({2, 4, 5})), "linear: [8, 5]");
  const auto verdict =
      gradcheck("Linear", [&](std::span<const Variable> x) { return layer(x[0]); }, {rng.normal({2, 2, 3})});
  CHECK_MESSAGE(verdict, verdict.text);
}

TEST_CASE("a layer of one's own is trained and saved like the others, and is not exported") {
  Rng rng(1);
  nn::Sequential network(nn::Linear(3, 2, Activation::none, rng), Scale(2));
  CHECK(names(network.parameters("encoder.")) == "encoder.0.weight encoder.0.bias encoder.1.a encoder.1.b ");
  CHECK(network(rng.normal({4, 3})).shape() == Shape{4, 2});
  CHECK_FAILS(network.spec("encoder."), "describe: layer encoder.1. is a function in C++");
}

// What inherits from a class hides none of its functions: through a reference to the base all compute the same.
TEST_CASE("no model inherits from one whose functions it hides") {
  CHECK_FALSE(std::is_base_of_v<models::Autoencoder, models::Hashing>);
  CHECK_FALSE(std::is_base_of_v<models::Autoencoder, models::VectorQuantized>);
  CHECK_FALSE(std::is_base_of_v<models::Autoencoder, models::Variational>);
  CHECK_FALSE(std::is_base_of_v<models::Variational, models::ImportanceWeighted>);
  CHECK(models::AnyAutoencoder<models::Hashing>);
  CHECK(models::AnyAutoencoder<models::Variational>);
  CHECK(models::AnyAutoencoder<models::TopK>);
  CHECK_FALSE(models::AnyAutoencoder<nn::Sequential>);
}
