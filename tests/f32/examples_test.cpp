#include <cmath>
#include <cstdio>
#include <cstdlib>
#include <numbers>

#include <hourglass/hourglass.h>
#include "tests/check.h"

// Each program in examples/ is trained for some seconds, and what it has saved must have learned. The bands are those
// of predictors that need no network.

#define main  \
  declared(); \
  void train  // "int main(int argc, char** argv) {" becomes "int declared(); void train(int argc, char** argv) {"
namespace recurrent_digits {
#include "examples/recurrent_digits/main.cpp"
}
namespace masked_autoencoder {
#include "examples/masked_autoencoder/main.cpp"
}
namespace beta_tc_vae {
#include "examples/beta_tc_vae/main.cpp"
}
namespace diffusion {
#include "examples/diffusion/main.cpp"
}
#undef main

using namespace hourglass;

namespace {

// Runs a program in a folder of its own; the model gets the weights that it saves there, and the image must be there.
void train(void (*program)(int, char**), std::vector<std::string> arguments, const nn::Module& model,
           const std::string& image = "") {
  const TemporaryFolder folder;
  std::vector<char*> argv;
  arguments.insert(arguments.begin(), "program");
  for (std::string& argument : arguments) argv.push_back(argument.data());
  const std::filesystem::path before = std::filesystem::current_path();
  std::filesystem::current_path(folder.path);
  program(static_cast<int>(argv.size()), argv.data());
  std::filesystem::current_path(before);
  io::load_weights(folder / "weights.safetensors", model.parameters());
  if (!image.empty()) CHECK(std::filesystem::file_size(folder / image) > 1000);
}

Scalar correlation(const Tensor& a, const Tensor& b) {
  const Tensor x = a - mean(a), y = b - mean(b);
  return (sum(x * y) / sqrt(sum(square(x)) * sum(square(y)))).item();
}

}  // namespace

TEST_CASE("examples/recurrent_digits classifies digits that it was not trained on") {
  Rng rng(2);
  recurrent_digits::Classifier model(rng);
  train(recurrent_digits::train, {"2", "10000"}, model);
  const NoGrad no_grad;
  const data::Images test = data::mnist().test;
  const std::vector<int> predicted = argmax(model(test.tensor()).value(), 1);
  const double accuracy = metrics::share_equal(predicted, test.labels);
  CHECK_MESSAGE(accuracy > 0.8, "an accuracy of " << accuracy);
}

TEST_CASE("examples/masked_autoencoder predicts masked patches better than their mean, and from the visible ones") {
  Rng rng(2);
  masked_autoencoder::MaskedAutoencoder model(rng);
  train(masked_autoencoder::train, {"3", "10000"}, model, "reconstructions.png");
  const NoGrad no_grad;
  const data::Dataset digits = data::mnist();
  const Tensor images = digits.test.slice(0, 1000).tensor();
  const Tensor mean_image = broadcast_to(mean(digits.train.tensor(), 0), images.shape());
  const Tensor x = masked_autoencoder::to_patches(images);
  const masked_autoencoder::Mask mask(1000, rng);
  const auto error = [&](const Tensor& predicted) {
    return mean(square(embedding(mask.masked, predicted - x))).item();
  };
  const Scalar ours = error(model(x, mask).value());
  const Scalar constant = error(masked_autoencoder::to_patches(mean_image));
  const Tensor others = cat({narrow(x, 0, 49, 999 * 49), narrow(x, 0, 0, 49)});  // the next image's visible patches
  const Scalar misled = error(model(others, mask).value());
  CHECK_MESSAGE(ours < 0.9 * constant, ours << ", the mean patch " << constant);
  CHECK_MESSAGE(misled > 1.1 * constant, misled << " from another image's patches, the mean patch " << constant);
  CHECK(amax(abs(masked_autoencoder::to_images(x) - images)).item() == 0);
  CHECK(mask.visible.size() == 12 * 1000);
  CHECK(mask.masked.size() == 37 * 1000);
}

