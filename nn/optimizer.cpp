#include <hourglass/nn/optimizer.h>

#include <algorithm>
#include <cmath>

#include <hourglass/tensor/error.h>

namespace hourglass::HOURGLASS_BUILD::nn {

Optimizer::Optimizer(const Parameters& parameters, Number learning_rate) {
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

void Optimizer::set_learning_rate(Number rate) {
  require(rate >= 0 && std::isfinite(static_cast<Scalar>(rate)), "optimizer: the learning rate is ", rate,
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

}  // namespace hourglass::HOURGLASS_BUILD::nn
