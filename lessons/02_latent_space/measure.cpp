#include "lessons/02_latent_space/measure.h"

#include <fmt/format.h>

#include <algorithm>
#include <functional>
#include <map>

#include <hourglass/autograd/grad_mode.h>
#include <hourglass/autograd/ops.h>
#include <hourglass/metrics/neighbors.h>
#include <hourglass/metrics/pca.h>
#include <hourglass/metrics/probe.h>
#include <hourglass/metrics/silhouette.h>
#include <hourglass/report/chart.h>

namespace hourglass {
namespace {

using models::Undercomplete;
using Map = std::function<Tensor(const Tensor& x)>;  // from images [n, pixels] to features [n, d]
using Scores = std::map<std::string, double>;

Tensor encoded(Undercomplete& model, const Tensor& x) {
  const NoGrad no_grad;
  return model.encode(x).value();
}

metrics::Pca fit_pca(const Tensor& x) {
  metrics::PcaFit fit;
  fit.add(x);
  return fit.finish();
}

// The scores of one space, f being the map from images into it; writes its metrics and its row of the table.
Scores measure_space(Run& run, report::Table& table, const std::string& name, const Map& f, const data::Images& test,
                     const data::Images& base) {
  const Tensor h = f(base.tensor());
  const Tensor q = f(test.tensor());
  // [space]
  const metrics::Neighbors five = metrics::nearest(q, h, 5);  // of each test image, among the training images
  const double vote = 100 * metrics::neighbor_accuracy(five, test.labels, base.labels);
  const double separation = metrics::silhouette(q, test.labels).mean;
  const double probe = 100 * metrics::LogisticProbe(h, base.labels, base.classes()).accuracy(q, test.labels);
  // [/space]
  run.metric("neighbours_" + name, vote);
  run.metric("silhouette_" + name, separation);
  run.metric("probe_" + name, probe);
  table.rows.push_back({name, std::to_string(h.size(1)), fmt::format("{:.2f}", vote), fmt::format("{:.3f}", separation),
                        fmt::format("{:.2f}", probe)});
  return {{"neighbours", vote}, {"silhouette", separation}, {"probe", probe}};
}

}  // namespace

void show_interpolation(Run& run, Undercomplete& model, const data::Images& test) {
  const NoGrad no_grad;
  const Variable t = Tensor({9, 1}, {0, .125, .25, .375, .5, .625, .75, .875, 1});
  const Variable s = 1 - t;
  std::vector<report::Row> rows;
  for (Index i = 0; i + 1 < std::min<Index>(test.count, 6); i += 2) {
    const Variable from = test.slice(i, 1).tensor();
    const Variable to = test.slice(i + 1, 1).tensor();
    rows.push_back({"pixel space", (s * from + t * to).value()});
    // [walk]
    const Variable path = s * model.encode(from) + t * model.encode(to);  // [9, 32], with s = 1 - t
    rows.push_back({"latent space", model.decode(path).value()});
    // [/walk]
  }
  report::Picture picture = report::rows(rows, test.height, test.width, 3);
  picture.column_labels = {"t = 0", "1/8", "1/4", "3/8", "1/2", "5/8", "3/4", "7/8", "1"};
  run.show("walk", "Interpolation", "Three pairs of test digits, each in pixel space and in the latent space.",
           picture);
}

void show_latent_space(Run& run, Undercomplete& model, const data::Images& test) {
  const data::Images some = test.first(1000);
  const Tensor h = encoded(model, some.tensor());
  // the page holds the second, under the same heading; the first is a file
  run.show("map", "The latent space", "",
           report::scatter("Codes of test images", fit_pca(h).encode(h, 2), some.labels));
  run.show("The latent space",
           "Codes of test images, coloured by class, projected onto their first two principal components. Point "
           "anywhere, or "
           "use the arrow keys: this page decodes that point.",
           play::codes(model, h, some));
}

void show_neighbors(Run& run, Undercomplete& model, const data::Images& test, const data::Images& base) {
  const data::Images queries = test.first(8);
  const Tensor x = queries.tensor();
  const Tensor y = base.tensor();
  const metrics::Neighbors by_code = metrics::nearest(encoded(model, x), encoded(model, y), 4);
  const metrics::Neighbors by_pixels = metrics::nearest(x, y, 4);
  std::vector<Tensor> rows;
  for (Index i = 0; i < queries.count; ++i) {
    const Tensor query = queries.slice(i, 1).tensor();
    rows.push_back(cat({query, base.batch(by_code.of(i)), base.batch(by_pixels.of(i))}, 0));
  }
  report::Picture picture = report::rows(rows, queries.height, queries.width, 3);
  picture.column_labels = {"test image", "code: 1", "2", "3", "4", "pixels: 1", "2", "3", "4"};
  run.show("neighbours", "Nearest neighbours",
           "A row: a test image, its four nearest training images by code, its four nearest by pixels.", picture);
}

void compare_spaces(Run& run, Undercomplete& model, Undercomplete& untrained, const data::Images& test,
                    const data::Images& base) {
  const metrics::Pca pca = fit_pca(base.tensor());
  const std::vector<std::pair<std::string, Map>> baselines = {
      {"untrained", [&](const Tensor& x) { return encoded(untrained, x); }},
      {"pca", [&](const Tensor& x) { return pca.encode(x, 32); }},
      {"pixels", [](const Tensor& x) { return x; }}};
  report::Table table{{"space", "dimensions", "neighbours' accuracy %", "silhouette", "probe's accuracy %"}, {}};
  const Map encoder = [&](const Tensor& x) { return encoded(model, x); };
  Scores code = measure_space(run, table, "code", encoder, test, base);
  for (const auto& [name, f] : baselines)
    for (const auto& [score, value] : measure_space(run, table, name, f, test, base))
      run.metric(score + "_code_minus_" + name, code[score] - value);
  run.show("Four spaces", "How well the class of a test image is predicted in each of them.", table);
}

void measure_memorisation(Run& run, std::vector<Trial>& trials, const data::Dataset& digits) {
  report::Table table{{"hidden units", "training images", "training error", "test error", "gap %"}, {}};
  for (Trial& trial : trials) {
    const auto loss = [&](const Tensor& x) { return trial.model.loss(x); };
    const double train = run.mean(digits.train.slice(0, std::min<Index>(trial.images, 10000)), loss);
    const double test = run.mean(digits.test, loss);
    const double gap = 100 * (test / train - 1);
    run.metric(fmt::format("gap_{}_hidden_{}_share_percent", trial.hidden, trial.share), gap);
    run.metric(fmt::format("test_{}_hidden_{}_share", trial.hidden, trial.share), test);
    table.rows.push_back({std::to_string(trial.hidden), std::to_string(trial.images), fmt::format("{:.2f}", train),
                          fmt::format("{:.2f}", test), fmt::format("{:.0f}", gap)});
  }
  run.show("Learned or memorised?", "Squared error per image of networks trained for equally many steps.", table);
}

}  // namespace hourglass
