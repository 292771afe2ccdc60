#include <hourglass/nn/optimizer.h>

#include <algorithm>
#include <cmath>

#include <hourglass/tensor/error.h>
#include <hourglass/tensor/update.h>

namespace hourglass::HOURGLASS_BUILD::nn {

Optimizer::Optimizer(const Parameters& parameters, Scalar learning_rate) {
  require_distinct(parameters, "optimizer");
  for (const Parameter& p : parameters) {
    if (!p.variable.requires_grad()) continue;
    parameters_.push_back(p);
    steps_.push_back(Tensor::scalar(0));
  }
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

long Optimizer::steps() const {
  long most = 0;
  for (const Tensor& count : steps_) most = std::max(most, static_cast<long>(count.item()));
  return most;
}

std::vector<Tensor> Optimizer::zeros(bool wanted) const {
  std::vector<Tensor> all;
  for (const Parameter& p : parameters_) all.push_back(wanted ? Tensor::zeros(p.variable.shape()) : Tensor());
  return all;
}

void Optimizer::name(Parameters& state, const std::string& prefix, const std::vector<Tensor>& tensors) const {
  for (std::size_t i = 0; i < tensors.size(); ++i)
    if (!tensors[i].empty()) state.push_back({prefix + parameters_[i].name, tensors[i]});
}

// ---- SGD

Sgd::Sgd(const Parameters& parameters, const SgdOptions& options)
    : Optimizer(parameters, options.learning_rate), options_(options), speed_(zeros(options.momentum != 0)) {
  require(options.momentum >= 0 && options.weight_decay >= 0, "Sgd: momentum ", options.momentum, " and weight decay ",
          options.weight_decay, ", neither can be negative");
  require(!options.nesterov || (options.momentum > 0 && options.dampening == 0),
          "Sgd: Nesterov needs momentum and no dampening");
}

void Sgd::step() {
  const tensor::SgdStep step{learning_rate_, options_.momentum, options_.dampening, options_.weight_decay,
                             options_.nesterov};
  each([&](Tensor& p, const Tensor& g, std::size_t i, Scalar t) { tensor::sgd_(p, g, speed_[i], t == 1, step); });
}

void Sgd::set_momentum(Scalar momentum) {
  require(momentum > 0 && options_.momentum > 0, "Sgd: momentum ", momentum, " after ", options_.momentum,
          ", both must be above 0");
  options_.momentum = momentum;
}

Parameters Sgd::state() const {
  Parameters all;
  name(all, "sgd.step.", steps_);
  name(all, "sgd.speed.", speed_);
  return all;
}

// ---- RMSProp

RmsProp::RmsProp(const Parameters& parameters, const RmsPropOptions& options)
    : Optimizer(parameters, options.learning_rate),
      options_(options),
      square_(zeros()),
      speed_(zeros(options.momentum != 0)) {
  require(options.alpha >= 0 && options.alpha < 1 && options.epsilon > 0 && options.momentum >= 0, "RmsProp: alpha ",
          options.alpha, ", epsilon ", options.epsilon, ", momentum ", options.momentum,
          ": expected 0 <= alpha < 1, a positive epsilon, no negative momentum");
}

void RmsProp::step() {
  const tensor::RmsPropStep step{learning_rate_, options_.alpha, options_.epsilon, options_.momentum,
                                 options_.weight_decay};
  each([&](Tensor& p, const Tensor& g, std::size_t i, Scalar) { tensor::rmsprop_(p, g, square_[i], speed_[i], step); });
}

Parameters RmsProp::state() const {
  Parameters all;
  name(all, "rmsprop.step.", steps_);
  name(all, "rmsprop.square.", square_);
  name(all, "rmsprop.speed.", speed_);
  return all;
}

// ---- Adam

Adam::Adam(const Parameters& parameters, const AdamOptions& options)
    : Optimizer(parameters, options.learning_rate), options_(options), mean_(zeros()), square_(zeros()) {
  require(options.beta1 >= 0 && options.beta1 < 1 && options.beta2 >= 0 && options.beta2 < 1, "Adam: betas ",
          options.beta1, " and ", options.beta2, ", expected 0 <= beta < 1");
  require(options.epsilon > 0, "Adam: epsilon is ", options.epsilon, ", expected a positive number");
}

void Adam::step() {
  each([&](Tensor& p, const Tensor& g, std::size_t i, Scalar t) {
    const auto correction = [t](Scalar beta) { return static_cast<Scalar>(1 - std::pow(double(beta), double(t))); };
    const tensor::AdamStep step{learning_rate_,
                                options_.beta1,
                                options_.beta2,
                                options_.epsilon,
                                options_.weight_decay,
                                options_.l2,
                                correction(options_.beta1),
                                correction(options_.beta2)};
    tensor::adam_(p, g, mean_[i], square_[i], step);
  });
}

Parameters Adam::state() const {
  Parameters all;
  name(all, "adam.step.", steps_);
  name(all, "adam.mean.", mean_);
  name(all, "adam.square.", square_);
  return all;
}

}  // namespace hourglass::HOURGLASS_BUILD::nn
