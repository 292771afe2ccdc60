// A denoising diffusion probabilistic model (DDPM; Ho et al. 2020) of digits x_0, whose pixels are scaled to [-1, 1].
// β_t increases linearly from 0.0005 to 0.1, and T = 200:
//
//     forward:  x_t = √ᾱ_t x_0 + √(1 - ᾱ_t) ε,   ε ~ N(0, I),   ᾱ_t = Π_{s ≤ t} (1 - β_s)
//     loss:     L = mean over the pixels of (ε - ε_θ(x_t, t))², with t uniform in 1 … T
//     sample:   x_T ~ N(0, I), and for t = T … 1, with ζ ~ N(0, I), but ζ = 0 where t = 1:
//               x_{t-1} = (x_t - β_t / √(1 - ᾱ_t) ε_θ(x_t, t)) / √(1 - β_t) + √β_t ζ
//
// The noise predictor is ε_θ(x, t) = x + MLP([x, e(t)]), where e_k(t) = sin(t / 10000^(k/32)), and 32 cosines likewise.
// The sum is a residual connection: 512 hidden units alone cannot represent the noise of 784 pixels. In the code t
// begins at 0.
//
// diffusion [EPOCHS [IMAGES]] prints L on the test set, and writes weights.safetensors and samples.png.
#include <hourglass/hourglass.h>

#include <cmath>
#include <cstdio>
#include <cstdlib>

using namespace hourglass;

constexpr int steps = 200, frequencies = 32;

double beta(int t) { return 5e-4 + (0.1 - 5e-4) * t / (steps - 1); }

struct Diffusion : nn::Module {
  explicit Diffusion(Rng& rng)
      : network(nn::mlp({784 + 2 * frequencies, 512, 512, 784}, Activation::silu, Activation::none, rng)) {
    Tensor phase = Tensor::zeros({steps, frequencies});
    double product = 1;
    for (int t = 0; t < steps; ++t) {
      product *= 1 - beta(t);
      alpha_bar.at_({t, 0}) = Scalar(product);
      for (int k = 0; k < frequencies; ++k) phase.at_({t, k}) = Scalar(t * std::pow(10000, -double(k) / frequencies));
    }
    time = cat({sin(phase), cos(phase)}, 1);
  }
  nn::Members members() override { return {{"network", network}}; }
  // ε_θ of noisy images x [n, 784], each at its own time step t
  Variable operator()(const Tensor& x, std::span<const int> t) { return x + network(cat({x, embedding(t, time)}, 1)); }
  // L of images x_0 = x, each at a random time step
  Variable loss(const Tensor& x, Rng& rng) {
    std::vector<int> t;
    for (Index i = 0; i < x.size(0); ++i) t.push_back(int(rng.below(steps)));
    const Tensor a = embedding(t, alpha_bar);
    const Tensor epsilon = rng.normal(x.shape());
    return mean(square(epsilon - (*this)(sqrt(a) * x + sqrt(1 - a) * epsilon, t)));
  }
  // n samples x_0
  Tensor sample(Index n, Rng& rng) {
    Tensor x = rng.normal({n, 784});
    for (int t = steps - 1; t >= 0; --t) {
      const Tensor a = alpha_bar[t];
      const Tensor epsilon = (*this)(x, std::vector<int>(n, t)).value();
      x = (x - beta(t) / sqrt(1 - a) * epsilon) / std::sqrt(1 - beta(t));
      if (t > 0) x += std::sqrt(beta(t)) * rng.normal({n, 784});
    }
    return x;
  }

  nn::Sequential network;
  Tensor alpha_bar = Tensor::zeros({steps, 1}), time;
};

int main(int argc, char** argv) {
  const int epochs = argc > 1 ? std::atoi(argv[1]) : 20;
  const Index images = argc > 2 ? std::atoi(argv[2]) : 60000;
  Rng rng(1);
  const data::Dataset digits = data::mnist();
  const data::DataLoader loader(digits.train.slice(0, images), {.batch_size = 128, .shuffle = true});
  Diffusion model(rng);
  nn::Adam adam(model.parameters(), {.learning_rate = 1e-3});
  for (int epoch = 1; epoch <= epochs; ++epoch) {
    for (const data::Batch& x : loader.epoch(epoch)) {
      adam.zero_grad();
      backward(model.loss(2 * x - 1, rng));
      adam.step();
    }
    std::printf("epoch %d: test loss %.4f\n", epoch, model.loss(2 * digits.test.tensor() - 1, rng).item());
  }
  io::save_weights("weights.safetensors", model.parameters());
  io::write_file("samples.png", report::grid((model.sample(100, rng) + 1) / 2, 28, 28, 10).png());
}
