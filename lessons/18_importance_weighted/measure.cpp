#include "lessons/18_importance_weighted/measure.h"

#include <fmt/format.h>

#include <cmath>

#include <hourglass/autograd/ops.h>
#include <hourglass/metrics/activity.h>
#include <hourglass/metrics/estimate.h>

namespace hourglass::HOURGLASS_BUILD {

using models::ImportanceWeighted;

namespace {

const std::vector<Index> sample_counts = {1, 2, 4, 8, 16, 32, 64, 128, 256, 512};  // k

// [bounds]
// log w of 512 samples of the code, image by image.
std::vector<std::vector<double>> log_weights(ImportanceWeighted& model, const Tensor& x, Rng& rng) {
  std::vector<std::vector<double>> log_w;
  for (Index i = 0; i < x.size(0); ++i) {
    const Variable w = model.log_weights(narrow(x, 0, i, 1), sample_counts.back(), rng);  // [1, 512]
    log_w.emplace_back(w.value().values().begin(), w.value().values().end());
  }
  return log_w;
}

// log 1/k Σ w of one image: the mean over groups of k samples, so that all 512 are used for every k.
double bound(std::span<const double> log_w, std::size_t k) {
  double mean = 0;
  for (std::size_t first = 0; first + k <= log_w.size(); first += k) {
    const double of_group = metrics::log_sum_exp(log_w.subspan(first, k)) - std::log(double(k));
    mean += of_group * double(k) / double(log_w.size());
  }
  return mean;
}

// The effective sample size of k weights, 1 / Σ w~² with w~ = w / Σ w.
double effective_samples(std::span<const double> log_w, std::size_t k) {
  metrics::LogSum of_weights, of_squares;
  for (const double v : log_w.first(k)) {
    of_weights.add(v);
    of_squares.add(2 * v);
  }
  return std::exp(2 * of_weights.value() - of_squares.value());
}
// [/bounds]

// Of one model, for each k: the mean of L_k over images, its standard error, and the mean effective sample size.
struct Bounds {
  std::vector<double> mean, error, effective;
  std::vector<double> of_images;  // L_512 of each image
};

Bounds bounds(ImportanceWeighted& model, const Tensor& x, Rng& rng) {
  const std::vector<std::vector<double>> log_w = log_weights(model, x, rng);
  Bounds b;
  for (const Index count : sample_counts) {
    const std::size_t k = std::size_t(count);
    std::vector<double> effective;
    b.of_images.clear();
    for (const std::vector<double>& of_image : log_w) {
      b.of_images.push_back(bound(of_image, k));
      effective.push_back(effective_samples(of_image, k));
    }
    const metrics::Estimate estimate = metrics::estimate(b.of_images);
    b.mean.push_back(estimate.mean);
    b.error.push_back(estimate.standard_error);
    b.effective.push_back(metrics::estimate(effective).mean);
  }
  return b;
}

// Over k.
report::Series series(const std::string& name, const std::vector<double>& y) {
  report::Series line{name, {}, y};
  for (const Index k : sample_counts) line.x.push_back(double(k));
  return line;
}

std::string label(const ImportanceWeighted& model) { return fmt::format("trained with k = {}", model.draws); }

// Metrics of one model; returns its row of the table.
std::vector<std::string> record(Run& run, const std::string& name, const Bounds& b, double active_units) {
  for (std::size_t i = 0; i < sample_counts.size(); ++i)
    run.metric(fmt::format("{}_bound_of_{}_nats", name, sample_counts[i]), b.mean[i]);
  run.metric(name + "_standard_error_nats", b.error.back());
  run.metric(name + "_last_doubling_nats", b.mean.back() - b.mean[b.mean.size() - 2]);
  run.metric(name + "_gap_1_to_512_nats", b.mean.back() - b.mean.front());
  run.metric(name + "_effective_draws_of_512", b.effective.back());
  run.metric(name + "_active_units", active_units);
  return {name,
          fmt::format("{:.2f}", b.mean.front()),
          fmt::format("{:.2f}", b.mean[3]),
          fmt::format("{:.2f}", b.mean.back()),
          fmt::format("{:.0f}", active_units),
          fmt::format("{:.1f}", b.effective.back())};
}

// How much higher L_512 is in `b` than in `a`, image by image.
void record_gain(Run& run, const Bounds& a, const Bounds& b) {
  std::vector<double> gain;
  for (std::size_t i = 0; i < a.of_images.size(); ++i) gain.push_back(b.of_images[i] - a.of_images[i]);
  const metrics::Estimate estimate = metrics::estimate(gain);
  run.metric("gain_at_512_nats", estimate.mean);
  run.metric("gain_standard_error_nats", estimate.standard_error);
}

}  // namespace

void measure_bounds(Run& run, std::vector<ImportanceWeighted>& variants, const Tensor& x, const data::Images& test,
                    Rng& rng) {
  report::Chart chart{"The bound over the number of samples", "k in the evaluation", "nats per image", {}, false, true};
  report::Chart sizes{"Effective sample size", "k", "effective sample size", {}, true, true};
  report::Table table{{"on test images", "L₁", "L₈", "L₅₁₂", "active units", "effective samples"}, {}};
  std::vector<Bounds> measured;
  for (ImportanceWeighted& model : variants) {
    const std::string name = fmt::format("trained_with_{}", model.draws);
    const Bounds b = bounds(model, x, rng);
    const double active_units = double(metrics::active_units(model.encode(test.tensor()).value()));
    table.rows.push_back(record(run, name, b, active_units));
    table.rows.back().front() = label(model);
    chart.series.push_back(series(label(model), b.mean));
    sizes.series.push_back(series(label(model), b.effective));
    measured.push_back(b);
  }
  record_gain(run, measured.front(), measured.back());
  run.show("bounds", chart.title, "In expectation, all values are below log p(x).", chart);
  run.show("effective", sizes.title, "1 / Σ w~²: k if all weights are equal, 1 if one outweighs all others.", sizes);
  run.show("Training with 1 and with 8 samples", fmt::format("{} test images, in nats; larger is better.", x.size(0)),
           table);
}

void show_samples(Run& run, std::vector<ImportanceWeighted>& variants, const Tensor& z, const data::Images& like) {
  std::vector<report::Row> rows;
  for (ImportanceWeighted& model : variants) rows.push_back({label(model), model.decode(z).value()});
  run.show("samples", "New digits", "Decoded from the same samples of the prior.",
           report::rows(rows, like.height, like.width, 3));
}

}  // namespace hourglass::HOURGLASS_BUILD
