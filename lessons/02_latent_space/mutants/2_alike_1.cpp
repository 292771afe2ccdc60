// Finds each row itself as its nearest.
#include <limits>
#include <span>

#include <hourglass/tensor/tensor.h>

using namespace hourglass;

double share_of_alike(const Tensor& h, std::span<const int> labels) {
  const Index n = h.size(0), k = h.size(1);
  double alike = 0;
  for (Index i = 0; i < n; ++i) {
    double best = std::numeric_limits<double>::infinity();
    Index at = 0;
    for (Index j = 0; j < n; ++j) {
      double d = 0;
      for (Index c = 0; c < k; ++c) {
        const double step = static_cast<double>(h.data()[i * k + c] - h.data()[j * k + c]);
        d += step * step;
      }
      if (d < best) best = d, at = j;
    }
    if (labels[static_cast<std::size_t>(i)] == labels[static_cast<std::size_t>(at)]) ++alike;
  }
  return alike / static_cast<double>(n);
}
