#include "models/wasserstein_autoencoder.h"

#include "autograd/ops.h"
#include "tensor/error.h"

namespace hourglass::inline HOURGLASS_BUILD::models {

namespace {

// ‖a_i - b_j‖² = ‖a_i‖² - 2 a_i·b_j + ‖b_j‖²: [n, m]. Rounding must not make it negative.
Variable distances(const Variable& a, const Variable& b) {
  const Variable products = matmul(a, b, Transpose::no, Transpose::yes);
  return relu(sum(square(a), 1, true) - Scalar(2) * products + transpose(sum(square(b), 1, true)));
}

// Σ_ij k(a_i, b_j)
Variable kernel_sum(const Variable& a, const Variable& b) {
  const Variable d = distances(a, b);
  Variable total = Tensor::scalar(0);
  for (const double s : {0.1, 0.2, 0.5, 1.0, 2.0, 5.0, 10.0}) {
    const Scalar scale = static_cast<Scalar>(s) * 2 * static_cast<Scalar>(a.size(1));
    total = total + scale * sum(pow(d + scale, -1));
  }
  return total;
}

}  // namespace

Variable squared_mmd(const Variable& a, const Variable& b) {
  require(a.rank() == 2 && b.rank() == 2 && a.size(1) == b.size(1) && a.size(0) >= 2 && b.size(0) >= 2,
          "squared_mmd: ", a.shape(), " and ", b.shape(),
          ": expected two samples of at least two rows, all of the same length");
  const Scalar n = static_cast<Scalar>(a.size(0)), m = static_cast<Scalar>(b.size(0));
  const Scalar own = 7;  // Σ_s k(a, a): what the diagonal adds for each row
  return (kernel_sum(a, a) - own * n) / (n * (n - 1)) + (kernel_sum(b, b) - own * m) / (m * (m - 1)) -
         Scalar(2) * kernel_sum(a, b) / (n * m);
}

WassersteinAutoencoder::WassersteinAutoencoder(const Options& o, Rng& rng) : code(o.code), weight(o.weight) {
  require(o.weight >= 0, "WassersteinAutoencoder: the penalty's weight is ", o.weight, ", it cannot be negative");
  encoder = nn::mlp(stack(o.input, o.hidden, o.code), Activation::relu, Activation::none, rng);
  decoder = nn::mlp(stack(o.code, mirrored(o.hidden), o.input), Activation::relu, Activation::sigmoid, rng);
}

Loss WassersteinAutoencoder::loss(const Tensor& x, Rng& rng) {
  const Variable h = encode(x);
  const Tensor z = rng.normal(h.shape());
  return nn::with_penalty(nn::squared_error(decode(h), x), weight * squared_mmd(h, z));
}

}  // namespace hourglass::inline HOURGLASS_BUILD::models
