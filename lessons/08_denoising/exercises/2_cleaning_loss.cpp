// Task 2 of lesson 08: the loss of a net that sees noise
//
// x [n, d] are clean images, dirty [n, d] the same with noise; `model.encode` is f, `model.decode` is g. Write
//
//     L(x, g(f(x~))) = (1/n) Σ_i ‖x_i - g(f(x~_i))‖²
//
// summed over the numbers of an image, averaged over the images: one number (rank 0), from which a gradient reaches the
// weights of both halves. The net must never see x; what it makes must never be compared with x~. Use ops
// (autograd/ops.h).
#include <hourglass/autograd/ops.h>
#include <hourglass/models/autoencoder.h>
#include "lessons/common/exercise/todo.h"

using namespace hourglass;

Variable cleaning_loss(models::Autoencoder& model, const Tensor& x, const Tensor& dirty) {
  todo("cleaning_loss(model, x, dirty): what a denoising net is to minimise");
}
