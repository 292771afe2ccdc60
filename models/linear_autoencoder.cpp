#include <hourglass/models/linear_autoencoder.h>

#include <hourglass/autograd/ops.h>

namespace hourglass::HOURGLASS_BUILD::models {

LinearAutoencoder::LinearAutoencoder(const Options& o, Rng& rng) : weight_penalty(o.weight_penalty) {
  encoder = nn::mlp({o.input, o.code}, Activation::none, Activation::none, rng);
  decoder = nn::mlp({o.code, o.input}, Activation::none, Activation::none, rng);
}

Loss LinearAutoencoder::loss(const Tensor& x) {
  const Loss reconstruction = nn::squared_error(decode(encode(x)), x);
  if (weight_penalty == 0) return reconstruction;
  Variable squares = Tensor::scalar(0);
  for (const nn::Parameter& p : parameters())
    if (p.name.ends_with("weight")) squares = squares + sum(square(p.variable));
  return nn::with_penalty(reconstruction, weight_penalty * squares);
}

}  // namespace hourglass::HOURGLASS_BUILD::models
