// Input and target exchanged: the input is clean, the target is noisy.
#include <hourglass/autograd/ops.h>
#include <hourglass/models/autoencoder.h>

using namespace hourglass;

Variable cleaning_loss(models::Autoencoder& model, const Tensor& x, const Tensor& dirty) {
  return sum(square(model.decode(model.encode(x)) - dirty)) / static_cast<Scalar>(x.size(0));
}
