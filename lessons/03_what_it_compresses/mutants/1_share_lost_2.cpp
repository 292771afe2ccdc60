// The mean image of the reconstructions instead of the images.
#include <limits>

#include <hourglass/tensor/tensor.h>

using namespace hourglass;

double share_lost(const Tensor& r, const Tensor& x) {
  const Index n = x.size(0), d = x.size(1);
  double lost = 0, there = 0;
  for (Index j = 0; j < d; ++j) {
    double m = 0;
    for (Index i = 0; i < n; ++i) m += static_cast<double>(r.at({i, j}));
    m /= static_cast<double>(n);
    for (Index i = 0; i < n; ++i) {
      const double value = static_cast<double>(x.at({i, j})), error = static_cast<double>(r.at({i, j})) - value;
      lost += error * error;
      there += (m - value) * (m - value);
    }
  }
  if (there == 0) return lost == 0 ? 0 : std::numeric_limits<double>::infinity();
  return lost / there;
}
