// Only the first component of each part is used.
#include <limits>
#include <vector>

#include <hourglass/tensor/tensor.h>

using namespace hourglass;

std::vector<int> nearest_entries(const Tensor& z, const Tensor& entries) {
  const Index width = z.size(1);
  std::vector<int> k;
  for (Index i = 0; i < z.size(0); ++i) {
    Scalar best = std::numeric_limits<Scalar>::infinity();
    int nearest = 0;
    for (Index j = 0; j < entries.size(0); ++j) {
      Scalar distance = 0;
      for (Index c = 0; c < 1; ++c) {
        const Scalar d = z.data()[i * width + c] - entries.data()[j * width + c];
        distance += d * d;
      }
      if (distance < best) best = distance, nearest = static_cast<int>(j);
    }
    k.push_back(nearest);
  }
  return k;
}
