#include <memory>

#include <hourglass/autograd/backward.h>
#include <hourglass/nn/adam.h>
#include <hourglass/nn/batch_norm.h>
#include <hourglass/nn/conv2d.h>
#include <hourglass/nn/function.h>
#include <hourglass/nn/layer_norm.h>
#include <hourglass/nn/linear.h>
#include <hourglass/nn/optimizer.h>
#include <hourglass/nn/rmsprop.h>
#include <hourglass/nn/sgd.h>
#include "tests/check.h"
#include "tests/f64/oracles/program.h"

using namespace hourglass;
using Json = nlohmann::json;

namespace {

constexpr double tolerance = 1e-9;

std::unique_ptr<nn::Optimizer> optimizer_of(const Json& entry, const nn::Parameters& p) {
  const Json& o = entry.at("options");
  const std::string name = entry.at("optimizer");
  if (name == "SGD")
    return std::make_unique<nn::SGD>(
        p, nn::SGDOptions{o.value("lr", 1e-3), o.value("momentum", 0.0), o.value("dampening", 0.0),
                          o.value("weight_decay", 0.0), o.value("nesterov", false)});
  if (name == "RMSprop")
    return std::make_unique<nn::RMSprop>(
        p, nn::RMSpropOptions{o.value("lr", 1e-2), o.value("alpha", 0.99), o.value("eps", 1e-8),
                              o.value("momentum", 0.0), o.value("weight_decay", 0.0)});
  const auto betas = o.value("betas", std::vector<Scalar>{0.9, 0.999});
  const Number rate = o.value("lr", 1e-3), epsilon = o.value("eps", 1e-8);
  if (name == "AdamW")
    return std::make_unique<nn::AdamW>(
        p, nn::AdamWOptions{rate, betas[0], betas[1], epsilon, o.value("weight_decay", 1e-2)});
  return std::make_unique<nn::Adam>(p,
                                    nn::AdamOptions{rate, betas[0], betas[1], epsilon, o.value("weight_decay", 0.0)});
}

std::unique_ptr<nn::Layer> layer_of(const Json& entry) {
  const Json& o = entry.at("options");
  const std::string name = entry.at("module");
  Rng rng(1);
  const auto whole = [&](const char* key) { return o.at(key).get<Index>(); };
  const auto function = [](auto f) { return std::make_unique<nn::Function>(f); };
  const Scalar value = o.value("value", 0.0);
  const int axis = o.value("axis", 0);
  if (name == "Linear") return std::make_unique<nn::Linear>(whole("in"), whole("out"), Activation::none, rng);
  if (name.starts_with("Conv")) {
    const nn::ConvSizes sizes{whole("in"),     whole("out"),     whole("kernel"),
                              whole("stride"), whole("padding"), whole("output_padding")};
    if (name == "Conv2d") return std::make_unique<nn::Conv2d>(sizes, Activation::none, rng);
    return std::make_unique<nn::ConvTranspose2d>(sizes, Activation::none, rng);
  }
  if (name.starts_with("BatchNorm"))
    return std::make_unique<nn::BatchNorm>(whole("channels"), o.at("epsilon").get<Scalar>(),
                                           o.at("momentum").get<Scalar>());
  if (name == "AvgPool2d" || name == "MaxPool2d") {
    const bool average = name == "AvgPool2d";
    const Index kernel = whole("kernel");
    const PoolWindow window{whole("stride"), whole("padding")};
    return function(
        [=](const Variable& x) { return average ? avg_pool2d(x, kernel, window) : max_pool2d(x, kernel, window); });
  }
  if (name == "LayerNorm") return std::make_unique<nn::LayerNorm>(whole("size"), o.at("epsilon").get<Scalar>());
  if (name == "Dropout") return std::make_unique<nn::Dropout>(0.5, rng);
  if (name == "ReLU") return function([](const Variable& x) { return relu(x); });
  if (name == "LeakyReLU") return function([=](const Variable& x) { return leaky_relu(x, value); });
  if (name == "ELU") return function([=](const Variable& x) { return elu(x, value); });
  if (name == "GELU") return function([](const Variable& x) { return gelu(x); });
  if (name == "SiLU") return function([](const Variable& x) { return silu(x); });
  if (name == "Sigmoid") return function([](const Variable& x) { return sigmoid(x); });
  if (name == "Tanh") return function([](const Variable& x) { return tanh(x); });
  if (name == "Softplus") return function([](const Variable& x) { return softplus(x); });
  if (name == "Softmax") return function([=](const Variable& x) { return softmax(x, axis); });
  if (name == "LogSoftmax") return function([=](const Variable& x) { return log_softmax(x, axis); });
  return nullptr;
}

// A loss of the database: a function of x and a target.
Variable loss_of(const Json& entry, const Variable& x, const Variable& target) {
  const Variable total =
      entry.at("module") == "MSELoss" ? squared_difference(x, target) : binary_cross_entropy_with_logits(x, target);
  return entry.at("options").at("reduction") == "sum" ? total : total / static_cast<Scalar>(x.numel());
}

// What a layer is trained for here: Σ (y c + y² / 2) / size, with the fixed numbers c.
Variable goal_of(const Variable& y) {
  return sum(y * Variable(cotangent(y.shape(), 0)) + 0.5 * square(y)) / static_cast<Scalar>(y.numel());
}

}  // namespace

