// The wrong way round: the code is divided by c.
#include <hourglass/tensor/elementwise.h>

using namespace hourglass;

struct Weights {
  Tensor W1, b1, W2, b2;
};

Weights quieter(const Weights& start, double c) {
  const auto times = [](const Tensor& t, double by) { return static_cast<Scalar>(by) * t; };
  return {times(start.W1, 1 / c), times(start.b1, 1 / c), times(start.W2, c), start.b2};
}
