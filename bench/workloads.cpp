#include "bench/workloads.h"

#include <memory>

#include <hourglass/autograd/backward.h>
#include <hourglass/autograd/grad_mode.h>
#include <hourglass/autograd/ops.h>
#include <hourglass/models/adversarial.h>
#include <hourglass/models/deep.h>
#include <hourglass/models/undercomplete.h>
#include <hourglass/models/variational.h>
#include <hourglass/nn/adam.h>
#include <hourglass/nn/conv2d.h>
#include <hourglass/nn/function.h>
#include <hourglass/nn/loss.h>
#include <hourglass/tensor/error.h>
#include <hourglass/tensor/layout.h>

namespace hourglass::HOURGLASS_BUILD::bench {
namespace {

constexpr Index batch = 128;

Variable mean_squared_error(const Variable& r, const Variable& x) {
  return nn::squared_error(r, x).value / static_cast<Scalar>(x.numel() / x.size(0));
}

// One training step: from the loss to new parameters.
Tensor train(nn::Adam& adam, const Variable& loss) {
  adam.zero_grad();
  backward(loss);
  adam.step();
  return loss.value();
}

// The same where the loss was made from more than these parameters: only their gradients are computed.
Tensor train_only(const nn::Parameters& parameters, nn::Adam& adam, const Variable& loss) {
  Variables targets;
  for (const nn::Parameter& p : parameters) targets.push_back(p.variable);
  adam.zero_grad();
  backward(loss, targets);
  adam.step();
  return loss.value();
}

// a
Step small_autoencoder(Inputs& in) {
  auto model = std::make_shared<models::Undercomplete>(models::Undercomplete::Sizes{}, in.rng);
  auto adam = std::make_shared<nn::Adam>(in.weights(model->parameters()));
  return [=, x = in.images(batch)] { return train(*adam, mean_squared_error(model->decode(model->encode(x)), x)); };
}

// b: the training set stays in memory beside it, as in a lesson.
template <Index images>
Step deep_autoencoder(Inputs& in) {
  auto model = std::make_shared<models::Deep>(models::Deep::Options{}, in.rng);
  auto adam = std::make_shared<nn::Adam>(in.weights(model->parameters()));
  auto digits = std::make_shared<data::Images>(in.drawing() ? data::Images{} : training_set());
  return [=, x = in.images(images)] {
    static_cast<void>(digits);
    return train(*adam, mean_squared_error(model->decode(model->encode(x)), x));
  };
}

// c
Step variational(Inputs& in) {
  auto model = std::make_shared<models::Variational>(models::Variational::Options{}, in.rng);
  auto adam = std::make_shared<nn::Adam>(in.weights(model->parameters()));
  return [=, x = in.images(batch), noise = in.noise({batch, model->code})] {
    const models::Posterior q = model->posterior(x);
    const Variable h = q.mean + exp(0.5 * q.log_variance) * noise;
    const Variable kl = gaussian_kl(q.mean, q.log_variance) / static_cast<Scalar>(batch);
    return train(*adam, nn::binary_cross_entropy_with_logits(model->logits(h), x).value + kl);
  };
}

nn::Function reshaped(const Shape& image) {  // to [n, …]
  return nn::Function([image](const Variable& x) {
    const Index n = x.size(0);
    return reshape(x, image.dim() == 1 ? Shape{n, image[0]} : Shape{n, image[0], image[1], image[2]});
  });
}

// d
Step convolutional(Inputs& in) {
  auto model = std::make_shared<models::Autoencoder>();
  model->encoder.add(nn::Conv2d({1, 16, 3, 2, 1}, Activation::relu, in.rng))
      .add(nn::Conv2d({16, 32, 3, 2, 1}, Activation::relu, in.rng))
      .add(reshaped({1568}))
      .add(nn::Linear(1568, 32, Activation::none, in.rng));
  model->decoder.add(nn::Linear(32, 1568, Activation::relu, in.rng))
      .add(reshaped({32, 7, 7}))
      .add(nn::ConvTranspose2d({32, 16, 3, 2, 1, 1}, Activation::relu, in.rng))
      .add(nn::ConvTranspose2d({16, 1, 3, 2, 1, 1}, Activation::sigmoid, in.rng));
  auto adam = std::make_shared<nn::Adam>(in.weights(model->parameters()));
  return [=, x = in.images(batch).reshape({batch, 1, 28, 28})] {
    return train(*adam, mean_squared_error(model->decode(model->encode(x)), x));
  };
}

// e: one update of the discriminator, then one of the generator, whose images serve both.
Step adversarial(Inputs& in) {
  auto gan = std::make_shared<models::Gan>(models::Gan::Options{}, in.rng);
  const nn::Parameters g = in.weights(gan->generator.parameters("generator."));
  const nn::Parameters d = in.weights(gan->discriminator.parameters("discriminator."));
  auto adam_g = std::make_shared<nn::Adam>(g), adam_d = std::make_shared<nn::Adam>(d);
  const Tensor ones = Tensor::full({batch, 1}, 1), zeros = Tensor::zeros({batch, 1});
  return [=, x = in.images(batch), z = in.noise({batch, gan->noise_size})] {
    const Variable fake = gan->generate(z);
    const Variable real_loss = nn::binary_cross_entropy_with_logits(gan->discriminate(x), ones).value;
    const Variable fake_loss =
        nn::binary_cross_entropy_with_logits(gan->discriminate(fake.detach()), zeros).value;
    const Tensor loss = train(*adam_d, real_loss + fake_loss);
    train_only(g, *adam_g, nn::binary_cross_entropy_with_logits(gan->discriminate(fake), ones).value);
    return loss;
  };
}

// f: the norm of the Jacobian by its product with a random vector, ‖vᵀ ∂h/∂x‖², differentiated once more.
Step contractive(Inputs& in) {
  auto model = std::make_shared<models::Autoencoder>();
  model->encoder = nn::mlp({784, 256, 64}, Activation::sigmoid, Activation::sigmoid, in.rng);
  model->decoder = nn::mlp({64, 784}, Activation::none, Activation::none, in.rng);
  const nn::Parameters parameters = in.weights(model->parameters());
  auto adam = std::make_shared<nn::Adam>(parameters);
  return [=, x = Variable::parameter(in.images(batch)), v = in.noise({batch, 64})] {
    const Variable h = model->encode(x);
    const Variable slope = grad(h, x, Graph::create, v);
    const Variable penalty = sum(square(slope)) / static_cast<Scalar>(batch);
    const Variable loss = nn::binary_cross_entropy_with_logits(model->decode(h), x.detach()).value + 0.1 * penalty;
    return train_only(parameters, *adam, loss);
  };
}

// g: the codes of the last batch are what is compared.
Step encoding(Inputs& in) {
  auto model = std::make_shared<models::Deep>(models::Deep::Options{}, in.rng);
  in.weights(model->parameters());
  const Tensor x = in.images(10000);
  std::vector<Tensor> batches;
  for (Index first = 0; first < x.size(0); first += 512)
    batches.push_back(narrow(x, 0, first, std::min<Index>(512, x.size(0) - first)));
  return [=] {
    const NoGrad mode;
    Tensor h;
    for (const Tensor& images : batches) h = model->encode(images).value();
    return h;
  };
}

// i: how many images there are is what is compared.
Step reading(Inputs&) {
  return [] { return Tensor::scalar(static_cast<Scalar>(training_set().count)); };
}

}  // namespace

const std::vector<Workload>& workloads() {
  const auto deep = [](Index n) { return mlp(n, {784, 1000, 500, 250, 30, 250, 500, 1000, 784}); };
  static const std::vector<Workload> all{
      {"a", "autoencoder 784-128-32", small_autoencoder, mlp(batch, {784, 128, 32, 128, 784})},
      {"b128", "784-1000-500-250-30, batch 128", deep_autoencoder<128>, deep(128)},
      {"b512", "the same, batch 512", deep_autoencoder<512>, deep(512)},
      {"c", "VAE 784-400-20", variational, mlp(batch, {784, 400, 40}) + mlp(batch, {20, 400, 784}, 1)},
      // a convolution multiplies [images · places, patch]; a transposed one goes through the same product backwards
      {"d",
       "convolutional",
       convolutional,
       {{batch * 196, 9, 16, 1, 1, 0},
        {batch * 49, 144, 32, 1, 1, 1},
        {batch, 1568, 32, 1, 1, 1},
        {batch, 32, 1568, 1, 1, 1},
        {batch * 49, 144, 32, 1, 1, 1},
        {batch * 196, 9, 16, 1, 1, 1}}},
      // generator; discriminator on digits, and on the generator's images; the latter again without its weights
      {"e", "GAN 64-256-784, 784-256-1", adversarial,
       mlp(batch, {64, 256, 784}) + mlp(batch, {784, 256, 1}) + mlp(batch, {784, 256, 1}) +
           std::vector<Layer>{{batch, 784, 256, 1, 0, 1}, {batch, 256, 1, 1, 0, 1}}},
      // the encoder: forward, vᵀ ∂h/∂x, the same two ways back
      {"f",
       "contractive, second order",
       contractive,
       {{batch, 784, 256, 2, 2, 1}, {batch, 256, 64, 2, 2, 2}, {batch, 64, 784, 1, 1, 1}}},
      {"g",
       "encoding 10,000 images",
       encoding,
       {{512, 784, 1000, 1, 0, 0}, {512, 1000, 500, 1, 0, 0}, {512, 500, 250, 1, 0, 0}, {512, 250, 30, 1, 0, 0}},
       10000 / 512.0},
      {"h", "process start to first step of a", small_autoencoder, {}, 1, true},
      {"i", "reading the training set", reading, {}},
  };
  return all;
}

const Workload& workload(const std::string& name) {
  std::string names;
  for (const Workload& w : workloads()) {
    if (w.name == name) return w;
    names += " " + w.name;
  }
  fail("bench: there is no workload '", name, "'; there are", names);
}

}  // namespace hourglass::HOURGLASS_BUILD::bench
