// Averages over the pixels, too.
#include <hourglass/autograd/ops.h>
#include <hourglass/models/autoencoder.h>

using namespace hourglass;

Variable cleaning_loss(models::Autoencoder& model, const Tensor& x, const Tensor& dirty) {
  return mean(square(model.decode(model.encode(dirty)) - x));
}
