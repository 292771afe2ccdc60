// Lesson 13: finding what is similar by its code.
//
// Two nets make small codes of digits: a deep one 32 numbers, a hashing one 64 bits. Neither sees a label. Then test
// digits look for the like of themselves among training digits, by pixels, by codes, by bits.

#include <fmt/format.h>

#include <ctime>

#include <hourglass/autograd/backward.h>
#include <hourglass/autograd/grad_mode.h>
#include <hourglass/autograd/ops.h>
#include <hourglass/metrics/hamming.h>
#include <hourglass/metrics/pca.h>
#include <hourglass/models/deep.h>
#include <hourglass/models/hashing.h>
#include <hourglass/nn/adam.h>
#include "lessons/common/run.h"

using namespace hourglass;
using metrics::BinaryCodes, metrics::Neighbors;

namespace {

// One way to find the like: what is kept of each image, and who is nearest by it.
struct Way {
  std::string name, metric;
  double bytes;
  std::function<Neighbors(Index k)> nearest;
};

data::Images first(const data::Images& images, Index n) { return images.slice(0, std::min(n, images.count)); }

// All ways; their codes are made here, once, as they would be for a collection.
std::vector<Way> ways(Run& run, const data::Images& train, const Tensor& base, const Tensor& queries,
                      models::Deep& deep, models::Hashing& hashing, Index numbers, Index bits) {
  metrics::PcaFit fit;
  run.each(train, [&](const Tensor& x) { fit.add(x); });
  const metrics::Pca pca = fit.finish();
  const auto by_distance = [](const Tensor& q, const Tensor& b) {
    return [=](Index k) { return metrics::nearest(q, b, k); };
  };
  const auto by_bits = [](const BinaryCodes& q, const BinaryCodes& b) {
    return [=](Index k) { return metrics::nearest(q, b, k); };
  };
  // [codes]
  const Tensor h = deep.encode(base).value(), h_query = deep.encode(queries).value();        // 32 numbers
  const Tensor s = hashing.encode(base).value(), s_query = hashing.encode(queries).value();  // 64 zeros and ones
  const Tensor p = pca.encode(base, bits), p_query = pca.encode(queries, bits);
  // [/codes]
  const Tensor middle = metrics::medians(h), p_middle = metrics::medians(p);  // half of the images lie on each side
  const auto n = double(numbers), b = double(bits);
  return {
      {"pixels", "pixels", double(base.size(1)), by_distance(queries, base)},
      {"PCA", "pca", 4 * n, by_distance(pca.encode(queries, numbers), pca.encode(base, numbers))},
      {"deep code", "code", 4 * n, by_distance(h_query, h)},
      {"deep code, above the median?", "code_bits", n / 8, by_bits({h_query, middle}, {h, middle})},
      {"PCA, above the median?", "pca_bits", b / 8, by_bits({p_query, p_middle}, {p, p_middle})},
      {"hashing code", "hashing", b / 8, by_bits({s_query, Scalar(0.5)}, {s, Scalar(0.5)})},
  };
}

// A query in the first column, and those nearest to it.
void show_neighbors(Run& run, const Way& way, const Neighbors& found, const data::Images& base,
                    const data::Images& queries) {
  std::vector<Tensor> rows;
  for (Index query = 0; query < std::min<Index>(8, queries.count); ++query) {
    const auto places = found.of(query).first(static_cast<std::size_t>(std::min<Index>(10, found.k)));
    const int own[] = {static_cast<int>(query)};
    rows.push_back(cat({Variable(queries.batch(own)), Variable(base.batch(places))}, 0).value());
  }
  run.show("nearest_by_" + way.metric, "Nearest by " + way.name, "A test image, and what is nearest to it.",
           report::rows(rows, base.height, base.width, 2));
}

void search(Run& run, const std::vector<Way>& all, const data::Images& base, const data::Images& queries) {
  report::Table table{{"found by", "bytes", "precision at 10", "at 100", "recall at 1000", "µs a query"}, {}};
  report::Chart chart{"How many of those found are right", "how many are looked at", "precision", {}, false};
  std::map<std::string, double> at10, at100;
  for (const Way& way : all) {
    const std::clock_t start = std::clock();
    const Neighbors found = way.nearest(std::min<Index>(1000, base.count));
    const double micros = 1e6 * double(std::clock() - start) / CLOCKS_PER_SEC / double(queries.count);
    if (way.metric == "pixels" || way.metric == "code" || way.metric == "hashing")
      show_neighbors(run, way, found, base, queries);
    run.metric("bytes_" + way.metric, way.bytes);
    if (base.labels.empty()) continue;  // nobody can say what is right
    // [precision]
    const auto precision = [&](Index k) {
      return metrics::precision_at_k(found.first(std::min(k, found.k)), queries.labels, base.labels);
    };
    const double recall = metrics::recall_at_k(found, queries.labels, base.labels);
    // [/precision]
    report::Series& line = chart.series.emplace_back(report::Series{way.name, {}, {}});
    for (const Index k : {1, 3, 10, 30, 100, 300, 1000}) line.x.push_back(double(k)), line.y.push_back(precision(k));
    at10[way.metric] = precision(10), at100[way.metric] = precision(100);
    run.metric("precision_at_10_" + way.metric, at10[way.metric]);
    run.metric("precision_at_100_" + way.metric, at100[way.metric]);
    run.metric("recall_at_1000_" + way.metric, recall);
    table.rows.push_back({way.name, fmt::format("{:.0f}", way.bytes), fmt::format("{:.3f}", at10[way.metric]),
                          fmt::format("{:.3f}", at100[way.metric]), fmt::format("{:.3f}", recall),
                          fmt::format("{:.0f}", micros)});
  }
  if (at10.empty()) return;
  for (const std::string other : {"pixels", "pca"}) {
    run.metric("code_precision_at_10_over_" + other, at10["code"] / at10[other]);
    run.metric("code_precision_at_100_over_" + other, at100["code"] / at100[other]);
  }
  run.metric("hashing_precision_at_100_over_pca_bits", at100["hashing"] / at100["pca_bits"]);
  run.show("precision", chart.title, "The images at the top of the list, averaged over queries.", chart);
  run.show(
      "Found",
      fmt::format("{} queries, {} images to be found; processor time of the search alone.", queries.count, base.count),
      table);
}

}  // namespace

