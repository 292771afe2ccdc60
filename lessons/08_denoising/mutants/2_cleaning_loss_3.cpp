// No noise at all: the plain autoencoder.
#include "autograd/ops.h"
#include "models/autoencoder.h"

using namespace hourglass;

Variable cleaning_loss(models::Autoencoder& model, const Tensor& x, const Tensor& dirty) {
  return sum(square(model.decode(model.encode(x)) - x)) / static_cast<Scalar>(dirty.size(0));
}