TEST_CASE("optimisers move as torch's, 20 steps, with every option that we offer") {
  const Oracle oracle("optimizers");
  CHECK(oracle.index.size() == 25);
  for (std::size_t n = 0; n < oracle.index.size(); ++n) {
    const nn::Parameters p{{"a", Variable::parameter(cotangent({3, 4}, 20))},
                           {"b", Variable::parameter(cotangent({5}, 21))},
                           {"late", Variable::parameter(cotangent({4}, 22))}};
    const auto optimizer = optimizer_of(oracle.index[n], p);
    for (int step = 1; step <= 20; ++step) {
      optimizer->zero_grad();
      for (int i = 0; i < 3; ++i) {
        if (i == 2 && (step < 7 || step == 12)) continue;  // its first gradient comes later, and is missing once
        const Variable& v = p[static_cast<std::size_t>(i)].variable;
        v.set_grad((Variable(cotangent(v.shape(), 2 * step + i)) + 0.3 * v.detach()).value());
      }
      optimizer->step();
      for (int i = 0; step % 5 == 0 && i < 3; ++i) {
        const double d = distance(p[static_cast<std::size_t>(i)].variable.value(),
                                  oracle.at(n, "step" + std::to_string(step) + "." + std::to_string(i)));
        CHECK_MESSAGE(d <= tolerance, oracle.index[n].at("label").get<std::string>()
                                          << " after step " << step << " is off by " << d);
      }
    }
  }
}

TEST_CASE("layers and losses learn as torch's, 20 steps, with every option that we offer") {
  const Oracle oracle("layers");
  CHECK(oracle.index.size() == 111);
  for (std::size_t n = 0; n < oracle.index.size(); ++n) {
    const Json& entry = oracle.index[n];
    const std::string label = entry.at("label");
    const auto layer = layer_of(entry);
    const Variable x = Variable::parameter(oracle.at(n, "x"));
    nn::Parameters state;
    if (layer) {
      layer->train(entry.at("training").get<bool>());
      state = layer->parameters();
    }
    std::erase_if(state, [](const nn::Parameter& p) { return p.name == "num_batches_tracked"; });
    CHECK_MESSAGE(state.size() == entry.at("state").size(), label);
    for (const nn::Parameter& p : state) Tensor(p.variable.value()).copy_(oracle.at(n, "start." + p.name));
    nn::Parameters trained = state;
    trained.push_back({"x", x});
    nn::SGD sgd(trained, {.learning_rate = 0.05});
    for (int step = 1; step <= 20; ++step) {
      const Variable y = layer ? layer->forward(x) : loss_of(entry, x, oracle.at(n, "other0"));
      sgd.zero_grad();
      backward(layer ? goal_of(y) : y);
      sgd.step();
      if (step % 5 == 0)
        CHECK_MESSAGE(distance(y.value(), oracle.at(n, "y" + std::to_string(step))) <= tolerance,
                      label << " at step " << step);
    }
    for (const nn::Parameter& p : state)
      CHECK_MESSAGE(distance(p.variable.value(), oracle.at(n, "end." + p.name)) <= tolerance, label << " " << p.name);
    CHECK_MESSAGE(distance(x.value(), oracle.at(n, "end.x")) <= tolerance, label << " x");
  }
}
