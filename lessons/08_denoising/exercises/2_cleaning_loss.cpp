// Task 2 of lesson 08: the loss of a denoising autoencoder
//
// x [n, d] are clean images, dirty [n, d] are the same images with noise; `model.encode` is f, `model.decode` is g.
// Return
//
//     L(x, g(f(x~))) = (1/n) Σ_i ‖x_i - g(f(x~_i))‖²
//
// summed over the pixels of an image and averaged over the images: one number (rank 0), through which gradients reach
// the weights of encoder and decoder. The input of the encoder is x~ = dirty; the target of the loss is x. Use ops
// (autograd/ops.h).
#include <hourglass/autograd/ops.h>
#include <hourglass/models/autoencoder.h>
#include "lessons/common/exercise/todo.h"

using namespace hourglass;

Variable cleaning_loss(models::Autoencoder& model, const Tensor& x, const Tensor& dirty) {
  todo("cleaning_loss(model, x, dirty): the denoising loss is missing");
}
