#include <hourglass/nn/optimizer.h>

#include <algorithm>
#include <cmath>

#include <hourglass/tensor/map.h>

namespace hourglass::HOURGLASS_BUILD::nn {

Optimizer::Optimizer(const Parameters& parameters, Number learning_rate, const std::string& name,
                     const std::vector<std::string>& kept) {
  require_distinct(parameters, "optimizer");
  std::copy_if(parameters.begin(), parameters.end(), std::back_inserter(parameters_),
               [](const Parameter& p) { return p.variable.requires_grad(); });
  require(!parameters_.empty(), "optimizer: none of the ", parameters.size(), " parameters given is trained");
  set_learning_rate(learning_rate);
  state_.push_back({name + ".step.", {}});
  for (const std::string& each : kept) state_.push_back({name + "." + each + ".", {}});
  for (Named& named : state_)
    for (const Parameter& p : parameters_)
      named.tensors.push_back(Tensor::zeros(&named == &state_[0] ? Shape() : p.variable.shape()));
}

void Optimizer::zero_grad() {
  // hole zero_grad: clear the gradient of each parameter
  for (const Parameter& p : parameters_) p.variable.zero_grad();
  // end of hole
}

void Optimizer::set_learning_rate(Number rate) {
  require(rate >= 0 && std::isfinite(static_cast<Scalar>(rate)), "optimizer: the learning rate is ", rate,
          ", expected a number of at least 0");
  learning_rate_ = rate;
}

long Optimizer::steps() const {
  long most = 0;
  for (const Tensor& count : state_[0].tensors) most = std::max(most, static_cast<long>(count.item()));
  return most;
}

Parameters Optimizer::state() const {
  Parameters all;
  for (const Named& named : state_)
    for (std::size_t i = 0; i < parameters_.size(); ++i)
      all.push_back({named.prefix + parameters_[i].name, named.tensors[i]});
  return all;
}

void Optimizer::each(const std::function<void(const Stretch&)>& update) {
  for (std::size_t i = 0; i < parameters_.size(); ++i) {
    const Variable& variable = parameters_[i].variable;
    if (variable.grad().empty()) continue;
    Tensor value = variable.value();
    Tensor& steps = state_[0].tensors[i];
    // hole steps: count the step of this parameter
    steps.fill_(steps.item() + 1);
    // end of hole
    Stretch all{value.numel(), value.write_(), variable.grad().data(), {}, steps.item()};
    for (std::size_t k = 1; k < state_.size(); ++k) all.kept[k - 1] = state_[k].tensors[i].write_();
    parallel_chunks(all.n, chunk, [&](Index first, Index last) {
      Stretch part{last - first, all.p + first, all.g + first, all.kept, all.t};
      for (Scalar*& numbers : part.kept)
        if (numbers) numbers += first;
      update(part);
    });
  }
}

}  // namespace hourglass::HOURGLASS_BUILD::nn
