// A bias in place of the negative units, which is large enough for small numbers only.
#include <hourglass/tensor/tensor.h>

using namespace hourglass;

struct Weights {
  Tensor W1, b1, W2, b2;
};

Weights copier(Index d) {
  Weights net{Tensor::zeros({2 * d, d}), Tensor::zeros({2 * d}), Tensor::zeros({d, 2 * d}), Tensor::zeros({d})};
  for (Index i = 0; i < d; ++i) {
    net.W1.write_()[i * d + i] = 1;
    net.b1.write_()[i] = 1000;
    net.W2.write_()[i * 2 * d + i] = 1;
    net.b2.write_()[i] = -1000;
  }
  return net;
}
