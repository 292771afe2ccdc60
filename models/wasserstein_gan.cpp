#include <hourglass/models/wasserstein_gan.h>

#include <hourglass/autograd/backward.h>
#include <hourglass/autograd/ops.h>
#include <hourglass/models/autoencoder.h>
#include <hourglass/tensor/elementwise.h>
#include <hourglass/tensor/error.h>

namespace hourglass::HOURGLASS_BUILD::models {

WassersteinGan::WassersteinGan(const Options& o, Rng& rng)
    : generator(nn::mlp(stack(o.noise, o.generator_hidden, o.input), Activation::relu, Activation::sigmoid, rng)),
      critic(nn::mlp(stack(o.input, o.critic_hidden, 1), Activation::leaky(0.2), Activation::none, rng)),
      noise_size(o.noise),
      weight(o.weight) {
  require(o.weight >= 0, "WassersteinGan: the penalty's weight is ", o.weight, ", it cannot be negative");
}

Variable WassersteinGan::gradient_penalty(const Tensor& x) {
  const Variable at = Variable::parameter(x);
  const Variable gradient = grad(sum(score(at)), at, Graph::create);  // [n, input]: images do not mix
  const Variable norm = sqrt(sum(square(gradient), 1) + 1e-12);       // no kink at 0
  return mean(square(norm - 1));
}

Loss WassersteinGan::critic_loss(const Tensor& x, Rng& rng) {
  const Index n = x.size(0);
  const Tensor fake = generate(noise(n, rng)).detach().value();
  const Tensor t = rng.uniform({n, 1});
  const Tensor between = x * t + fake * (1 - t);
  const Loss distance{mean(score(fake)) - mean(score(x)), Unit::critic_score};
  return nn::with_penalty(distance, weight * gradient_penalty(between));
}

Loss WassersteinGan::generator_loss(Index n, Rng& rng) {
  return {-mean(score(generate(noise(n, rng)))), Unit::critic_score};
}

}  // namespace hourglass::HOURGLASS_BUILD::models
