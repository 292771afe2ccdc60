// Lesson 04: nine codes, of 1 to 256 numbers: what each costs, what passes through it, what can be read from it.
#include <fmt/format.h>

#include <hourglass/autograd/backward.h>
#include <hourglass/autograd/grad_mode.h>
#include <hourglass/autograd/ops.h>
#include <hourglass/codec/quantizer.h>
#include <hourglass/metrics/pca.h>
#include <hourglass/metrics/probe.h>
#include <hourglass/metrics/regression.h>
#include <hourglass/metrics/strokes.h>
#include <hourglass/models/undercomplete.h>
#include <hourglass/nn/adam.h>
#include "lessons/common/run.h"

using namespace hourglass;
using data::Images;
namespace {

struct Trial {  // one size of the code: a net that is trained, and its like that is not
  Index code;
  models::Undercomplete model, untrained;
};

Tensor encoded(models::Undercomplete& model, const Images& images) {
  const NoGrad looking;
  return model.encode(images.tensor()).value();
}

// Images, and two things that can be said of how they are written; nobody tells a net.
struct Described {
  explicit Described(const Images& some)
      : images(some),
        slant(metrics::slants(some.tensor(), some.height, some.width)),
        width(metrics::stroke_widths(some.tensor(), some.height, some.width)) {}
  Images images;
  std::vector<double> slant, width;  // degrees, pixels
};

// What a linear map reads from the codes of test images: of slant and stroke width the share of the variance that it
// explains, of the classes the share that it tells right.
std::array<double, 3> read(models::Undercomplete& model, const Described& train, const Described& test) {
  // [read]
  const Tensor h = encoded(model, train.images), g = encoded(model, test.images);
  const double slant = metrics::LinearRegression(h, train.slant).r_squared(g, test.slant);
  const double width = metrics::LinearRegression(h, train.width).r_squared(g, test.width);
  const std::vector<int>& labels = train.images.labels;
  const int classes = labels.empty() ? 0 : *std::max_element(labels.begin(), labels.end()) + 1;
  const double right = classes < 2 ? 1 : metrics::LogisticProbe(h, labels, classes).accuracy(g, test.images.labels);
  return {slant, width, right};
  // [/read]
}

// The bits an image that a code takes when its numbers are rounded as coarsely as 5% more error allows.
double bits(models::Undercomplete& model, const Images& train, const Images& judge) {
  const NoGrad looking;
  const Tensor h = encoded(model, judge), x = judge.tensor();
  const auto error = [&](const Tensor& code) { return nn::squared_error(model.decode(code), x).value.item(); };
  // [bits]
  for (double step = 16;; step /= 2) {
    const auto quantizer = codec::Quantizer::fit(encoded(model, train), step);  // h^ = step · round(h / step)
    if (error(quantizer(h)) <= Scalar(1.05) * error(h))
      return quantizer.bits(quantizer.symbols(h)) / static_cast<double>(judge.count);
  }
  // [/bits]
}
void show_reconstructions(Run& run, std::vector<Trial>& trials, const data::Images& test, const Tensor& shown) {
  const NoGrad looking;
  std::vector<Tensor> rows = {shown};
  for (Trial& t : trials) rows.push_back(t.model.decode(t.model.encode(shown)).value());
  run.show("reconstructions", "What comes back", "Test images, below them by 1, 2, 4 … numbers.",
           report::rows(rows, test.height, test.width, 3));
}

}  // namespace

