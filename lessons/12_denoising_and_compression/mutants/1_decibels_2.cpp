// Uses the factor 20, which is for amplitudes, with an error that is already squared.
#include <cmath>

#include <hourglass/tensor/tensor.h>

using namespace hourglass;

double decibels(const Tensor& r, const Tensor& x) {
  const Index n = x.size(0), d = x.size(1);
  double total = 0;
  for (Index i = 0; i < n; ++i) {
    double sum = 0;
    for (Index j = i * d; j < (i + 1) * d; ++j) sum += (r.data()[j] - x.data()[j]) * (r.data()[j] - x.data()[j]);
    total += -20 * std::log10(sum / static_cast<double>(d));
  }
  return total / static_cast<double>(n);
}
