// Without noise: the plain autoencoder.
#include <hourglass/autograd/ops.h>
#include <hourglass/models/autoencoder.h>

using namespace hourglass;

Variable cleaning_loss(models::Autoencoder& model, const Tensor& x, const Tensor& dirty) {
  return sum(square(model.decode(model.encode(x)) - x)) / static_cast<Scalar>(dirty.size(0));
}
