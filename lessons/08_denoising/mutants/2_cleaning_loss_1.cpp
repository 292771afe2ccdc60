// The target is the noisy input: a copy has loss 0.
#include <hourglass/autograd/ops.h>
#include <hourglass/models/autoencoder.h>

using namespace hourglass;

Variable cleaning_loss(models::Autoencoder& model, const Tensor& x, const Tensor& dirty) {
  return sum(square(model.decode(model.encode(dirty)) - dirty)) / static_cast<Scalar>(x.size(0));
}
