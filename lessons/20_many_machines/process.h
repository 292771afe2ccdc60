#pragma once
#include <algorithm>
#include <cmath>
#include <memory>
#include <string>

#include <hourglass/autograd/backward.h>
#include <hourglass/models/undercomplete.h>
#include <hourglass/nn/adam.h>
#include <hourglass/nn/optimizer.h>
#include <hourglass/nn/sgd.h>
#include <hourglass/tensor/error.h>
#include <hourglass/tensor/layout.h>
#include "lessons/20_many_machines/ring.h"

namespace hourglass::HOURGLASS_BUILD {

/// What runs on one machine: a network, and an optimiser for it.
struct Process {
  models::Undercomplete model;
  nn::Parameters parameters;
  std::unique_ptr<nn::Optimizer> optimizer;

  /// Its initial weights are drawn from a copy of `rng`: all processes with the same generator begin with the same.
  Process(const std::string& name, Index input, bool adam, Rng rng)
      : model({.input = input, .hidden = 128, .code = 32}, rng), parameters(model.parameters()) {
    for (nn::Parameter& p : parameters) p.name = name + "." + p.name;
    if (adam)
      optimizer = std::make_unique<nn::Adam>(parameters);
    else
      optimizer =
          std::make_unique<nn::SGD>(parameters, nn::SGDOptions{.learning_rate = Scalar(5e-4), .momentum = Scalar(0.9)});
  }

  /// The whole batch, as in every other lesson.
  Loss step(const Tensor& x) {
    Loss loss = model.loss(x);
    optimizer->zero_grad();
    backward(loss.value);
    optimizer->step();
    return loss;
  }

  /// The gradient of images `first` to `last` (excluded) of the batch, times their share of it: one vector of all
  /// parameters.
  // [gradient]
  Numbers gradient(const Tensor& x, Index first, Index last) {
    Numbers all;
    if (first == last) return Numbers(static_cast<std::size_t>(size()), 0);  // fewer images than ranks
    optimizer->zero_grad();
    backward(model.loss(narrow(x, 0, first, last - first)).value);
    const Scalar share = static_cast<Scalar>(last - first) / static_cast<Scalar>(x.size(0));
    for (const nn::Parameter& p : parameters)
      for (const Scalar g : p.variable.grad().values()) all.push_back(share * g);
    return all;
  }
  // [/gradient]

  /// A step with this gradient, such as the sum over all ranks.
  void step_with(const Numbers& gradient) {
    const Scalar* next = gradient.data();
    for (const nn::Parameter& p : parameters) {
      p.variable.set_grad(Tensor(p.variable.shape(), {next, static_cast<std::size_t>(p.variable.numel())}));
      next += p.variable.numel();
    }
    optimizer->step();
  }

  /// The number of weights.
  Index size() const {
    Index numbers = 0;
    for (const nn::Parameter& p : parameters) numbers += p.variable.numel();
    return numbers;
  }
};

/// max |p - q| over all weights of the two. Throws on NaN.
inline double difference(const Process& a, const Process& b) {
  double largest = 0;
  for (std::size_t i = 0; i < a.parameters.size(); ++i) {
    const auto p = a.parameters[i].variable.value().values();
    const auto q = b.parameters[i].variable.value().values();
    for (std::size_t j = 0; j < p.size(); ++j) {
      const double apart = std::abs(double(p[j]) - double(q[j]));
      require(!std::isnan(apart), "difference: number ", j, " of ", a.parameters[i].name, " is nan");
      largest = std::max(largest, apart);
    }
  }
  return largest;
}

}  // namespace hourglass::HOURGLASS_BUILD
