#include "lessons/common/diagram.h"

#include <hourglass/models/convolutional.h>
#include <hourglass/models/undercomplete.h>
#include <hourglass/nn/batch_norm.h>
#include "tests/check.h"

using namespace hourglass;

namespace {

bool contains(const std::string& text, const std::string& part) { return text.find(part) != std::string::npos; }

}  // namespace

TEST_CASE("a diagram names the values, the layers with their activations, and the shapes between them") {
  Rng rng(1);
  models::Undercomplete model({.input = 784, .hidden = 128, .code = 32}, rng);
  const std::string dot = diagram({{"", 784, {{"x", model.encoder, "h"}, {"h", model.decoder, "r"}}}});
  for (const char* part :
       {"label=\"x [784]\"", "label=\"linear\\nrelu\"", "n1 -> n2 [label=\" [128]\"]",
        "n5 -> n4 [label=\" [128]\", dir=back]", "label=\"h [32]\"", "label=\"linear\\nsigmoid\"", "label=\"r [784]\""})
    CHECK_MESSAGE(contains(dot, part), part, " in ", dot);
}

TEST_CASE("a diagram shows images' shapes, and what is no network as an op") {
  Rng rng(1);
  models::Convolutional model({.side = 28, .channels = {16, 32}, .code = 32}, rng);
  const std::string dot = diagram({{"first", 784, {{"x", "noise", {784}, "x~"}, {"x~", model.encoder, "h \"quoted\""}}},
                                   {"second", 4, {{"x", "op", {2}, "y"}}}});
  for (const char* part : {"label=\"noise\"", "label=\"conv2d\\nrelu\"", "[16, 14, 14]\"", "h \\\"quoted\\\" [32]",
                           "label=\"first\"", "label=\"second\"", "label=\"y [2]\""})
    CHECK_MESSAGE(contains(dot, part), part, " in ", dot);
  CHECK_FAILS(diagram({{"", 5, {{"x", model.encoder, "h"}}}}), "reshape");
}

TEST_CASE("drawing a model changes nothing in it") {
  nn::Sequential network{nn::BatchNorm(3)};
  network.train();
  const auto before = network.parameters();
  std::vector<Tensor> values;
  for (const nn::Parameter& p : before) values.push_back(p.variable.value().clone());
  diagram({{"", 3, {{"x", network, "y"}}}});
  CHECK(network.training());
  for (std::size_t i = 0; i < values.size(); ++i)
    for (Index j = 0; j < values[i].numel(); ++j) CHECK(before[i].variable.value().data()[j] == values[i].data()[j]);
}
