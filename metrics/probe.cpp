#include "metrics/probe.h"

#include <algorithm>
#include <cmath>
#include <numbers>

#include "autograd/backward.h"
#include "autograd/ops.h"
#include "metrics/labels.h"
#include "nn/labels.h"
#include "nn/optimizer.h"
#include "tensor/elementwise.h"
#include "tensor/error.h"

namespace hourglass::inline HOURGLASS_BUILD::metrics {

Standardizer::Standardizer(const Tensor& x) {
  require(!x.empty() && x.rank() == 2, "standardizer: ", x.shape(), " is not a matrix [n, d]");
  const auto d = static_cast<std::size_t>(x.size(1));
  const auto n = static_cast<double>(x.size(0));
  std::vector<double> sum(d, 0), squares(d, 0);
  for (const Scalar* row = x.data(); row != x.data() + x.size(); row += d)
    for (std::size_t j = 0; j < d; ++j) sum[j] += static_cast<double>(row[j]) / n;
  for (const Scalar* row = x.data(); row != x.data() + x.size(); row += d)
    for (std::size_t j = 0; j < d; ++j) squares[j] += (double(row[j]) - sum[j]) * (double(row[j]) - sum[j]) / n;
  mean = Tensor({x.size(1)});
  deviation = Tensor({x.size(1)});
  for (std::size_t j = 0; j < d; ++j) {
    mean.write_()[j] = static_cast<Scalar>(sum[j]);
    deviation.write_()[j] = squares[j] > 0 ? static_cast<Scalar>(std::sqrt(squares[j])) : 1;
  }
}

Tensor Standardizer::apply(const Tensor& x) const { return tensor::div(tensor::sub(x, mean), deviation); }

LogisticProbe::LogisticProbe(const Tensor& x, std::span<const int> labels, int classes, const ProbeOptions& options)
    : standardizer(x) {
  require(static_cast<Index>(labels.size()) == x.size(0) && classes >= 2, "logistic probe: ", labels.size(),
          " labels of ", classes, " classes for features ", x.shape());
  require(options.epochs >= 1 && options.batch >= 1, "logistic probe: ", options.epochs, " epochs of batches of ",
          options.batch, ", both must be at least 1");
  weight = Variable::parameter(Tensor::zeros({classes, x.size(1)}));
  bias = Variable::parameter(Tensor::zeros({classes}));
  nn::Adam adam({{"weight", weight}, {"bias", bias}}, {.learning_rate = options.learning_rate});
  Rng rng(options.seed);
  const auto n = static_cast<std::size_t>(x.size(0)), batch = std::min(n, static_cast<std::size_t>(options.batch));
  const std::size_t batches = n / batch, steps = batches * static_cast<std::size_t>(options.epochs);
  std::vector<int> order, chosen(batch);
  for (std::size_t step = 0; step < steps; ++step) {
    if (step % batches == 0) order = rng.permutation(static_cast<int>(n));
    const auto places = std::span(order).subspan(step % batches * batch, batch);
    for (std::size_t i = 0; i < batch; ++i) chosen[i] = labels[static_cast<std::size_t>(places[i])];
    const Tensor rows = standardizer.apply(embedding(x, places).value());
    const Variable loss =
        nn::class_cross_entropy(linear(rows, weight, bias), chosen).value + sum(square(weight)) * (options.l2 / 2);
    adam.set_learning_rate(options.learning_rate *
                           static_cast<Scalar>(0.5 + 0.5 * std::cos(std::numbers::pi * double(step) / double(steps))));
    adam.zero_grad();
    backward(loss);
    adam.step();
  }
}

Tensor LogisticProbe::log_probabilities(const Tensor& x) const {
  const NoGrad no_grad;
  return log_softmax(linear(standardizer.apply(x), weight, bias)).value();
}

std::vector<int> LogisticProbe::predict(const Tensor& x) const { return largest_places(log_probabilities(x)); }

double LogisticProbe::accuracy(const Tensor& x, std::span<const int> labels) const {
  return share_equal(predict(x), labels);
}

}  // namespace hourglass::inline HOURGLASS_BUILD::metrics
