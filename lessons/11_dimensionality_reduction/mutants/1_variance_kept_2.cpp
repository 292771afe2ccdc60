// The share that is lost.
#include <vector>

#include <hourglass/tensor/tensor.h>

using namespace hourglass;

double variance_kept(const Tensor& r, const Tensor& x) {
  const Index n = x.size(0), d = x.size(1);
  std::vector<double> mean(static_cast<std::size_t>(d));
  for (Index i = 0; i < n * d; ++i) mean[static_cast<std::size_t>(i % d)] += double(x.data()[i]) / double(n);
  double lost = 0, all = 0;
  for (Index i = 0; i < n * d; ++i) {
    const double v = x.data()[i], off = v - r.data()[i], away = v - mean[static_cast<std::size_t>(i % d)];
    lost += off * off, all += away * away;
  }
  return lost / all;
}
