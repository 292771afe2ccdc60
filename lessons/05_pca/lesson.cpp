// Lesson 05: the linear autoencoder and principal components.
//
// Three nets with a code of 10 numbers learn side by side from the same batches: a linear one, the same with a penalty
// on its weights, and one with hidden layers. PCA, which is computed and not trained, says what the best linear code
// is.

#include <fmt/format.h>

#include <cmath>
#include <numbers>

#include <hourglass/autograd/backward.h>
#include <hourglass/autograd/grad_mode.h>
#include <hourglass/autograd/ops.h>
#include <hourglass/metrics/pca.h>
#include <hourglass/metrics/subspace.h>
#include <hourglass/models/linear_autoencoder.h>
#include <hourglass/models/undercomplete.h>
#include <hourglass/nn/adam.h>
#include <hourglass/tensor/elementwise.h>
#include <hourglass/tensor/layout.h>
#include <hourglass/tensor/linalg.h>
#include <hourglass/tensor/reduce.h>
#include "lessons/common/run.h"

using namespace hourglass;

namespace {

metrics::Pca principal_components(Run& run, const data::Images& images) {
  // [pca]
  metrics::PcaFit fit;
  run.each(images, [&](const Tensor& x) { fit.add(x); });  // collects the mean m and the covariance C
  return fit.finish();                                     // C w = λ w: directions w, the largest λ first
  // [/pca]
}

// The columns of W₂, one a row: the directions that the code's numbers stand for.  [code, input]
Tensor directions(const models::Autoencoder& model) { return transpose(model.parameters()[2].variable).value(); }

// The decoder's principal axes: the longest first.
Tensor axes(const models::Autoencoder& model) { return svd(directions(model)).vt; }

// The angle between each row of a and the same row of b, whichever way they point, averaged.
double mean_angle(const Tensor& a, const Tensor& b) {
  const auto inner = [](const Tensor& p, const Tensor& q) { return sum(p * q, 1); };
  const Tensor lengths = sqrt(inner(a, a) * inner(b, b));
  const Tensor cosines = clamp(abs(inner(a, b) / lengths), 0, 1);
  double sum = 0;
  for (const Scalar c : cosines.values()) sum += std::acos(static_cast<double>(c)) * 180 / std::numbers::pi;
  return sum / static_cast<double>(a.size(0));
}

// Directions as images: 0 is grey, the largest number of each is white or black.
Tensor as_images(const Tensor& w) {
  const Tensor largest = amax(abs(w), 1, Keep::yes);
  return affine(w / largest, Scalar(0.5), Scalar(0.5));
}

}  // namespace

int main(int argc, char** argv) {
  Run run("05_pca", "The linear autoencoder and principal components",
          "Does an autoencoder do anything that PCA does not?", argc, argv);
  const data::Dataset digits = run.dataset();
  const Index input = digits.train.pixels_per_image(), code = std::min<Index>(10, input - 1);
  const metrics::Pca pca = principal_components(run, digits.train);
  const Tensor components = narrow(pca.components, 0, 0, code);

  models::LinearAutoencoder linear({.input = input, .code = code}, run.rng);
  models::LinearAutoencoder penalised({.input = input, .code = code, .weight_penalty = Scalar(0.5)}, run.rng);
  models::Undercomplete nonlinear({.input = input, .hidden = 128, .code = code}, run.rng);
  nn::Parameters all;
  run.add(all, "linear.", linear), run.add(all, "penalised.", penalised), run.add(all, "nonlinear.", nonlinear);
  nn::Adam adam(all, {.learning_rate = Scalar(2e-3)});
  run.keep(all, {&adam});

  const auto test = [&](auto& model) {
    return run.mean(digits.test, [&](const Tensor& x) { return nn::squared_error(model.decode(model.encode(x)), x); });
  };

  for (const int epoch : run.epochs(24)) {
    adam.set_learning_rate(Scalar(2e-3) * std::pow(Scalar(0.85), static_cast<Scalar>(epoch - 1)));
    // [loop]
    for (const Tensor& x : run.batches(digits.train, 128)) {
      Loss loss = linear.loss(x);     // h = W₁ x + b₁,   r = W₂ h + b₂,   ‖x - r‖²
      Loss paid = penalised.loss(x);  // the same, + λ (‖W₁‖² + ‖W₂‖²)
      Loss bent = nonlinear.loss(x);  // the same size of code, but hidden layers on both sides
      // [made]
      adam.zero_grad();
      for (const Loss& each : {loss, paid, bent}) backward(each.value);
      // [gradient]
      adam.step();
      run.end_batch(loss);
    }
    // [/loop]
    run.measure("linear", test(linear));
    run.measure("penalised", test(penalised));
    run.measure("non-linear", test(nonlinear));
    run.end_epoch();
  }

  const NoGrad looking;
  const double pca_error =
      run.mean(digits.test, [&](const Tensor& x) { return nn::squared_error(pca.reconstruct(x, code), x); });
  report::Table table{{"net", "error", "beside PCA", "space", "axes"}, {}};
  const auto tell = [&](const std::string& name, auto& model, bool is_linear) {
    const double error = test(model), excess = 100 * (error / pca_error - 1);
    run.metric(name + "_test_squared_error_per_image", error);
    run.metric(name + "_excess_percent", excess);
    table.rows.push_back({name, fmt::format("{:.2f}", error), fmt::format("{:+.2f}%", excess), "", ""});
    if (!is_linear) return;
    const double space = metrics::principal_angles(directions(model), components).back();
    const double each = mean_angle(axes(model), components);
    run.metric(name + "_largest_angle_degrees", space);
    run.metric(name + "_axes_angle_degrees", each);
    table.rows.back()[3] = fmt::format("{:.1f}°", space), table.rows.back()[4] = fmt::format("{:.1f}°", each);
  };
  tell("linear", linear, true), tell("penalised", penalised, true), tell("nonlinear", nonlinear, false);
  run.metric("pca_test_squared_error_per_image", pca_error);
  table.rows.push_back({"PCA", fmt::format("{:.2f}", pca_error), "", "0°", "0°"});
  run.show("The same as PCA?",
           "Test error; the largest angle between the decoder's space and that of the first components; the mean angle "
           "between the decoder's principal axes and the components.",
           table);
  run.show(
      "directions", "The same space, other directions",
      "Principal components; the columns of the linear decoder; the principal axes of the linear decoder; those of "
      "the penalised one. A direction and its negative are the same.",
      report::rows(
          {as_images(components), as_images(directions(linear)), as_images(axes(linear)), as_images(axes(penalised))},
          digits.test.height, digits.test.width, 3));
  const Tensor x = digits.test.slice(0, std::min<Index>(12, digits.test.count)).tensor();
  run.show("reconstructions", "What comes back", "Test images; PCA; the linear net; the non-linear net.",
           report::rows({x, pca.reconstruct(x, code), linear.decode(linear.encode(x)).value(),
                         nonlinear.decode(nonlinear.encode(x)).value()},
                        digits.test.height, digits.test.width, 3));
  return run.finish();
}
