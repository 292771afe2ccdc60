#include "nn/optimizer.h"

#include <cmath>

#include "tensor/error.h"
#include "tensor/update.h"

namespace hourglass::inline HOURGLASS_BUILD::nn {

Optimizer::Optimizer(const Parameters& parameters, Scalar learning_rate) {
  for (const Parameter& p : parameters)
    if (p.variable.requires_grad()) parameters_.push_back(p);
  require(!parameters_.empty(), "optimizer: none of the ", parameters.size(), " parameters given is trained");
  set_learning_rate(learning_rate);
}

void Optimizer::zero_grad() {
  for (const Parameter& p : parameters_) p.variable.zero_grad();
}

void Optimizer::set_learning_rate(Scalar rate) {
  require(rate >= 0 && std::isfinite(rate), "optimizer: the learning rate is ", rate,
          ", expected a number of at least 0");
  learning_rate_ = rate;
}

Adam::Adam(const Parameters& parameters, const AdamOptions& options)
    : Optimizer(parameters, options.learning_rate), options_(options) {
  require(options.beta1 >= 0 && options.beta1 < 1 && options.beta2 >= 0 && options.beta2 < 1, "Adam: betas ",
          options.beta1, " and ", options.beta2, ", expected 0 <= beta < 1");
  require(options.epsilon > 0, "Adam: epsilon is ", options.epsilon, ", expected a positive number");
  for (const Parameter& p : parameters_) {
    mean_.push_back(Tensor::zeros(p.variable.shape()));
    square_.push_back(Tensor::zeros(p.variable.shape()));
  }
}

void Adam::step() {
  ++steps_;
  const auto t = static_cast<double>(steps_);
  const auto correction = [t](Scalar beta) { return static_cast<Scalar>(1 - std::pow(static_cast<double>(beta), t)); };
  const tensor::AdamStep step{learning_rate_,
                              options_.beta1,
                              options_.beta2,
                              options_.epsilon,
                              options_.weight_decay,
                              options_.l2,
                              correction(options_.beta1),
                              correction(options_.beta2)};
  for (std::size_t i = 0; i < parameters_.size(); ++i) {
    const Variable& p = parameters_[i].variable;
    if (p.grad().empty()) continue;
    Tensor value = p.value();
    tensor::adam_(value, p.grad(), mean_[i], square_[i], step);
  }
}

Parameters Adam::state() const {
  Parameters all;
  for (std::size_t i = 0; i < parameters_.size(); ++i) {
    all.push_back({"adam.mean." + parameters_[i].name, mean_[i]});
    all.push_back({"adam.square." + parameters_[i].name, square_[i]});
  }
  return all;
}

}  // namespace hourglass::inline HOURGLASS_BUILD::nn
