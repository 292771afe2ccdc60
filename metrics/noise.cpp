#include "metrics/noise.h"

#include "autograd/ops.h"
#include "tensor/error.h"

namespace hourglass::inline HOURGLASS_BUILD::metrics {

double noise_copied(const Tensor& x, const Tensor& noisy, const Tensor& r, const Tensor& r_of_noisy) {
  require(!x.empty() && noisy.shape() == x.shape() && r.shape() == x.shape() && r_of_noisy.shape() == x.shape(),
          "noise copied: the shapes ", x.shape(), ", ", noisy.shape(), ", ", r.shape(), " and ", r_of_noisy.shape(),
          " differ");
  double along = 0, length = 0;
  for (Index i = 0; i < x.size(); ++i) {
    const double d = static_cast<double>(noisy.data()[i]) - static_cast<double>(x.data()[i]);
    along += d * (static_cast<double>(r_of_noisy.data()[i]) - static_cast<double>(r.data()[i]));
    length += d * d;
  }
  require(length > 0, "noise copied: the noisy images are the clean ones");
  return along / length;
}

std::vector<double> noise_left(const Tensor& x, const Tensor& noisy, const nn::Sequential& encoder,
                               const nn::Sequential& decoder) {
  require(!x.empty() && x.rank() == 2 && noisy.shape() == x.shape(), "noise left: the shapes ", x.shape(), " and ",
          noisy.shape(), " differ, or are not [n, d]");
  const NoGrad looking;
  Variable clean = x, moved = noisy;
  std::vector<double> left;
  const auto look = [&] {
    const auto spread = static_cast<double>(sum(square(clean - mean(clean, 0))).item());
    require(spread > 0, "noise left: all images look the same behind layer ", left.size());
    left.push_back(static_cast<double>(sum(square(moved - clean)).item()) / spread);
  };
  look();
  for (const nn::Sequential* half : {&encoder, &decoder})
    for (const auto& layer : half->layers()) {
      clean = layer->forward(clean), moved = layer->forward(moved);
      look();
    }
  return left;
}

}  // namespace hourglass::inline HOURGLASS_BUILD::metrics
