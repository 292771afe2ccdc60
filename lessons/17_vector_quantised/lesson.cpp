// Lesson 17: the vector-quantised autoencoder: a code that is written with the entries of a dictionary, hence a few
// whole numbers.
//
// Two nets from one start: in one of them, entries that nobody uses are moved to where codes lie.

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include <hourglass/autograd/backward.h>
#include <hourglass/autograd/grad_mode.h>
#include <hourglass/autograd/ops.h>
#include <hourglass/codec/quantizer.h>
#include <hourglass/models/undercomplete.h>
#include <hourglass/models/vector_quantized.h>
#include <hourglass/nn/adam.h>
#include "lessons/common/run.h"

using namespace hourglass;

namespace {

// How many entries say as much if all are equally frequent: 2^(their entropy in bits); how many are never chosen; and
// the bits of an image, each part written by how often each entry occurs there.
struct Usage {
  double entries, never, bits;
};

// [usage]
Usage usage(Run& run, const data::Images& images, models::VectorQuantized& model) {
  const std::size_t parts = std::size_t(model.options.parts), entries = std::size_t(model.options.entries);
  std::vector<double> total(entries), each(parts * entries);
  run.each(images, [&](const Tensor& x) {
    const std::vector<int> k = model.indices(x);  // `parts` numbers for each image
    for (std::size_t i = 0; i < k.size(); ++i) {
      ++total[std::size_t(k[i])];
      ++each[i % parts * entries + std::size_t(k[i])];
    }
  });
  const double n = double(images.count);
  const auto entropy = [](const std::vector<double>& counts, double all) {
    double bits = 0;
    for (const double c : counts) bits -= c > 0 ? c / all * std::log2(c / all) : 0;
    return bits;
  };
  return {std::exp2(entropy(total, n * double(parts))), double(std::count(total.begin(), total.end(), 0.0)),
          entropy(each, n)};
}
// [/usage]

// The other way to whole numbers: train with real ones, round afterwards. The step is made finer until it takes as many
// bits as the dictionary does.
double rounded_error(Run& run, const data::Dataset& digits, models::Undercomplete& model, double bits) {
  const Tensor h = model.encode(digits.train.first(10000).tensor()).value();
  double step = 64;
  const auto spent = [&](double s) {
    const codec::Quantizer q = codec::Quantizer::fit(h, s);
    return q.bits(q.symbols(h)) / double(h.size(0));
  };
  for (double down = 8; down > 1.01; down = std::sqrt(down))
    while (spent(step / down) <= bits) step /= down;
  const codec::Quantizer quantizer = codec::Quantizer::fit(h, step);
  run.metric("rounded_bits_per_image", spent(step));
  return run.mean(digits.test, [&](const Tensor& x) {
    return nn::squared_error(model.decode(quantizer(model.encode(x).value())), x);
  });
}

void look(Run& run, const data::Dataset& digits, models::VectorQuantized& model) {
  const data::Images& test = digits.test;
  const Tensor some = test.first(1000).tensor();
  const Tensor few = narrow(some, 0, 0, std::min<Index>(16, some.size(0)));
  run.show("reconstructions", "What comes back", "Above: test images. Below: what is left of their 8 whole numbers.",
           report::rows({few, model.decode(model.encode(few)).value()}, test.height, test.width, 3));
  std::vector<Tensor> rows;
  const std::vector<int> k = model.indices(some);
  const std::size_t parts = std::size_t(model.options.parts);
  for (std::size_t part = 0; part < parts; ++part) {
    std::vector<int> many;
    for (int entry = 0; entry < 16; ++entry) {
      many.insert(many.end(), k.begin(), k.begin() + std::ptrdiff_t(parts));
      many[std::size_t(entry) * parts + part] = entry;
    }
    rows.push_back(model.decode(model.quantized(many)).value());
  }
  run.show("swapped", "One number changed", "Each row: the first test image with one of its numbers set to 0 … 15.",
           report::rows(rows, test.height, test.width, 2));
  std::vector<int> drawn;
  for (std::size_t i = 0; i < 32 * parts; ++i) drawn.push_back(k[run.rng.below(k.size() / parts) * parts + i % parts]);
  run.show("invented", "Numbers drawn one by one", "Each number as in some test image, but not the same for all eight.",
           report::grid(model.decode(model.quantized(drawn)).value(), test.height, test.width, 16, 2));
}

}  // namespace

int main(int argc, char** argv) {
  Run run("17_vector_quantised", "Codes from a dictionary",
          "How good can an image be that is written with 8 entries of a dictionary of 64?", argc, argv);
  const data::Dataset digits = run.dataset();
  const Index input = digits.train.pixels_per_image();
  const models::VectorQuantized::Options options{.input = input, .hidden = 256, .parts = 8, .width = 8, .entries = 64};
  Rng start = run.rng.fork(17), same = start;  // two nets, the same numbers to start from
  models::VectorQuantized model(options, start), left_alone(options, same);
  models::Undercomplete real({.input = input, .hidden = 256, .code = 8}, run.rng);
  nn::Parameters all;
  run.add(all, "revived.", model), run.add(all, "left_alone.", left_alone), run.add(all, "real.", real);
  nn::Adam adam(all, {.learning_rate = 2e-3f});  // moves each net as if it were alone
  run.keep(all, {&adam});

  for (int epoch : run.epochs(4)) {
    // [loop]
    for (const data::Batch& x : run.batches(digits.train, 128)) {
      adam.zero_grad();
      Loss loss = model.loss(x);  // ‖x - r‖² + ‖sg[z] - h‖² + β ‖z - sg[h]‖²
      // [made]
      backward(loss.value), backward(left_alone.loss(x).value), backward(real.loss(x).value);
      adam.step();
      if (epoch < 4 && x.done % (50 * 128) == 0) model.revive(x, run.rng);  // after each 50 batches
      run.end_batch(loss);
    }
    // [/loop]
    run.end_epoch();
  }

  const NoGrad looking;
  report::Table table{{"on test images", "entries in use", "never used", "bits", "squared error"}, {}};
  const auto row = [&](const std::string& name, models::VectorQuantized& m) {
    const Usage u = usage(run, digits.test, m);
    const double error =
        run.mean(digits.test, [&](const Tensor& x) { return nn::squared_error(m.decode(m.encode(x)), x); });
    run.metric(name + "_test_squared_error_per_image", error);
    run.metric(name + "_entries_in_use", u.entries), run.metric(name + "_entries_never_used", u.never);
    run.metric(name + "_bits_per_image", u.bits);
    table.rows.push_back({name, fmt::format("{:.1f}", u.entries), fmt::format("{:.0f}", u.never),
                          fmt::format("{:.1f}", u.bits), fmt::format("{:.2f}", error)});
    return u.bits;
  };
  const double bits = row("revived", model);
  row("left_alone", left_alone);
  const double rounded = rounded_error(run, digits, real, bits),
               error = run.mean(digits.test, [&](const Tensor&x) { return real.loss(x); });
  run.metric("rounded_test_squared_error_per_image", rounded), run.metric("real_test_squared_error_per_image", error);
  table.rows.push_back({"8 numbers, rounded", "", "", fmt::format("{:.1f}", bits), fmt::format("{:.2f}", rounded)});
  table.rows.push_back({"8 real numbers", "", "", "256", fmt::format("{:.2f}", error)});
  run.show("What a dictionary buys", "Entries in use: as many equally frequent ones would say as much.", table);
  look(run, digits, model);
  return run.finish();
}
