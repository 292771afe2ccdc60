// The β-TC-VAE (Chen et al. 2018). The KL term of a VAE is the sum of the mutual information of x and z, the total
// correlation of the latent variables z_j, and the KL divergence of each z_j from its prior. The total correlation is
// weighted by β:
//
//     L = -E log p(x|z) + I(x; z) + β KL(q(z) ‖ Π_j q(z_j)) + Σ_j KL(q(z_j) ‖ p(z_j))
//
// q(z) is the mean of q(z|x) over the N training images. Minibatch weighted sampling estimates it from a batch of M
// images x_k, for each z ~ q(z|x_i); and q(z_j) likewise:
//
//     log q(z) ≈ log Σ_k q(z|x_k) - log(N M)
//
// beta_tc_vae [EPOCHS [IMAGES [BETA]]] prints the terms of L, and writes weights.safetensors and traversals.png, where
// z_j goes from -3 to 3 in row j, while the other latent variables are 0.
#include <hourglass/hourglass.h>

#include <cmath>
#include <cstdio>
#include <cstdlib>
#include <numbers>

using namespace hourglass;

constexpr Index latents = 10;

// log N(z; mu, σ²) of each element, with s = log σ²
Variable log_normal(const Variable& z, const Variable& mu, const Variable& s) {
  return -0.5 * (std::log(2 * std::numbers::pi) + s + square(z - mu) / exp(s));
}

struct Terms {
  Variable reconstruction, mutual_information, total_correlation, dimension_wise_kl;  // nats per image
};

struct BetaTCVAE : nn::Module {
  explicit BetaTCVAE(Rng& rng)
      : encoder(nn::mlp({784, 256, 2 * latents}, Activation::relu, Activation::none, rng)),
        decoder(nn::mlp({latents, 256, 784}, Activation::relu, Activation::none, rng)) {}
  nn::Members members() override { return {{"encoder", encoder}, {"decoder", decoder}}; }
  // the terms of L for a batch x [M, 784], where log_nm = log(N M)
  Terms terms(const Tensor& x, double log_nm, Rng& rng) {
    const Index m = x.size(0);
    const Variable q = encoder(x);
    const Variable mu = narrow(q, 1, 0, latents), s = narrow(q, 1, latents, latents);
    const Variable z = mu + exp(s / 2) * rng.normal({m, latents});
    const Variable pairs = log_normal(reshape(z, {m, 1, latents}), mu, s);  // [i, k, j]: log q(z_ij | x_k)
    const Variable log_qz_x = sum(log_normal(z, mu, s), 1);
    const Variable log_qz = logsumexp(sum(pairs, 2), 1) - log_nm;
    const Variable log_product = sum(logsumexp(pairs, 1) - log_nm, 1);
    const Variable log_pz = sum(log_normal(z, Tensor::scalar(0), Tensor::scalar(0)), 1);
    return {nn::binary_cross_entropy_with_logits(decoder(z), x).value, mean(log_qz_x - log_qz),
            mean(log_qz - log_product), mean(log_product - log_pz)};
  }

  nn::Sequential encoder, decoder;
};

int main(int argc, char** argv) {
  const int epochs = argc > 1 ? std::atoi(argv[1]) : 10;
  const int images = argc > 2 ? std::atoi(argv[2]) : 60000;
  const double beta = argc > 3 ? std::atof(argv[3]) : 6;
  Rng rng(1);
  const data::Dataset digits = data::mnist();
  const data::DataLoader loader(digits.train.slice(0, images), {.batch_size = 128, .shuffle = true, .drop_last = true});
  BetaTCVAE model(rng);
  nn::Adam adam(model.parameters(), {.learning_rate = 1e-3});
  for (int epoch = 1; epoch <= epochs; ++epoch)
    for (const data::Batch& x : loader.epoch(epoch)) {
      const Terms t = model.terms(x, std::log(128.0 * images), rng);
      const Variable loss = t.reconstruction + t.mutual_information + beta * t.total_correlation + t.dimension_wise_kl;
      adam.zero_grad();
      backward(loss);
      adam.step();
    }
  // 1,000 images and no more: q(z) is their mean, and is not estimated
  const Terms t = model.terms(digits.test.slice(0, 1000).tensor(), std::log(1000), rng);
  std::printf(
      "test: reconstruction %.1f, mutual information %.2f, total correlation %.2f, dimension-wise KL %.2f nats\n",
      t.reconstruction.item(), t.mutual_information.item(), t.total_correlation.item(), t.dimension_wise_kl.item());
  io::save_weights("weights.safetensors", model.parameters());
  Tensor z = Tensor::zeros({7 * latents, latents});
  for (Index j = 0; j < latents; ++j)
    for (Index step = 0; step < 7; ++step) z.at_({7 * j + step, j}) = Scalar(step - 3);
  io::write_file("traversals.png", report::grid(sigmoid(model.decoder(z)).value(), 28, 28, 7).png());
}
