#include <hourglass/models/wasserstein_autoencoder.h>

#include <hourglass/autograd/ops.h>
#include <hourglass/autograd/record.h>
#include <hourglass/tensor/distances.h>
#include <hourglass/tensor/error.h>

namespace hourglass::HOURGLASS_BUILD::models {

namespace {

// y_ij = ‖a_i - b_j‖²,   da_i = 2 Σ_j gy_ij (a_i - b_j),   db_j = 2 Σ_i gy_ij (b_j - a_i)
// The gradients are products, about the mean of b: what both have in common would cost digits.
Variable distances(const Variable& a, const Variable& b) {
  Tensor y({a.size(0), b.size(0)});
  Scalar* to = y.write_();
  each_distance_row(a.value(), b.value(), "squared_mmd", [&](Index i, const double* row) {
    for (Index j = 0; j < b.size(0); ++j) to[i * b.size(0) + j] = static_cast<Scalar>(row[j]);
  });
  return record("distances", y, {a, b}, Save::inputs, [](Node& n, const Variable& gy) {
    const Variable center = mean(n.input(1), 0, Keep::yes).detach(), u = n.input(0) - center, v = n.input(1) - center;
    const Variable gu = sum(gy, 1, Keep::yes) * u - matmul(gy, v),
                   gv = transpose(sum(gy, 0, Keep::yes)) * v - matmul(gy, u, Transpose::yes);
    return Gradients{2 * gu, 2 * gv};
  });
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
  require(a.dim() == 2 && b.dim() == 2 && a.size(1) == b.size(1) && a.size(0) >= 2 && b.size(0) >= 2,
          "squared_mmd: ", a.shape(), " and ", b.shape(),
          ": expected two samples of at least two rows, all of the same length");
  const Scalar n = static_cast<Scalar>(a.size(0)), m = static_cast<Scalar>(b.size(0));
  const Scalar own = 7;  // Σ_s k(a, a): what the diagonal adds for each row
  return (kernel_sum(a, a) - own * n) / (n * (n - 1)) + (kernel_sum(b, b) - own * m) / (m * (m - 1)) -
         2 * kernel_sum(a, b) / (n * m);
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

}  // namespace hourglass::HOURGLASS_BUILD::models
