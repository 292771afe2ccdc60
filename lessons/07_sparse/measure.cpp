#include "lessons/07_sparse/measure.h"

#include <fmt/format.h>

#include <algorithm>
#include <numeric>

#include <hourglass/autograd/grad_mode.h>
#include <hourglass/autograd/ops.h>
#include <hourglass/metrics/noise.h>
#include <hourglass/metrics/probe.h>
#include <hourglass/metrics/units.h>

namespace hourglass::HOURGLASS_BUILD {
namespace {

// The accuracy of a linear classifier of the code, trained on 10,000 images; none unless there are two classes.
std::optional<double> probe_percent(const Trained& network, const Samples& samples, const Tensor& h) {
  const data::Images labelled = samples.train.first(10000);
  const int classes = samples.train.classes();
  if (classes < 2) return {};
  const Tensor codes = network.encode(labelled.tensor());
  const GradMode recording(true);  // the probe is trained, not the network
  const metrics::LogisticProbe probe(codes, labelled.labels, classes);
  return 100 * probe.accuracy(h, samples.test.labels);
}

// The networks whose units are shown: one of those with the L1 penalty.
bool is_shown(const std::string& name) { return !name.starts_with("l1") || name == "l1_01"; }

const Measured& named(const std::vector<Measured>& measured, const std::string& name) {
  return *std::find_if(measured.begin(), measured.end(), [&](const Measured& m) { return m.name == name; });
}

// A network with a penalty relative to the same one without it.
void record_effect(Run& run, const std::string& kind, const Measured& sparse, const Measured& plain) {
  run.metric(kind + "_answering_percent_over_plain",
             100 * sparse.units.share_active / (100 * plain.units.share_active));
  run.metric(kind + "_noise_copied_over_plain", sparse.noise_copied / plain.noise_copied);
  run.metric(kind + "_probe_gain_points", sparse.probe_percent.value_or(0) - plain.probe_percent.value_or(0));
}

// Column `unit` of W [pixels, code] as an image [1, pixels]; 0 is grey.
Variable filter(const Variable& W, Index unit) {
  const Variable w = transpose(narrow(W, 1, unit, 1));
  return w / amax(abs(w), 1, Keep::yes) * 0.5 + 0.5;
}

}  // namespace

Measured measure(const Trained& network, const Samples& samples) {
  const Tensor& x = samples.x;
  const Tensor h = network.encode(x);
  const Tensor r = network.decode(h);
  const Tensor r_of_noisy = network.decode(network.encode(samples.noisy));
  Measured m;
  m.name = network.name;
  m.W = network.W;
  m.error = nn::squared_error(r, x).value.item();
  m.units = metrics::activity(h, network.threshold);
  m.mean_activity = mean(h).item();
  m.noise_copied = metrics::noise_copied(x, samples.noisy, r, r_of_noisy);
  m.strongest = metrics::strongest_images(h, std::min<Index>(16, x.size(0)), network.threshold);
  m.probe_percent = probe_percent(network, samples, h);
  if (m.probe_percent) m.purity = metrics::purity(m.strongest, samples.test.labels);
  return m;
}

// A network's name in the page.
std::string label(const std::string& name) {
  static const std::map<std::string, std::string> labels = {
      {"plain", "plain, ReLU"}, {"l1_003", "L1, λ = 0.03"},          {"l1_01", "L1, λ = 0.1"}, {"l1_03", "L1, λ = 0.3"},
      {"l1_1", "L1, λ = 1"},    {"plain_sigmoid", "plain, sigmoid"}, {"kl", "KL, ρ = 0.05"},   {"top_k", "top-k"}};
  const auto found = labels.find(name);
  return found == labels.end() ? report::words(name) : found->second;
}

void record(Run& run, const std::vector<Measured>& measured) {
  for (const Measured& m : measured) {
    run.metric(m.name + "_test_squared_error_per_image", m.error);
    run.metric(m.name + "_answering_percent", 100 * m.units.share_active);
    run.metric(m.name + "_dead_units", double(m.units.dead));
    run.metric(m.name + "_mean_activity", m.mean_activity);
    run.metric(m.name + "_noise_copied", m.noise_copied);
    if (m.probe_percent) run.metric(m.name + "_probe_percent", *m.probe_percent);
    if (m.purity) run.metric(m.name + "_purity", *m.purity);
  }
  record_effect(run, "l1", named(measured, "l1_01"), named(measured, "plain"));
  record_effect(run, "kl", named(measured, "kl"), named(measured, "plain_sigmoid"));
  run.metric("kl_mean_activity_over_target", named(measured, "kl").mean_activity / 0.05);
}

void show_table(Run& run, const std::vector<Measured>& measured) {
  report::Table table{
      {"network", "squared error", "active %", "dead units", "mean h", "noise copied", "probe accuracy %", "purity"},
      {}};
  for (const Measured& m : measured) {
    std::vector<std::string> row = {label(m.name),
                                    fmt::format("{:.2f}", m.error),
                                    fmt::format("{:.1f}", 100 * m.units.share_active),
                                    fmt::format("{}", m.units.dead),
                                    fmt::format("{:.3f}", m.mean_activity),
                                    fmt::format("{:.3f}", m.noise_copied)};
    if (m.probe_percent) row.push_back(fmt::format("{:.1f}", *m.probe_percent));
    if (m.purity) row.push_back(fmt::format("{:.2f}", *m.purity));
    table.rows.push_back(row);
  }
  run.show("The effect of a penalty",
           "On test images. Purity: the share of the commonest class among the images that activate a unit most, "
           "averaged over units.",
           table);
}

void show_activity(Run& run, const std::vector<Measured>& measured) {
  report::Chart chart{"How often units are active", "unit, the most active first", "share of images", {}, true, true};
  for (const Measured& m : measured) {
    if (!is_shown(m.name)) continue;
    report::Series series{label(m.name), std::vector<double>(m.units.active.size()), m.units.active};
    std::iota(series.x.begin(), series.x.end(), 1);
    std::sort(series.y.rbegin(), series.y.rend());
    chart.series.push_back(series);
  }
  run.show("answers", chart.title, "The fewer images activate a unit, the more information its activity carries.",
           chart);
}

void show_units(Run& run, const std::vector<Measured>& measured, const data::Images& test) {
  std::vector<report::Row> filters;  // a row of images for each network
  for (const Measured& m : measured) {
    if (!is_shown(m.name)) continue;
    Variables row;
    std::vector<report::Row> units;  // the first eight: its filter, then images
    for (std::size_t unit = 0; unit < m.strongest.size() && row.size() < 16; ++unit) {
      if (m.strongest[unit].empty()) continue;  // active in too few images
      row.push_back(filter(m.W, Index(unit)));
      if (units.size() < 8)
        units.push_back({fmt::format("unit {}", unit), cat({row.back(), test.batch(m.strongest[unit])}, 0).value()});
    }
    if (row.empty()) continue;
    filters.push_back({label(m.name), cat(row, 0).value()});
    run.show(
        "units_" + m.name, "Units: " + label(m.name),
        "A row for each unit: its column of the decoder's weights, which the unit adds to the output, and the images "
        "that activate it most.",
        report::rows(units, test.height, test.width, 2));
  }
  if (filters.empty()) return;
  run.show("filters", "Filters", "Columns of the decoder's weights, which the units add to the output.",
           report::rows(filters, test.height, test.width, 2));
}

}  // namespace hourglass::HOURGLASS_BUILD
