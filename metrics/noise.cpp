#include <hourglass/metrics/noise.h>

#include <cmath>
#include <numeric>

#include <hourglass/autograd/grad_mode.h>
#include <hourglass/autograd/ops.h>
#include <hourglass/metrics/columns.h>
#include <hourglass/metrics/errors.h>
#include <hourglass/tensor/distances.h>
#include <hourglass/tensor/error.h>

namespace hourglass::HOURGLASS_BUILD::metrics {

namespace {

Tensor rows(const Variable& a) { return a.value().reshape({a.size(0), a.value().numel() / a.size(0)}); }

double sum_of(const std::vector<double>& numbers) { return std::accumulate(numbers.begin(), numbers.end(), 0.0); }

}  // namespace

double noise_copied(const Tensor& x, const Tensor& noisy, const Tensor& r, const Tensor& r_of_noisy) {
  require(!x.empty() && noisy.shape() == x.shape() && r.shape() == x.shape() && r_of_noisy.shape() == x.shape(),
          "noise copied: the shapes ", x.shape(), ", ", noisy.shape(), ", ", r.shape(), " and ", r_of_noisy.shape(),
          " differ");
  for (const Tensor* each : {&x, &noisy, &r, &r_of_noisy}) require_finite(*each, "noise copied");
  double along = 0, length = 0;
  for (Index i = 0; i < x.numel(); ++i) {
    const double d = static_cast<double>(noisy.data()[i]) - static_cast<double>(x.data()[i]);
    along += d * (static_cast<double>(r_of_noisy.data()[i]) - static_cast<double>(r.data()[i]));
    length += d * d;
  }
  require(length > 0, "noise copied: the noisy images are the clean ones");
  require(std::isfinite(length) && std::isfinite(along), "noise copied: squares of ", x.shape(),
          " are beyond the range of numbers");
  return along / length;
}

std::vector<double> noise_left(const Tensor& x, const Tensor& noisy, const nn::Sequential& encoder,
                               const nn::Sequential& decoder) {
  require(!x.empty() && x.dim() == 2 && noisy.shape() == x.shape(), "noise left: the shapes ", x.shape(), " and ",
          noisy.shape(), " differ, or are not [n, d]");
  const NoGrad looking;
  Variable clean = x, moved = noisy;
  std::vector<double> left;
  const auto measure = [&] {
    const Tensor flat = rows(clean), moved_flat = rows(moved);
    const double spread = sum_of(column_variances(flat, column_means(flat, "noise left"), "noise left"));
    require(spread > 0, "noise left: all images have the same activations after layer ", left.size());
    const double moved_by = sum_of(squared_errors(moved_flat, flat)) / static_cast<double>(flat.size(0));
    require(std::isfinite(spread) && std::isfinite(moved_by), "noise left: squares behind layer ", left.size(),
            " are beyond the range of numbers");
    left.push_back(moved_by / spread);
  };
  measure();
  for (const nn::Sequential* half : {&encoder, &decoder})
    for (const auto& layer : half->layers()) {
      clean = layer->forward(clean);
      moved = layer->forward(moved);
      measure();
    }
  return left;
}

}  // namespace hourglass::HOURGLASS_BUILD::metrics
