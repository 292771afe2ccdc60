#include "lessons/17_vector_quantised/measure.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include <hourglass/autograd/ops.h>
#include <hourglass/codec/quantizer.h>

namespace hourglass::HOURGLASS_BUILD {

using models::VectorQuantized;

namespace {

// [usage]
// The perplexity 2^H of the entries that images choose, H being their entropy in bits; the number of entries that are
// never chosen; and the bits of an image, where each part is coded by the frequencies of the entries in it.
struct Usage {
  double perplexity, unused, bits;
};

// -Σ p log₂ p, with p = count / n
double entropy(const std::vector<double>& counts, double n) {
  double bits = 0;
  for (const double c : counts) bits -= c > 0 ? c / n * std::log2(c / n) : 0;
  return bits;
}

Usage usage(Run& run, const data::Images& images, VectorQuantized& model) {
  const std::size_t parts = std::size_t(model.options.parts);
  const std::size_t entries = std::size_t(model.options.entries);
  std::vector<double> counts(entries);
  std::vector<double> counts_of_parts(parts * entries);
  run.each(images, [&](const Tensor& x) {
    const std::vector<int> k = model.indices(x);  // `parts` indices for each image
    for (std::size_t i = 0; i < k.size(); ++i) {
      ++counts[std::size_t(k[i])];
      ++counts_of_parts[i % parts * entries + std::size_t(k[i])];
    }
  });
  const double n = double(images.count);
  const double perplexity = std::exp2(entropy(counts, n * double(parts)));
  const double unused = double(std::count(counts.begin(), counts.end(), 0.0));
  return {perplexity, unused, entropy(counts_of_parts, n)};
}
// [/usage]

// Metrics and row of a model with a codebook; returns the bits per image.
double measure(Run& run, report::Table& table, const std::string& name, const data::Images& test,
               VectorQuantized& model) {
  const Usage u = usage(run, test, model);
  const double error =
      run.mean(test, [&](const Tensor& x) { return nn::squared_error(model.decode(model.encode(x)), x); });
  run.metric(name + "_test_squared_error_per_image", error);
  run.metric(name + "_entries_in_use", u.perplexity);
  run.metric(name + "_entries_never_used", u.unused);
  run.metric(name + "_bits_per_image", u.bits);
  table.rows.push_back({report::words(name), fmt::format("{:.1f}", u.perplexity), fmt::format("{:.0f}", u.unused),
                        fmt::format("{:.1f}", u.bits), fmt::format("{:.2f}", error)});
  return u.bits;
}

double bits_per_image(const Tensor& h, double step) {
  const codec::Quantizer quantizer = codec::Quantizer::fit(h, step);
  return quantizer.bits(quantizer.symbols(h)) / double(h.size(0));
}

// The smallest step size for rounding codes h such that they take no more than `bits` per image.
double step_for(const Tensor& h, double bits) {
  double step = 64;
  for (double factor = 8; factor > 1.01; factor = std::sqrt(factor))
    while (bits_per_image(h, step / factor) <= bits) step /= factor;
  return step;
}

// ‖x - r‖² per test image of a model with real codes, which are rounded after the training.
double rounded_error(Run& run, const data::Dataset& digits, models::Undercomplete& model, double bits) {
  const Tensor h = model.encode(digits.train.first(10000).tensor()).value();
  const double step = step_for(h, bits);
  const codec::Quantizer quantizer = codec::Quantizer::fit(h, step);
  run.metric("rounded_bits_per_image", bits_per_image(h, step));
  return run.mean(digits.test, [&](const Tensor& x) {
    const Tensor rounded = quantizer(model.encode(x).value());
    return nn::squared_error(model.decode(rounded), x);
  });
}

// Row by row the image with these indices, one of them replaced by 0, 1, … 15.
void show_one_index_changed(Run& run, const data::Images& like, const std::vector<int>& indices,
                            VectorQuantized& model) {
  std::vector<report::Row> rows;
  for (std::size_t part = 0; part < indices.size(); ++part) {
    std::vector<int> row;
    for (int entry = 0; entry < 16; ++entry) {
      std::vector<int> changed = indices;
      changed[part] = entry;
      row.insert(row.end(), changed.begin(), changed.end());
    }
    rows.push_back({fmt::format("index {}", part + 1), model.decode(model.quantized(row)).value()});
  }
  report::Picture picture = report::rows(rows, like.height, like.width, 2);
  for (int entry = 0; entry < 16; ++entry) picture.column_labels.push_back(std::to_string(entry));
  run.show("changed", "One index changed",
           "Each row: the first test image with one of its eight indices set to 0 … 15.", picture);
}

}  // namespace

void measure_models(Run& run, const data::Dataset& digits, const Trained& models) {
  report::Table table{{"on test images", "perplexity", "unused entries", "bits per image", "squared error"}, {}};
  const double bits = measure(run, table, "revived", digits.test, models.revived);
  measure(run, table, "left_alone", digits.test, models.left_alone);
  const double rounded = rounded_error(run, digits, models.real, bits);
  const double error = run.mean(digits.test, [&](const Tensor& x) { return models.real.loss(x); });
  run.metric("rounded_test_squared_error_per_image", rounded);
  run.metric("real_test_squared_error_per_image", error);
  table.rows.push_back({"8 numbers, rounded", "", "", fmt::format("{:.1f}", bits), fmt::format("{:.2f}", rounded)});
  table.rows.push_back({"8 real numbers", "", "", "256", fmt::format("{:.2f}", error)});
  run.show("Discrete and real codes",
           "Perplexity: the number of equally frequent entries that would have the same entropy.", table);
}

void show_codes(Run& run, const data::Images& test, VectorQuantized& model) {
  const Tensor shown = test.first(16).tensor();
  run.show("reconstructions", "Reconstructions", "Test images, and what is decoded from their eight indices.",
           report::rows({{"test image", shown}, {"reconstruction", model.decode(model.encode(shown)).value()}},
                        test.height, test.width, 3));
  const std::vector<int> k = model.indices(test.first(1000).tensor());
  const std::size_t parts = std::size_t(model.options.parts);
  show_one_index_changed(run, test, {k.begin(), k.begin() + std::ptrdiff_t(parts)}, model);
  std::vector<int> drawn;
  for (std::size_t i = 0; i < 32 * parts; ++i) {
    const std::size_t image = run.rng.below(k.size() / parts);
    drawn.push_back(k[image * parts + i % parts]);
  }
  run.show("drawn", "Indices drawn independently", "Each index is taken from another test image, drawn at random.",
           report::grid(model.decode(model.quantized(drawn)).value(), test.height, test.width, 16, 2));
}

}  // namespace hourglass::HOURGLASS_BUILD