int main(int argc, char** argv) {
  Run run("04_undercomplete", "The size of the code", "What does a code of one number keep?", argc, argv);
  const data::Dataset digits = run.dataset();
  const Index input = digits.train.pixels_per_image(), count = digits.train.count;
  std::vector<Trial> trials;
  nn::Parameters all;
  for (Index code = 1; code <= 256 && code < input; code *= 2) {
    const models::Undercomplete::Sizes sizes{.input = input, .hidden = 256, .code = code};
    trials.push_back({code, {sizes, run.rng}, {sizes, run.rng}});
    run.add(all, fmt::format("{}.", code), trials.back().model);
  }
  nn::Adam adam(all, {.learning_rate = 1e-3f});
  run.keep(all, {&adam});
  const Tensor shown = digits.test.slice(0, std::min<Index>(12, digits.test.count)).tensor();
  double penalty = 0;  // the largest that any loss held
  for ([[maybe_unused]] int epoch : run.epochs(4)) {
    for (const Tensor& x : run.batches(digits.train, 128)) {
      Loss largest{};  // of the largest code
      adam.zero_grad();
      for (Trial& t : trials) {
        // [loop]
        const Variable h = t.model.encode(x);  // dim(h) = 1, 2, 4, … < dim(x)
        const Variable r = t.model.decode(h);
        const Loss loss = nn::squared_error(r, x);  // L(x, g(f(x))), and nothing besides
        backward(loss.value);
        // [/loop]
        if (!loss.penalty.empty()) penalty = std::max(penalty, std::abs(static_cast<double>(loss.penalty.item())));
        largest = loss;
      }
      adam.step();
      run.end_batch(largest);
    }
    show_reconstructions(run, trials, digits.test, shown);
    run.end_epoch();
  }
  const Images train = digits.train.slice(0, std::min<Index>(10000, count));
  const Described known(train), asked(digits.test);
  const Images judge = digits.train.slice(std::max<Index>(0, count - 2000), std::min<Index>(2000, count));
  metrics::PcaFit fit;
  run.each(digits.train, [&](const Tensor& x) { fit.add(x); });
  const metrics::Pca pca = fit.finish();
  std::vector<report::Series> found;
  for (const char* name : {"error", "pca", "bits", "slant", "width", "class", "slant_gain", "width_gain", "class_gain"})
    found.push_back({name, {}, {}});
  double lower = -1, more = -1, last_error = 1e9, last_bits = 0;
  for (Trial& t : trials) {
    const auto linear = [&](const Tensor& x) { return nn::squared_error(pca.reconstruct(x, t.code), x); };
    const double error = run.mean(digits.test, [&](const Tensor& x) { return t.model.loss(x); });
    const auto now = read(t.model, known, asked), before = read(t.untrained, known, asked);
    std::vector<double> values = {error, run.mean(digits.test, linear), bits(t.model, train, judge), now[0], now[1],
                                  now[2]};
    for (std::size_t i = 0; i < 3; ++i) values.push_back(now[i] - before[i]);
    for (std::size_t i = 0; i < found.size(); ++i) {
      found[i].x.push_back(static_cast<double>(t.code)), found[i].y.push_back(values[i]);
      run.metric(fmt::format("{}_of_{}_numbers", found[i].name, t.code), values[i]);
    }
    lower += (error < std::exchange(last_error, error)), more += (values[2] > std::exchange(last_bits, values[2]));
  }
  run.metric("doublings_that_lower_the_error", lower);
  run.metric("doublings_that_raise_the_bits", more);
  run.metric("error_of_1_over_largest", found[0].y.front() / last_error);
  run.metric("largest_code_over_input", found[0].x.back() / static_cast<double>(input));
  run.metric("largest_penalty", penalty);
  const report::Chart all_of_it{"", "numbers in the code", "", found, false};
  run.show("All of it", "On test images; a gain is over the same net untrained.", all_of_it.table());
  for (report::Series& series : found)
    for (double& x : series.x) x = std::log2(x);
  report::Chart chart{"Error", "doublings of the code", "squared error per image", {found[0], found[1]}, true};
  run.show("sizes", "Error over the size of the code", "On test images. Each step doubles the code.", chart);
  chart = {"What can be read", chart.x_label, "share", {found.begin() + 3, found.begin() + 6}, false};
  run.show("attributes", chart.title, "By a linear map, from the codes of test images.", chart);
  return run.finish();
}
