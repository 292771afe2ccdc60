#include <hourglass/metrics/probe.h>

#include <algorithm>
#include <cmath>
#include <iterator>
#include <limits>

#include <hourglass/autograd/grad_mode.h>
#include <hourglass/autograd/ops.h>
#include <hourglass/metrics/columns.h>
#include <hourglass/metrics/fit_labels.h>
#include <hourglass/metrics/labels.h>
#include <hourglass/nn/labels.h>
#include <hourglass/tensor/elementwise.h>
#include <hourglass/tensor/error.h>

namespace hourglass::HOURGLASS_BUILD::metrics {

Standardizer::Standardizer(const Tensor& x) {
  means_ = column_means(x, "standardizer");
  std::vector<double> deviations = column_variances(x, means_, "standardizer");
  for (double& v : deviations) v = std::sqrt(v) >= double(std::numeric_limits<Scalar>::min()) ? std::sqrt(v) : 1;
  mean = row_of(means_);
  deviation = row_of(deviations);
}

Tensor Standardizer::apply(const Tensor& x) const {
  require(!x.empty() && x.dim() == 2 && x.size(1) == std::ssize(means_), "standardizer: ", x.shape(), ", made from ",
          means_.size(), " columns");
  Tensor result(x.shape());
  Scalar* to = result.write_();
  for (const Scalar* row = x.data(); row != x.data() + x.numel(); row += means_.size())
    for (std::size_t j = 0; j < means_.size(); ++j)
      *to++ = static_cast<Scalar>((double(row[j]) - means_[j]) / double(deviation.data()[j]));
  return result;
}

LogisticProbe::LogisticProbe(const Tensor& x, std::span<const int> labels, int classes, const ProbeOptions& options)
    : standardizer(x) {
  require(static_cast<Index>(labels.size()) == x.size(0) && classes >= 2, "logistic probe: ", labels.size(),
          " labels of ", classes, " classes for features ", x.shape());
  weight = Variable::parameter(Tensor::zeros({classes, x.size(1)}));
  bias = Variable::parameter(Tensor::zeros({classes}));
  const FitOptions fit{.epochs = options.epochs,
                       .batch = std::min(options.batch, x.size(0)),
                       .learning_rate = options.learning_rate,
                       .weight_decay = 0,
                       .seed = options.seed};
  fit_labels({{"weight", weight}, {"bias", bias}}, labels, fit, [&](std::span<const int> batch, Labels chosen) {
    const Tensor rows = standardizer.apply(embedding(batch, x));
    return nn::cross_entropy(linear(rows, weight, bias), chosen).value + sum(square(weight)) * (options.l2 / 2);
  });
}

Tensor LogisticProbe::log_probabilities(const Tensor& x) const {
  const NoGrad no_grad;
  return log_softmax(linear(standardizer.apply(x), weight, bias), 1).value();
}

std::vector<int> LogisticProbe::predict(const Tensor& x) const { return predicted_classes(log_probabilities(x)); }

double LogisticProbe::accuracy(const Tensor& x, std::span<const int> labels) const {
  return share_equal(predict(x), labels);
}

}  // namespace hourglass::HOURGLASS_BUILD::metrics
