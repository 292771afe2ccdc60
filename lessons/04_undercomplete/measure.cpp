#include "lessons/04_undercomplete/measure.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <functional>

#include <hourglass/autograd/grad_mode.h>
#include <hourglass/codec/quantizer.h>
#include <hourglass/metrics/pca.h>
#include <hourglass/metrics/probe.h>
#include <hourglass/metrics/regression.h>
#include <hourglass/metrics/strokes.h>

namespace hourglass {
namespace {

using data::Images;

// What is measured of each code size: the name of its metric, NAME_of_CODE_numbers, and its caption.
struct Quantity {
  const char* name;
  const char* caption;
};
constexpr std::array<Quantity, 9> quantities = {{{"error", "error"},
                                                 {"pca", "error of PCA"},
                                                 {"bits", "bits per image"},
                                                 {"slant", "slant, R²"},
                                                 {"width", "stroke width, R²"},
                                                 {"class", "class, accuracy"},
                                                 {"slant_gain", "gain of slant"},
                                                 {"width_gain", "gain of stroke width"},
                                                 {"class_gain", "gain of class"}}};

// Images, and two attributes of each that the training does not use.
struct Attributed {
  explicit Attributed(const Images& some)
      : images(some),
        slant(metrics::slants(some.tensor(), some.height, some.width)),
        width(metrics::stroke_widths(some.tensor(), some.height, some.width)) {}
  Images images;
  std::vector<double> slant, width;  // degrees, pixels
};

Tensor encoded(models::Undercomplete& model, const Images& images) {
  const NoGrad no_grad;
  return model.encode(images.tensor()).value();
}

metrics::Pca fit_pca(const Run& run, const Images& images) {
  metrics::PcaFit fit;
  run.each(images, [&](const Tensor& x) { fit.add(x); });
  return fit.finish();
}

// From the codes of test images: R² of linear regressions of slant and stroke width, accuracy of a linear probe of the
// class.
std::array<double, 3> probe(models::Undercomplete& model, const Attributed& train, const Attributed& test) {
  // [read]
  const Tensor h = encoded(model, train.images);
  const Tensor g = encoded(model, test.images);
  const double slant = metrics::LinearRegression(h, train.slant).r_squared(g, test.slant);
  const double width = metrics::LinearRegression(h, train.width).r_squared(g, test.width);
  const int classes = train.images.classes();
  if (classes < 2) return {slant, width, 1};
  const double accuracy = metrics::LogisticProbe(h, train.images.labels, classes).accuracy(g, test.images.labels);
  return {slant, width, accuracy};
  // [/read]
}

// The bits per image of a code that is quantised as coarsely as 5% more squared error allows; the frequencies of its
// values are those of `train`.
double bits(models::Undercomplete& model, const Images& train, const Images& held_out) {
  const NoGrad no_grad;
  const Tensor h = encoded(model, held_out);
  const Tensor x = held_out.tensor();
  const auto error = [&](const Tensor& code) -> double {
    return nn::squared_error(model.decode(code), x).value.item();
  };
  // [bits]
  for (double step = 16;; step /= 2) {
    const auto quantizer = codec::Quantizer::fit(encoded(model, train), step);  // h^ = step · round(h / step)
    if (error(quantizer(h)) <= 1.05 * error(h))
      return quantizer.bits(quantizer.symbols(h)) / static_cast<double>(held_out.count);
  }
  // [/bits]
}

// For how many doublings of the code size `compare(value after, value before)` holds.
double doublings(const std::vector<double>& values, const std::function<bool(double, double)>& compare) {
  double count = 0;
  for (std::size_t i = 1; i < values.size(); ++i) count += compare(values[i], values[i - 1]);
  return count;
}

void show_code_sizes(Run& run, std::vector<report::Series> series) {
  const report::Chart everything{"", "code size", "", series};
  run.show("All measurements", "On test images; a gain is over an untrained network of the same size.",
           everything.table());
  const report::Chart error{"Error", "code size", "squared error per image", {series[0], series[1]}, true, true};
  run.show("sizes", "Error by code size", "On test images. Each step doubles the code size.", error);
  const report::Chart attributes{"Attributes", "code size", "R² or accuracy", {series[3], series[4], series[5]},
                                 false,        true};
  run.show("attributes", "What a linear probe predicts",
           "From the codes of test images: R² of linear regressions, accuracy of a linear probe.", attributes);
}

}  // namespace

double penalty_of(const Loss& loss) {
  if (loss.penalty.empty()) return 0;
  return std::abs(static_cast<double>(loss.penalty.item()));
}

void show_reconstructions(Run& run, std::vector<Trial>& trials, const Images& test, const Tensor& shown) {
  const NoGrad no_grad;
  std::vector<report::Row> rows = {{"test image", shown}};
  for (Trial& t : trials)
    rows.push_back({fmt::format("code size {}", t.code), t.model.decode(t.model.encode(shown)).value()});
  run.show("reconstructions", "Reconstructions", "Test images, and below them a row for each code size.",
           report::rows(rows, test.height, test.width, 3));
}

void measure_code_sizes(Run& run, std::vector<Trial>& trials, const data::Dataset& digits) {
  const Index count = digits.train.count;
  const Images train = digits.train.first(10000);
  const Images held_out = digits.train.slice(std::max<Index>(0, count - 2000), std::min<Index>(2000, count));
  const Attributed known(train);
  const Attributed test(digits.test);
  const metrics::Pca pca = fit_pca(run, digits.train);
  std::vector<report::Series> series;
  for (const Quantity& quantity : quantities) series.push_back({quantity.caption, {}, {}});
  for (Trial& t : trials) {
    const double error = run.mean(digits.test, [&](const Tensor& x) { return t.model.loss(x); });
    const double linear =
        run.mean(digits.test, [&](const Tensor& x) { return nn::squared_error(pca.reconstruct(x, t.code), x); });
    const auto after = probe(t.model, known, test);
    const auto before = probe(t.untrained, known, test);
    std::vector<double> values = {error, linear, bits(t.model, train, held_out), after[0], after[1], after[2]};
    for (std::size_t i = 0; i < 3; ++i) values.push_back(after[i] - before[i]);
    for (std::size_t i = 0; i < quantities.size(); ++i) {
      series[i].x.push_back(static_cast<double>(t.code));
      series[i].y.push_back(values[i]);
      run.metric(fmt::format("{}_of_{}_numbers", quantities[i].name, t.code), values[i]);
    }
  }
  const double input = static_cast<double>(digits.train.pixels_per_image());
  run.metric("doublings_that_lower_the_error", doublings(series[0].y, std::less<>()));
  run.metric("doublings_that_raise_the_bits", doublings(series[2].y, std::greater<>()));
  run.metric("error_of_1_over_largest", series[0].y.front() / series[0].y.back());
  run.metric("largest_code_over_input", series[0].x.back() / input);
  show_code_sizes(run, series);
}

}  // namespace hourglass
