#include <hourglass/nn/batch_norm.h>

#include <cmath>

#include <hourglass/autograd/ops.h>

namespace hourglass::HOURGLASS_BUILD::nn {

BatchNorm::BatchNorm(Index channels, Number epsilon, Number momentum)
    : running_mean(Tensor::zeros({channels})),
      running_var(Tensor::full({channels}, 1)),
      batches(Tensor::zeros({1})),
      epsilon(epsilon),
      momentum_(momentum) {
  require(std::isfinite(Scalar(epsilon)) && momentum >= 0 && momentum <= 1, "BatchNorm: epsilon ", epsilon,
          " and momentum ", momentum, ", expected a finite number and 0 to 1");
  weight = Variable::parameter(Tensor::full({channels}, 1));
  bias = Variable::parameter(Tensor::zeros({channels}));
}

Variable BatchNorm::forward(const Variable& x) {
  if (!training()) return batch_norm(x, {running_mean, running_var}, weight, bias, epsilon);
  const BatchStatistics statistics = batch_statistics(x);
  const auto n = static_cast<Scalar>(x.numel() / x.size(1));
  require(n > 1, "BatchNorm: ", x.shape(), " has one number a channel: no variance to train with");
  const auto average_ = [&](Tensor& running, const Tensor& fresh) {
    running.copy_((1 - momentum_) * running + momentum_ * fresh);
  };
  average_(running_mean, statistics.mean.value());
  average_(running_var, n * statistics.variance.value() / (n - 1));
  batches.fill_(batches.item() + 1);
  return batch_norm(x, statistics, weight, bias, epsilon);
}

Members BatchNorm::members() {
  return {{"weight", weight},
          {"bias", bias},
          {"running_mean", running_mean},
          {"running_var", running_var},
          {"num_batches_tracked", batches}};
}

void BatchNorm::describe(NetworkSpec& into, const std::string& prefix) const {
  into.push_back({"batch_norm", prefix, Activation::none, {{"epsilon", epsilon}}});
}

}  // namespace hourglass::HOURGLASS_BUILD::nn
