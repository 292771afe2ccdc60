#include "lessons/13_retrieval/measure.h"

#include <fmt/format.h>

#include <algorithm>
#include <ctime>
#include <map>

#include <hourglass/autograd/ops.h>

namespace hourglass::HOURGLASS_BUILD {

using metrics::BinaryCodes, metrics::Neighbors;

namespace {

// A query in the first column, and the images nearest to it.
void show_neighbors(Run& run, const Method& method, const Neighbors& found, const data::Images& base,
                    const data::Images& queries) {
  std::vector<Tensor> rows;
  for (Index query = 0; query < std::min<Index>(8, queries.count); ++query) {
    const auto nearest = found.of(query).first(static_cast<std::size_t>(std::min<Index>(10, found.k)));
    const int own[] = {static_cast<int>(query)};
    rows.push_back(cat({Variable(queries.batch(own)), Variable(base.batch(nearest))}, 0).value());
  }
  report::Picture picture = report::rows(rows, base.height, base.width, 2);
  picture.column_labels = {"query"};
  for (Index i = 1; i < rows[0].size(0); ++i) picture.column_labels.push_back(std::to_string(i));
  run.show("nearest_by_" + method.metric, "Nearest by " + method.name,
           "Each row: a test image and the training images nearest to it, the nearest first.", picture);
}

// The deep and the hashing code relative to pixels and to PCA.
void record_ratios(Run& run, std::map<std::string, double> at10, std::map<std::string, double> at100) {
  for (const std::string other : {"pixels", "pca"}) {
    run.metric("code_precision_at_10_over_" + other, at10["code"] / at10[other]);
    run.metric("code_precision_at_100_over_" + other, at100["code"] / at100[other]);
  }
  run.metric("hashing_precision_at_100_over_pca_bits", at100["hashing"] / at100["pca_bits"]);
}

}  // namespace

Method by_distance(const std::string& name, const std::string& metric, Index bytes, const Tensor& queries,
                   const Tensor& base) {
  return {name, metric, bytes, [=](Index k) { return metrics::nearest(queries, base, k); }};
}

Method by_bits(const std::string& name, const std::string& metric, Index bytes, const BinaryCodes& queries,
               const BinaryCodes& base) {
  return {name, metric, bytes, [=](Index k) { return metrics::nearest(queries, base, k); }};
}

void search(Run& run, const std::vector<Method>& methods, const data::Images& base, const data::Images& queries) {
  report::Table table{{"method", "bytes", "precision at 10", "at 100", "recall at 1000", "µs per query"}, {}};
  report::Chart chart{"Precision among the k nearest", "k", "precision at k", {}, false, true};
  std::map<std::string, double> at10, at100;
  for (const Method& method : methods) {
    const std::clock_t start = std::clock();
    const Neighbors found = method.nearest(std::min<Index>(1000, base.count));
    const double micros = 1e6 * double(std::clock() - start) / CLOCKS_PER_SEC / double(queries.count);
    if (method.metric == "pixels" || method.metric == "code" || method.metric == "hashing")
      show_neighbors(run, method, found, base, queries);
    run.metric("bytes_" + method.metric, double(method.bytes));
    if (base.labels.empty()) continue;  // without labels there is no precision
    // [precision]
    const auto precision = [&](Index k) {
      return metrics::precision_at_k(found.first(std::min(k, found.k)), queries.labels, base.labels);
    };
    const double recall = metrics::recall_at_k(found, queries.labels, base.labels);
    // [/precision]
    report::Series line{method.name, {}, {}};
    for (const Index k : {1, 3, 10, 30, 100, 300, 1000}) {
      line.x.push_back(double(k));
      line.y.push_back(precision(k));
    }
    chart.series.push_back(line);
    at10[method.metric] = precision(10);
    at100[method.metric] = precision(100);
    run.metric("precision_at_10_" + method.metric, at10[method.metric]);
    run.metric("precision_at_100_" + method.metric, at100[method.metric]);
    run.metric("recall_at_1000_" + method.metric, recall);
    table.rows.push_back({method.name, fmt::format("{}", method.bytes), fmt::format("{:.3f}", at10[method.metric]),
                          fmt::format("{:.3f}", at100[method.metric]), fmt::format("{:.3f}", recall),
                          fmt::format("{:.0f}", micros)});
  }
  if (at10.empty()) return;
  record_ratios(run, at10, at100);
  run.show("precision", chart.title, "The share of them that have the class of the query, averaged over queries.",
           chart);
  run.show("Precision and recall",
           fmt::format("{} queries among {} images; processor time of the search alone.", queries.count, base.count),
           table);
}

}  // namespace hourglass::HOURGLASS_BUILD
