// Copies positive numbers only, as in images.
#include <hourglass/tensor/tensor.h>

using namespace hourglass;

struct Weights {
  Tensor W1, b1, W2, b2;
};

Weights copier(Index d) {
  Weights net{Tensor::zeros({2 * d, d}), Tensor::zeros({2 * d}), Tensor::zeros({d, 2 * d}), Tensor::zeros({d})};
  for (Index i = 0; i < d; ++i) {
    net.W1.write_()[i * d + i] = 1;
    net.W2.write_()[i * 2 * d + i] = 1;
  }
  return net;
}
