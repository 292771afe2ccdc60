// The first autoencoder, of eight patterns through three units. PCA's error settles the metric before anything is
// trained on images; a linear autoencoder must reach it.
#include <hourglass/models/linear_autoencoder.h>

#include <set>

#include <hourglass/autograd/backward.h>
#include <hourglass/autograd/ops.h>
#include <hourglass/claims/figures/figures.h>
#include <hourglass/metrics/pca.h>
#include <hourglass/metrics/subspace.h>
#include <hourglass/nn/adam.h>
#include <hourglass/nn/labels.h>
#include <hourglass/nn/schedule.h>
#include <hourglass/nn/sgd.h>
#include <hourglass/tensor/elementwise.h>
#include <hourglass/tensor/product.h>

namespace hourglass::HOURGLASS_BUILD::claims {

namespace {

metrics::Pca fit_pca(const data::Images& images) {
  metrics::PcaFit fit;
  each(images, [&](const Tensor& x) { fit.add(x); });
  return fit.finish();
}

double pca_error(const metrics::Pca& pca, const data::Images& images, Index k) {
  return mean(images, [&](const Tensor& x) { return nn::squared_error(pca.reconstruct(x, k), x); });
}

std::vector<double> pca_errors(Experiment& e) {
  const metrics::Pca pca = fit_pca(e.digits.train);
  std::vector<double> errors;
  for (const Index k : {2, 6, 16, 30, 32, 64}) errors.push_back(pca_error(pca, e.digits.test, k));
  return errors;
}

// Eight patterns, each one of eight inputs, through three sigmoid units, from 30 random initial values: in how many
// runs the largest output is the pattern's own, and in how many of them the eight codes, rounded to 0 and 1, are
// distinct.
std::vector<double> eight_three_eight(Experiment& e) {
  const std::vector<int> all{0, 1, 2, 3, 4, 5, 6, 7};
  const Tensor patterns = nn::one_hot(all, 8);
  const int runs = e.quick ? 3 : 30, steps = 20000;
  int reconstructed = 0, binary = 0;
  for (int run = 0; run < runs; ++run) {
    Rng rng = e.rng(60).fork(static_cast<std::uint64_t>(run));
    models::Autoencoder model;
    model.encoder.add(nn::Linear(8, 3, Activation::sigmoid, rng));
    model.decoder.add(nn::Linear(3, 8, Activation::none, rng));
    for (const nn::Parameter& p : model.parameters()) {
      Tensor value = p.variable.value();
      value.copy_(rng.uniform(value.shape(), Scalar(-0.1), Scalar(0.1)));
    }
    nn::SGD sgd(model.parameters(), {.learning_rate = 0.5, .momentum = 0.9});
    for (int step = 0; step < steps; ++step) {
      sgd.zero_grad();
      backward(nn::binary_cross_entropy_with_logits(model.decode(model.encode(patterns)), patterns).value);
      sgd.step();
    }
    const Tensor h = model.encode(patterns).value();
    std::set<int> codes;
    for (Index i = 0; i < 8; ++i)
      codes.insert((h.at({i, 0}) > 0.5) + 2 * (h.at({i, 1}) > 0.5) + 4 * (h.at({i, 2}) > 0.5));
    reconstructed += argmax(model.decode(h).value(), 1) == all;
    binary += codes.size() == 8;
  }
  return {100.0 * reconstructed / runs, 100.0 * binary / runs};
}

std::vector<double> linear_by_batches(Experiment& e) {
  Rng rng = e.rng(1);
  models::LinearAutoencoder model({.input = 784, .code = 32}, rng);
  nn::Adam adam(model.parameters(), {.learning_rate = 2e-3});
  train(
      e, e.digits.train, model.parameters(), adam, {.epochs = 25, .rate = nn::cosine_lr()},
      [&](const Tensor& x, auto) { return model.loss(x); }, rng);
  const double trained = mean(e.digits.test, [&](const Tensor& x) { return model.loss(x); });
  return {trained / pca_error(fit_pca(e.digits.train), e.digits.test, 32) - 1};
}

// ‖x - W₂ W₁ x‖² averaged over all images is tr((1 - W₂ W₁) C (1 - W₂ W₁)ᵀ): with the covariance C, every step sees all
// of them at once. In the eigenvectors' own basis, so that the slow directions are not hidden behind the fast ones.
std::vector<double> linear_on_covariance(Experiment& e) {
  const Index k = 10, d = 784;
  const metrics::Pca pca = fit_pca(e.digits.train);
  Rng rng = e.rng(2);
  const Tensor roots = sqrt(clamp(pca.variances, 0, 1e9)).reshape({d, 1});
  const Tensor square_root = pca.components * roots;  // R with RᵀR = C: [d, d]
  const Variable W1 = Variable::parameter(rng.normal({k, d}, 0, 0.03));
  const Variable W2 = Variable::parameter(rng.normal({d, k}, 0, 0.03));
  nn::Adam adam({{"W1", W1}, {"W2", W2}}, {.learning_rate = 3e-3});
  const int steps = e.quick ? 50 : 4000;
  const nn::Schedule falling = nn::cosine_lr();
  for (int step = 0; step < steps; ++step) {
    const Variable through =
        matmul(matmul(square_root, W1, Transpose::no, Transpose::yes), W2, Transpose::no, Transpose::yes);
    adam.set_learning_rate(Scalar(3e-3) * falling(static_cast<Scalar>(step) / static_cast<Scalar>(steps)));
    adam.zero_grad();
    backward(squared_difference(through, square_root));
    adam.step();
  }
  const Tensor directions = transpose(W2).value();
  const Tensor first({k, d}, pca.components.values().subspan(0, static_cast<std::size_t>(k * d)));
  return {metrics::principal_angles(directions, first).back()};
}

}  // namespace

std::vector<Figures> pca_and_linear() {
  const std::string unit = "squared error per image",
                    print = "Hinton & Salakhutdinov 2006, fig. 2; computed in float64";
  const std::string rumelhart = "Rumelhart, Hinton & Williams 1986";
  const auto pca = [&](const std::string& k, double error) {
    return figure("pca-" + k, "PCA with " + k + " components, test digits", unit, {error - 0.005, error + 0.005},
                  print);
  };
  return {
      {{pca("2", 43.645), pca("6", 32.651), pca("16", 21.058), pca("30", 13.866), pca("32", 13.193), pca("64", 7.093)},
       pca_errors},
      {{figure("eight-three-eight", "8-3-8, sigmoid, 30 initial values: runs that reconstruct every pattern",
               "% of runs", {100, {}}, rumelhart),
        figure("eight-three-eight-codes", "the same: runs with eight distinct binary codes", "% of runs", {53, 87},
               rumelhart + ": 21 of 30 in a rerun")},
       eight_three_eight},
      {{figure("linear-batches", "linear autoencoder 784-32-784 by mini-batches: test error over PCA's, less 1",
               "ratio", {{}, 0.001}, "Baldi & Hornik 1989")},
       linear_by_batches},
      {{figure("linear-angle", "linear autoencoder of 10 numbers on the covariance: largest angle to PCA's subspace",
               "degrees", {{}, 1}, "Baldi & Hornik 1989")},
       linear_on_covariance},
  };
}

}  // namespace hourglass::HOURGLASS_BUILD::claims