TEST_CASE("examples/beta_tc_vae: a larger beta leaves less total correlation, and costs reconstruction") {
  Rng rng(2);
  beta_tc_vae::BetaTCVAE vae(rng), weighted(rng);
  train(beta_tc_vae::train, {"3", "10000", "1"}, vae, "traversals.png");
  train(beta_tc_vae::train, {"3", "10000", "6"}, weighted, "traversals.png");
  const NoGrad no_grad;
  const data::Dataset digits = data::mnist();
  const Tensor x = digits.test.slice(0, 1000).tensor();
  const beta_tc_vae::Terms one = vae.terms(x, std::log(1000), rng), six = weighted.terms(x, std::log(1000), rng);
  const auto total_correlation = [](const beta_tc_vae::Terms& t) { return t.total_correlation.item(); };
  const auto reconstruction = [](const beta_tc_vae::Terms& t) { return t.reconstruction.item(); };
  CHECK_MESSAGE(total_correlation(six) < total_correlation(one) / 2,
                total_correlation(six) << " with 6, " << total_correlation(one) << " with 1");
  const Tensor pixels = clamp(mean(digits.train.tensor(), 0), 1e-4, 1 - 1e-4);
  const Tensor logits = broadcast_to(log(pixels / (1 - pixels)), x.shape());
  const Scalar constant = nn::binary_cross_entropy_with_logits(logits, x).value.item();
  CHECK_MESSAGE(reconstruction(one) < 0.75 * constant, reconstruction(one) << ", the mean image " << constant);
  CHECK_MESSAGE(reconstruction(one) < reconstruction(six), reconstruction(one) << " and " << reconstruction(six));
  // the three terms add up to the KL term of a VAE, whose closed form is another function of the encoder's output
  const std::vector<Variable> q = split(vae.encoder(x), beta_tc_vae::latents, 1);
  const Scalar kl = (gaussian_kl(q[0], q[1]) / 1000).item();
  const Scalar terms = (one.mutual_information + one.total_correlation + one.dimension_wise_kl).item();
  CHECK_MESSAGE(std::abs(terms - kl) < 0.03 * kl, terms << ", in closed form " << kl);
}

TEST_CASE(
    "examples/beta_tc_vae estimates the total correlation by minibatch weighted sampling, as the paper defines it") {
  Rng rng(2), first(3), again(3);
  beta_tc_vae::BetaTCVAE vae(rng);
  const NoGrad no_grad;
  constexpr Index m = 20, d = beta_tc_vae::latents;
  const Tensor x = data::mnist().test.slice(0, m).tensor();
  const double log_nm = std::log(m * 60000.0);
  const std::vector<Tensor> q = split(vae.encoder(x).value(), d, 1);
  const Tensor z = q[0] + exp(q[1] / 2) * first.normal({m, d});
  const auto density = [&](Index i, Index k, Index j) {  // q(z_ij | x_k)
    const double variance = std::exp(q[1].at({k, j})), difference = z.at({i, j}) - q[0].at({k, j});
    return std::exp(-difference * difference / (2 * variance)) / std::sqrt(2 * std::numbers::pi * variance);
  };
  double total = 0;
  for (Index i = 0; i < m; ++i) {
    double joint = 0;
    for (Index k = 0; k < m; ++k) {
      double product = 1;
      for (Index j = 0; j < d; ++j) product *= density(i, k, j);
      joint += product;
    }
    total += std::log(joint) - log_nm;
    for (Index j = 0; j < d; ++j) {
      double marginal = 0;
      for (Index k = 0; k < m; ++k) marginal += density(i, k, j);
      total -= std::log(marginal) - log_nm;
    }
  }
  CHECK(vae.terms(x, log_nm, again).total_correlation.item() == doctest::Approx(total / m).epsilon(1e-5));
}

TEST_CASE("examples/diffusion predicts noise better than a multiple of its input, and its samples are like digits") {
  Rng rng(2);
  diffusion::Diffusion model(rng);
  train(diffusion::train, {"2", "10000"}, model, "samples.png");
  const NoGrad no_grad;
  const Tensor x = 2 * data::mnist().test.slice(0, 2000).tensor() - 1;
  // the best multiple of x_t at each time t has this error, where v is the mean of x²
  const Tensor v = mean(square(x)), a = model.alpha_bar;
  const Scalar linear = mean(a * v / (a * v + (1 - a))).item();
  const Scalar error = model.loss(x, rng).item();
  CHECK_MESSAGE(error < 0.7 * linear, error << ", a multiple of the input " << linear);
  const Tensor samples = model.sample(100, rng);
  const Scalar alike = correlation(mean(samples, 0), mean(x, 0));
  CHECK_MESSAGE(alike > 0.8, "the mean sample and the mean digit have a correlation of " << alike);
}
