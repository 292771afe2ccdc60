// Detaches the code: the encoder receives no gradient.
#include <hourglass/autograd/ops.h>
#include <hourglass/models/autoencoder.h>

using namespace hourglass;

Variable cleaning_loss(models::Autoencoder& model, const Tensor& x, const Tensor& dirty) {
  return sum(square(model.decode(model.encode(dirty).detach()) - x)) / static_cast<Scalar>(x.size(0));
}
