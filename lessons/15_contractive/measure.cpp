#include "lessons/15_contractive/measure.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include <hourglass/autograd/grad_mode.h>
#include <hourglass/autograd/ops.h>
#include <hourglass/data/augment.h>
#include <hourglass/metrics/probe.h>
#include <hourglass/nn/corruption.h>
#include <hourglass/tensor/linalg.h>

namespace hourglass::HOURGLASS_BUILD {
namespace {

// Test images as they are, one pixel further to the right, and with noise.
struct Samples {
  Tensor x, shifted, noisy;
};

// Σ ‖a - b‖² / n
double mean_square(const Tensor& a, const Tensor& b) { return double(nn::squared_error(a, b).value.item()); }

// Σ ‖t - mean t‖² / n
double variance(const Variable& t) { return double(sum(square(t - mean(t, 0))).item()) / double(t.size(0)); }

// The squared distance from f(x) to f(y), relative to the variance of the codes, over the squared distance from x to y,
// relative to the variance of the images. 1: the code changes as it does from image to image; 0: not at all.
double gain(Variant& variant, const Tensor& x, const Tensor& y) {
  const Variable h = variant.encode(x);
  const Variable h_y = variant.encode(y);
  const double of_the_code = mean_square(h_y.value(), h.value()) / variance(h);
  const double of_the_input = mean_square(y, x) / variance(x);
  return of_the_code / of_the_input;
}

// The singular values of the Jacobian J = diag(h (1 - h)) W, in descending order, averaged over images: the square
// roots of the eigenvalues of J Jᵀ = diag(h (1 - h)) W Wᵀ diag(h (1 - h)).
std::vector<double> singular_values(Variant& variant, const Tensor& x) {
  const Tensor W = variant.weight().value();
  const Tensor gram = matmul(W, W, Transpose::no, Transpose::yes);
  const Variable h = variant.encode(x);
  const Variable derivative = h * (1 - h);
  std::vector<double> mean(static_cast<std::size_t>(W.size(0)));
  for (Index i = 0; i < x.size(0); ++i) {
    const Variable d = narrow(derivative, 0, i, 1);  // [1, code]
    const Eigen eigen = eigen_symmetric((transpose(d) * gram * d).value());
    for (std::size_t j = 0; j < mean.size(); ++j)
      mean[j] += std::sqrt(std::max(0.0, double(eigen.values.data()[j]))) / double(x.size(0));
  }
  return mean;
}

// The accuracies, on test images without and with noise, of a linear probe that is trained on 10,000 codes.
std::pair<double, double> probe_accuracies(const data::Dataset& digits, Variant& variant, const Samples& samples) {
  const data::Images labelled = digits.train.first(10000);
  const Tensor codes = variant.encode(labelled.tensor()).value();
  const GradMode recording(true);  // the probe is trained, not the network
  const metrics::LogisticProbe probe(codes, labelled.labels, labelled.classes());
  const auto labels = std::span(digits.test.labels).first(std::size_t(samples.x.size(0)));
  const double clean = probe.accuracy(variant.encode(samples.x).value(), labels);
  const double noisy = probe.accuracy(variant.encode(samples.noisy).value(), labels);
  return {clean, noisy};
}

// The row of the table, and the metrics, of one network.
std::vector<std::string> measure(Run& run, const data::Dataset& digits, Variant& variant, const Samples& samples) {
  std::vector<std::string> row = {report::words(variant.name)};
  const auto record = [&](const std::string& metric, double value) {
    run.metric(variant.name + "_" + metric, value);
    row.push_back(fmt::format("{:.4f}", value));
  };
  const Tensor& x = samples.x;
  const double shift = gain(variant, x, samples.shifted);
  const double noise = gain(variant, x, samples.noisy);
  record("test_squared_error_per_image", mean_square(variant.decode(variant.encode(x)).value(), x));
  record("squared_jacobian_norm", double(variant.model.closed_form(x).item()));
  record("gain_of_moving", shift);
  record("gain_of_noise", noise);
  if (!digits.train.labels.empty()) {
    const auto [clean, noisy] = probe_accuracies(digits, variant, samples);
    record("probe_accuracy", clean);
    record("probe_accuracy_in_noise", noisy);
  }
  run.metric(variant.name + "_moving_over_noise", shift / noise);
  return row;
}

// The line of the chart of one network.
report::Series spectrum(Run& run, Variant& variant, const Tensor& x) {
  report::Series series{report::words(variant.name), {}, singular_values(variant, x)};
  const std::vector<double>& s = series.y;
  for (std::size_t j = 0; j < s.size(); ++j) series.x.push_back(double(j + 1));
  run.metric(variant.name + "_twentieth_stretch_of_the_largest", s[std::min<std::size_t>(19, s.size() - 1)] / s[0]);
  return series;
}

void show_reconstructions(Run& run, const data::Images& test, std::vector<Variant>& variants) {
  const Tensor x = test.first(12).tensor();
  std::vector<report::Row> rows = {{"test image", x}};
  for (Variant& variant : variants)
    rows.push_back({report::words(variant.name), variant.decode(variant.encode(x)).value()});
  run.show("reconstructions", "Reconstructions", "Test images, and their reconstructions by each network.",
           report::rows(rows, test.height, test.width, 3));
}

}  // namespace

nn::Networks Variant::networks() const {
  if (tied) return {{"encoder", model.encoder.spec("encoder.")}};
  return model.networks();
}

Variable Variant::decode(const Variable& h) {
  if (!tied) return model.decode(h);
  const Variable c = model.parameters()[3].variable;
  return sigmoid(matmul(h, weight()) + c);
}

void measure_penalty(Run& run, const Tensor& x, Variant& variant) {
  const Scalar differentiated = variant.model.penalty(x).item();
  const Scalar closed = variant.model.closed_form(x).item();
  run.metric("relative_difference_of_the_two_penalties", std::abs(double(closed / differentiated - 1)));
}

void measure_variants(Run& run, const data::Dataset& digits, std::vector<Variant>& variants) {
  const NoGrad no_grad;
  const Tensor x = digits.test.first(5000).tensor();
  const nn::Corruption noise{nn::Corruption::Kind::clipped_gaussian, 0.3f};
  const Samples samples{x, data::shifted_by(x, digits.test.height, digits.test.width, 0, 1), noise(x, run.rng)};
  report::Table table{
      {"on test images", "squared error", "‖J‖²", "gain of a shift", "gain of noise", "probe accuracy", "with noise"},
      {}};
  report::Chart chart{"Singular values of the Jacobian", "index", "singular value", {}, true};
  for (Variant& variant : variants) {
    table.rows.push_back(measure(run, digits, variant, samples));
    chart.series.push_back(spectrum(run, variant, digits.test.first(200).tensor()));
  }
  run.show("Sensitivity of the code",
           "Gain: the squared change of the code relative to that of the image; it is 1 between two random images.",
           table);
  run.show("singular_values", chart.title, "In descending order, averaged over 200 test images.", chart);
  show_reconstructions(run, digits.test, variants);
}

}  // namespace hourglass::HOURGLASS_BUILD