int main(int argc, char** argv) {
  Run run("13_retrieval", "Retrieval", "Are images alike when their codes are alike?", argc, argv);
  const data::Dataset digits = run.dataset();
  const Index input = digits.train.pixels_per_image(), numbers = 32, bits = 64;

  models::Deep deep({.sizes = {input, 256, 128, numbers}}, run.rng);
  models::Hashing hashing({.input = input, .hidden = {256, 128}, .bits = bits}, run.rng);
  nn::Parameters all;
  run.add(all, "deep.", deep), run.add(all, "hashing.", hashing);
  nn::Adam adam(all, {.learning_rate = 1e-3f});
  run.keep(all, {&adam});

  for ([[maybe_unused]] int epoch : run.epochs(8)) {
    // [loop]
    for (const Tensor& x : run.batches(digits.train, 128)) {
      Loss by_numbers = deep.loss(x);           // L(x, g(f(x))), the code 32 numbers
      Loss by_bits = hashing.loss(x, run.rng);  // another f and g, the code 64 bits
      adam.zero_grad();
      backward(by_numbers.value);
      backward(by_bits.value);
      // [gradients]
      adam.step();
      run.end_batch(by_bits);
    }
    // [/loop]
    run.end_epoch();
  }

  const NoGrad looking;
  const data::Images base = first(digits.train, 10000), queries = first(digits.test, 1000);
  search(run, ways(run, digits.train, base.tensor(), queries.tensor(), deep, hashing, numbers, bits), base, queries);
  const data::Images some = first(digits.test, 1000);
  run.show("Search", "Press an image: those of 1,000 test images that are nearest to it, by deep code and by pixels.",
           play::neighbors(deep.encode(some.tensor()).value(), some));
  return run.finish();
}
