#include <hourglass/autograd/backward.h>
#include <hourglass/autograd/ops.h>
#include <hourglass/models/autoencoder.h>
#include <hourglass/models/denoising.h>
#include <hourglass/tensor/random.h>
#include "lessons/common/exercise/judge.h"

using namespace hourglass;

Variable cleaning_loss(models::Autoencoder& model, const Tensor& x, const Tensor& dirty);  // what the student writes

namespace {

// r = scale · x~, by one linear layer in the encoder and one in the decoder.
models::Autoencoder scaling(Scalar scale) {
  Rng rng(1);
  models::Autoencoder model;
  model.encoder = nn::mlp({2, 2}, Activation::none, Activation::none, rng);
  model.decoder = nn::mlp({2, 2}, Activation::none, Activation::none, rng);
  const nn::Parameters p = model.parameters();
  for (const auto& [place, values] : {std::pair{0, Tensor({2, 2}, {scale, 0, 0, scale})},
                                      {1, Tensor::zeros({2})},
                                      {2, Tensor({2, 2}, {1, 0, 0, 1})},
                                      {3, Tensor::zeros({2})}}) {
    Tensor weights = p[static_cast<std::size_t>(place)].variable.value();
    weights.copy_(values);
  }
  return model;
}

}  // namespace

TEST_CASE("a copy has the squared norm of the noise as its loss, a black output that of the image") {
  const Tensor x({2, 2}, {1, 0, 0, 2}), dirty({2, 2}, {1.5, 0, 1, 2});
  models::Autoencoder copy = scaling(1), nothing = scaling(0);
  const Variable loss = cleaning_loss(copy, x, dirty);
  expect(loss.dim() == 0, "the loss is a single number, of rank 0; it has rank " + std::to_string(loss.dim()));
  expect_close("the loss of a copy for x = (1, 0), (0, 2) and x~ = (1.5, 0), (1, 2): (0.25 + 1) / 2", loss.item(),
               0.625);
  expect_close("the loss of black outputs there: (1 + 4) / 2", cleaning_loss(nothing, x, dirty).item(), 2.5);
}

TEST_CASE("the input is the noisy image, the target is the clean one") {
  models::Autoencoder half = scaling(0.5);
  const Tensor x({1, 2}, {1, 1}), dirty({1, 2}, {2, 2});
  expect_close("r = x~ / 2 for x = (1, 1) and x~ = (2, 2)", cleaning_loss(half, x, dirty).item(), 0);
}

TEST_CASE("gradients reach the weights of encoder and decoder") {
  models::Autoencoder half = scaling(0.5);
  const Tensor x({1, 2}, {1, 0}), dirty({1, 2}, {1, 0});  // r = (0.5, 0): an error of -0.5
  const Variable loss = cleaning_loss(half, x, dirty);
  expect(loss.requires_grad(), "the loss requires a gradient: it depends on the weights through ops");
  if (!loss.requires_grad()) return;
  backward(loss);
  const nn::Parameters p = half.parameters();
  for (const std::size_t i : {0, 2}) expect(!p[i].variable.grad().empty(), p[i].name + " has a gradient");
  if (p[0].variable.grad().empty() || p[2].variable.grad().empty()) return;
  expect_close("dL/dW₁ = 2 (r - x) x~ᵀ, where W₂ = I", p[0].variable.grad(), Tensor({2, 2}, {-1, 0, 0, 0}));
  expect_close("dL/dW₂ = 2 (r - x) hᵀ", p[2].variable.grad(), Tensor({2, 2}, {-0.5, 0, 0, 0}));
}
