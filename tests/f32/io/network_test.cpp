#include <hourglass/io/network.h>

#include <algorithm>

#include <hourglass/autograd/ops.h>
#include <hourglass/models/convolutional.h>
#include <hourglass/models/made.h>
#include <hourglass/models/variational.h>
#include <hourglass/nn/function.h>
#include <hourglass/nn/linear.h>
#include "tests/check.h"

using namespace hourglass;

namespace {

bool same(const nn::NetworkSpec& a, const nn::NetworkSpec& b) {
  return std::ranges::equal(a, b, [](const nn::LayerSpec& p, const nn::LayerSpec& q) {
    return p.kind == q.kind && p.prefix == q.prefix && p.activation == q.activation && p.numbers == q.numbers;
  });
}

std::string kinds(const nn::NetworkSpec& notes) {
  std::string all;
  for (const nn::LayerSpec& note : notes) all += note.kind + " ";
  return all;
}

}  // namespace

TEST_CASE("a network is written down layer by layer, under the names of its parameters") {
  Rng rng(1);
  const nn::Networks networks = models::Convolutional({.side = 12, .channels = {4, 8}, .code = 5}, rng).networks();
  const nn::NetworkSpec& decoder = networks.at("decoder");
  CHECK(kinds(networks.at("encoder")) == "reshape conv2d conv2d reshape linear ");
  CHECK(kinds(decoder) == "linear reshape conv_transpose2d conv_transpose2d reshape ");
  CHECK(decoder[0].prefix == "decoder.0.");
  CHECK(decoder[2].prefix == "decoder.3.");  // behind a linear layer with its activation, and a reshape
  CHECK(decoder[3].activation == Activation::sigmoid);
  CHECK(decoder[1].numbers == std::map<std::string, double>{{"axis1", 8}, {"axis2", 3}, {"axis3", 3}});
}

TEST_CASE("a network's text gives the network that was written") {
  Rng rng(1);
  const nn::Networks networks = models::Variational({.input = 20, .hidden = {8}, .code = 3}, rng).networks();
  const auto texts = io::describe(networks), several = io::describe(networks, "plain.");
  REQUIRE(texts.size() == 2);
  for (const auto& [name, notes] : networks) {
    CHECK(same(io::parse_network(texts.at("network." + name), "it"), notes));
    const nn::NetworkSpec prefixed = io::parse_network(several.at("network.plain." + name), "it");
    CHECK(prefixed.front().prefix == "plain." + notes.front().prefix);
    CHECK(prefixed.back().prefix == "");  // a step without parameters
  }
  CHECK(networks.at("encoder").back().numbers.at("count") == 3);  // the mean of mean and log variance
}

TEST_CASE("a text that is no network is refused, with the reason") {
  const auto parse = [](const std::string& text) { io::parse_network(text, "the note"); };
  const std::string good = R"([{"kind":"linear","prefix":"a.","activation":"relu","numbers":{}}])";
  CHECK_NOTHROW(parse(good));
  const auto with = [&](const std::string& from, const std::string& to) {
    return std::string(good).replace(good.find(from), from.size(), to);
  };
  CHECK_FAILS(parse("[]"), "the note: expected a list of layers");
  CHECK_FAILS(parse(with("{}", "[]")), "the note: expected kind, prefix, activation and numbers");
  CHECK_FAILS(parse(with("relu", "softmax")), "the note: unknown activation 'softmax'");
  CHECK_FAILS(parse(with("\"a.\"", "1")), "the note: prefix is not a text");
  CHECK_FAILS(parse(with("{}", R"({"stride":"2"})")), "the note: stride is not a number");
}

TEST_CASE("a function in C++ has no description, dropout needs none") {
  Rng rng(1);
  nn::Sequential net;
  net.add(nn::Linear(4, 3, Activation::relu, rng))
      .add(nn::Dropout(0.5f, rng))
      .add(nn::Linear(3, 2, Activation::none, rng));
  const nn::NetworkSpec notes = net.spec("net.");
  CHECK(kinds(notes) == "linear linear ");
  CHECK(notes[1].prefix == "net.3.");  // as in PyTorch, dropout has a place
  net.add(nn::Function([](const Variable& x) { return sigmoid(x); }));
  CHECK_FAILS(net.spec("net."), "layer net.4. is a function in C++, which has no description");
}

TEST_CASE("a masked layer is written down as a linear one, unless it holds what its mask forbids") {
  Rng rng(1);
  models::Made model({.input = 6, .hidden = {5}}, rng);
  CHECK(kinds(model.networks().at("decoder")) == "linear activation ");
  Tensor weight = model.parameters()[2].variable.value();  // of the decoder: pixel 0 sees nothing
  weight.write_()[3] = 2;
  CHECK_FAILS(model.networks(), "layer decoder.0. has the weight 2 where its mask allows none");
}

TEST_CASE("a reshape keeps the batch, and refuses sizes that are none") {
  nn::Reshape square({1, 2, 3}), flat({6});
  const Tensor x = Rng(1).normal({4, 6});
  const Variable y = square.forward(x);
  CHECK(y.shape() == Shape{4, 1, 2, 3});
  CHECK(std::ranges::equal(flat.forward(y).value().values(), x.values()));
  CHECK_FAILS(nn::Reshape({}), "0 sizes behind the batch, expected 1 to 3");
  CHECK_FAILS(nn::Reshape({1, 2, 3, 4}), "4 sizes behind the batch");
  CHECK_FAILS(nn::Reshape({2, 0}), "at least 1");
}
