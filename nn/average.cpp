#include <hourglass/nn/average.h>

#include <hourglass/tensor/elementwise.h>
#include <hourglass/tensor/error.h>

namespace hourglass::HOURGLASS_BUILD::nn {

Average::Average(const Parameters& parameters, Number keep) : parameters_(parameters), keep_(keep) {
  require(keep >= 0 && keep < 1, "Average: β is ", keep, ", expected at least 0 and less than 1");
  require_distinct(parameters, "Average");
  for (const Parameter& p : parameters) mean_.push_back(p.variable.value().clone());
}

void Average::update() {
  for (std::size_t i = 0; i < mean_.size(); ++i)
    mean_[i].add_((1 - keep_) * (parameters_[i].variable.value() - mean_[i]));
}

void Average::swap() {
  for (std::size_t i = 0; i < mean_.size(); ++i) {
    Tensor value = parameters_[i].variable.value();
    const Tensor before = value.clone();
    value.copy_(mean_[i]);
    mean_[i].copy_(before);
  }
}

Parameters Average::state() const {
  Parameters all;
  for (std::size_t i = 0; i < mean_.size(); ++i) all.push_back({"average." + parameters_[i].name, mean_[i]});
  return all;
}

}  // namespace hourglass::HOURGLASS_BUILD::nn
