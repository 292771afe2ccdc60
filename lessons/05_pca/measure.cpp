#include "lessons/05_pca/measure.h"

#include <fmt/format.h>

#include <cmath>
#include <numbers>

#include <hourglass/autograd/grad_mode.h>
#include <hourglass/metrics/subspace.h>
#include <hourglass/tensor/elementwise.h>
#include <hourglass/tensor/layout.h>
#include <hourglass/tensor/linalg.h>
#include <hourglass/tensor/reduce.h>

namespace hourglass {
namespace {

// The columns of W₂, one a row: the direction in pixel space of each dimension of the code.  [code, input]
Tensor directions(const models::Autoencoder& model) { return transpose(model.parameters()[2].variable.value()); }

// The principal axes of W₂, the longest first: the rows of Vᵀ in W₂ᵀ = U S Vᵀ.  [code, input]
Tensor axes(const models::Autoencoder& model) { return svd(directions(model)).vt; }

// The mean over the rows of arccos |a·b| / (‖a‖ ‖b‖), in degrees: a direction and its negative count as the same.
double mean_angle(const Tensor& a, const Tensor& b) {
  const Tensor lengths = sqrt(sum(a * a, 1) * sum(b * b, 1));
  const Tensor cosines = clamp(abs(sum(a * b, 1) / lengths), 0, 1);
  double sum = 0;
  for (const Scalar c : cosines.values()) sum += std::acos(static_cast<double>(c)) * 180 / std::numbers::pi;
  return sum / static_cast<double>(a.size(0));
}

// Directions as images: 0 is grey, the largest number of each is white or black.
Tensor as_images(const Tensor& w) { return 0.5 * (w / amax(abs(w), 1, Keep::yes)) + 0.5; }

Tensor reconstruction(models::Autoencoder& model, const Tensor& x) {
  const NoGrad no_grad;
  return model.decode(model.encode(x)).value();
}

}  // namespace

double test_error(const Run& run, models::Autoencoder& model, const data::Images& test) {
  return run.mean(test, [&](const Tensor& x) { return nn::squared_error(model.decode(model.encode(x)), x); });
}

void compare_with_pca(Run& run, models::Autoencoder& linear, models::Autoencoder& penalized,
                      models::Autoencoder& nonlinear, const metrics::Pca& pca, const data::Images& test) {
  const Index code = directions(linear).size(0);
  const Tensor components = narrow(pca.components, 0, 0, code);
  const double pca_error =
      run.mean(test, [&](const Tensor& x) { return nn::squared_error(pca.reconstruct(x, code), x); });
  report::Table table{{"model", "test error", "relative to PCA", "largest principal angle", "mean angle of axes"}, {}};
  const auto add_row = [&](const std::string& name, models::Autoencoder& model) {
    const double error = test_error(run, model, test);
    const double excess = 100 * (error / pca_error - 1);
    run.metric(name + "_test_squared_error_per_image", error);
    run.metric(name + "_excess_percent", excess);
    table.rows.push_back({name, fmt::format("{:.2f}", error), fmt::format("{:+.2f}%", excess), "", ""});
  };
  const auto add_angles = [&](const std::string& name, const models::Autoencoder& model) {
    const double space = metrics::principal_angles(directions(model), components).back();
    const double each = mean_angle(axes(model), components);
    run.metric(name + "_largest_angle_degrees", space);
    run.metric(name + "_axes_angle_degrees", each);
    table.rows.back()[3] = fmt::format("{:.1f}°", space);
    table.rows.back()[4] = fmt::format("{:.1f}°", each);
  };
  add_row("linear", linear);
  add_angles("linear", linear);
  add_row("penalised", penalized);
  add_angles("penalised", penalized);
  add_row("nonlinear", nonlinear);
  run.metric("pca_test_squared_error_per_image", pca_error);
  table.rows.push_back({"PCA", fmt::format("{:.2f}", pca_error), "", "0°", "0°"});
  run.show("Comparison with PCA",
           "Squared error per test image; the largest principal angle between the subspace of the decoder's columns "
           "and that of the first components; the mean angle between the decoder's principal axes and the components.",
           table);
}

void show_directions(Run& run, const models::Autoencoder& linear, const models::Autoencoder& penalized,
                     const Tensor& components, const data::Images& test) {
  const std::vector<report::Row> rows = {{"principal components", as_images(components)},
                                         {"columns of the linear decoder", as_images(directions(linear))},
                                         {"its principal axes", as_images(axes(linear))},
                                         {"axes of the penalised decoder", as_images(axes(penalized))}};
  run.show("directions", "The same subspace in other bases", "A direction and its negative are the same.",
           report::rows(rows, test.height, test.width, 3));
}

void show_reconstructions(Run& run, models::Autoencoder& linear, models::Autoencoder& nonlinear,
                          const metrics::Pca& pca, const data::Images& test) {
  const Tensor x = test.first(12).tensor();
  const std::vector<report::Row> rows = {{"test image", x},
                                         {"PCA", pca.reconstruct(x, directions(linear).size(0))},
                                         {"linear network", reconstruction(linear, x)},
                                         {"non-linear network", reconstruction(nonlinear, x)}};
  run.show("reconstructions", "Reconstructions", "Test images, and their reconstructions from codes of equal size.",
           report::rows(rows, test.height, test.width, 3));
}

}  // namespace hourglass
