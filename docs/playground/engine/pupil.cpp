#include "docs/playground/engine/pupil.h"

#include <hourglass/autograd/backward.h>
#include <hourglass/autograd/ops.h>
#include <hourglass/models/adversarial.h>
#include <hourglass/models/deep.h>
#include <hourglass/models/denoising.h>
#include <hourglass/models/sparse.h>
#include <hourglass/models/variational.h>
#include <hourglass/nn/adam.h>
#include <hourglass/nn/optimizer.h>
#include <hourglass/tensor/elementwise.h>

namespace hourglass::HOURGLASS_BUILD::playground {
namespace {

void learn(const Loss& loss, nn::Optimizer& optimizer) {
  optimizer.zero_grad();
  backward(loss.value);
  optimizer.step();
}

// Any of the autoencoders.
template <class Model>
class Trained final : public Pupil {
 public:
  template <class Options>
  Trained(const Options& options, Scalar rate, Rng& rng)
      : model_(options, rng), adam_(model_.parameters(), {.learning_rate = rate}) {}

  Scalar step(const Tensor& x, Rng& rng) override {
    const Loss loss = loss_of(x, rng);
    learn(loss, adam_);
    return loss.value.item();
  }

  Scalar loss(const Tensor& x, Rng& rng) override { return loss_of(x, rng).value.item(); }
  Tensor encode(const Tensor& x) override { return model_.encode(x).value(); }
  Tensor decode(const Tensor& h) override { return model_.decode(h).value(); }

  Tensor seen(const Tensor& x, Rng& rng) override {
    if constexpr (requires { model_.corrupt(x, rng); }) return model_.corrupt(x, rng);
    return x;
  }

  void tune(Scalar learning_rate, Scalar noise, Scalar penalty) override {
    adam_.set_learning_rate(learning_rate);
    if constexpr (requires { model_.corruption.amount; }) model_.corruption.amount = noise;
    if constexpr (requires { model_.options.weight; }) model_.options.weight = penalty;
    if constexpr (requires { model_.beta; }) model_.beta = penalty;
  }

  nn::Parameters memory() const override { return adam_.state(); }
  nn::Parameters parameters() const override { return model_.parameters(); }

  nn::Networks networks() const override { return model_.networks(); }

 private:
  Loss loss_of(const Tensor& x, Rng& rng) {
    if constexpr (requires { model_.loss(x, rng); })
      return model_.loss(x, rng);
    else
      return model_.loss(x);
  }

  Model model_;
  nn::Adam adam_;
};

// The generative adversarial network, trained in turns as in lesson 10: first the discriminator, then the generator.
class TrainedGan final : public Pupil {
 public:
  TrainedGan(const models::Gan::Options& options, Scalar rate, Rng& rng)
      : model_(options, rng),
        generator_(model_.generator.parameters("generator."), {.learning_rate = rate, .beta1 = Scalar(0.5)}),
        discriminator_(model_.discriminator.parameters("discriminator."),
                       {.learning_rate = rate, .beta1 = Scalar(0.5)}) {}

  Scalar step(const Tensor& x, Rng& rng) override {
    learn(model_.discriminator_loss(x, rng), discriminator_);
    const Loss fooled = model_.generator_loss(x.size(0), rng);
    learn(fooled, generator_);
    return fooled.value.item();
  }

  Scalar loss(const Tensor& x, Rng& rng) override { return model_.generator_loss(x.size(0), rng).value.item(); }
  Tensor encode(const Tensor& x) override { return sigmoid(model_.discriminate(x)).value(); }
  Tensor decode(const Tensor& h) override { return model_.generate(h).value(); }
  Tensor seen(const Tensor& x, Rng&) override { return x; }

  void tune(Scalar learning_rate, Scalar, Scalar) override {
    generator_.set_learning_rate(learning_rate);
    discriminator_.set_learning_rate(learning_rate);
  }

  nn::Parameters memory() const override {
    nn::Parameters all = generator_.state();
    for (nn::Parameter& p : discriminator_.state()) all.push_back(std::move(p));
    return all;
  }
  nn::Parameters parameters() const override { return model_.parameters(); }

  nn::Networks networks() const override { return model_.networks(); }

 private:
  models::Gan model_;
  nn::Adam generator_, discriminator_;
};

}  // namespace

std::unique_ptr<Pupil> make_pupil(const Choice& c, Rng& rng) {
  const Scalar rate = c.learning_rate;
  const std::vector<Index> sizes = models::stack(pixels, c.hidden, c.code);
  switch (c.variant) {
    case Variant::undercomplete:
      return std::make_unique<Trained<models::Deep>>(models::Deep::Options{sizes, c.activation}, rate, rng);
    case Variant::sparse: {
      const auto penalty =
          c.activation == Activation::sigmoid ? models::Sparse::Penalty::kl : models::Sparse::Penalty::l1;
      return std::make_unique<Trained<models::Sparse>>(models::Sparse::Options{pixels, c.code, penalty, c.penalty},
                                                       rate, rng);
    }
    case Variant::denoising:
      return std::make_unique<Trained<models::Denoising>>(
          models::Denoising::Options{sizes, {nn::Corruption::Kind::clipped_gaussian, c.noise}, c.activation}, rate,
          rng);
    case Variant::variational:
      return std::make_unique<Trained<models::Variational>>(
          models::Variational::Options{pixels, c.hidden, c.code, c.activation, c.penalty}, rate, rng);
    case Variant::adversarial:
      return std::make_unique<TrainedGan>(models::Gan::Options{pixels, c.code, models::mirrored(c.hidden), c.hidden},
                                          rate, rng);
  }
  return nullptr;
}

}  // namespace hourglass::HOURGLASS_BUILD::playground
