#include "lessons/11_dimensionality_reduction/measure.h"

#include <fmt/format.h>

#include <algorithm>
#include <functional>

#include <hourglass/autograd/grad_mode.h>
#include <hourglass/autograd/ops.h>
#include <hourglass/metrics/intrinsic_dimension.h>
#include <hourglass/metrics/neighbors.h>
#include <hourglass/metrics/probe.h>
#include <hourglass/tensor/product.h>

namespace hourglass::HOURGLASS_BUILD {
namespace {

using Encode = std::function<Tensor(const Tensor& x)>;

// [tasks]
// The accuracy in percent of a linear probe and of five nearest neighbours, whose input is the code alone.
struct Tasks {
  double probe, neighbours;
};
Tasks later_tasks(const data::Images& train, const data::Images& test, const Encode& encode) {
  const Tensor h = encode(train.tensor());
  const Tensor h_test = encode(test.tensor());
  const metrics::LogisticProbe probe(h, train.labels, train.classes(), {.batch = std::min<Index>(500, train.count)});
  const metrics::Neighbors near = metrics::nearest(h_test, h, std::min<Index>(5, train.count));
  return {100 * probe.accuracy(h_test, test.labels), 100 * metrics::neighbor_accuracy(near, test.labels, train.labels)};
}
// [/tasks]

// The smaller of the two tasks' gains of codes a over codes b.
double least_gain(const Tasks& a, const Tasks& b) { return std::min(a.probe - b.probe, a.neighbours - b.neighbours); }

}  // namespace

void show_reconstructions(Run& run, std::vector<models::Undercomplete>& models, const data::Images& test) {
  const NoGrad no_grad;
  const Tensor x = test.first(12).tensor();
  std::vector<report::Row> rows = {{"test image", x}};
  for (models::Undercomplete& model : models) {
    const Variable h = model.encode(x);
    rows.push_back({fmt::format("code size {}", h.shape()[1]), model.decode(h).value()});
  }
  run.show("rows", "From 2, 8 and 32 numbers", "Test digits, and their reconstructions from each code.",
           report::rows(rows, test.height, test.width, 3));
}

void compare_variance(Run& run, const data::Images& test, const std::vector<Index>& sizes,
                      std::vector<models::Undercomplete>& models, const metrics::Pca& pca) {
  const auto error = [&](const std::function<Tensor(const Tensor&)>& r) {
    return run.mean(test, [&](const Tensor& x) { return nn::squared_error(r(x), x); });
  };
  const double all = error([&](const Tensor& x) { return pca.mean_like(x); });
  report::Series autoencoder{"autoencoder", {}, {}}, linear{"PCA", {}, {}};
  double least = 1;
  for (std::size_t i = 0; i < sizes.size(); ++i) {
    // [kept]
    const double kept = 1 - error([&](const Tensor& x) { return models[i].decode(models[i].encode(x)).value(); }) / all;
    // [/kept]
    const double by_pca = 1 - error([&](const Tensor& x) { return pca.reconstruct(x, sizes[i]); }) / all;
    run.metric(fmt::format("autoencoder_{}_variance_kept", sizes[i]), kept);
    run.metric(fmt::format("pca_{}_variance_kept", sizes[i]), by_pca);
    autoencoder.x.push_back(double(sizes[i]));
    autoencoder.y.push_back(kept);
    linear.x.push_back(double(sizes[i]));
    linear.y.push_back(by_pca);
    least = std::min(least, kept - by_pca);
  }
  run.metric("least_variance_kept_minus_pca", least);
  run.show("kept", "Explained variance", "Of test digits, about the mean training digit.",
           report::Chart{"Explained variance", "code size", "explained variance", {autoencoder, linear}, false, true});
}

void measure_intrinsic_dimension(Run& run, const Tensor& x) {
  const metrics::Neighbors near = metrics::nearest_others(x, std::min<Index>(10, x.size(0) - 1));
  run.metric("intrinsic_dimension", metrics::intrinsic_dimension(near));
}

void compare_tasks(Run& run, const data::Images& train, const data::Images& test, const std::vector<Index>& sizes,
                   std::vector<models::Undercomplete>& models, const metrics::Pca& pca,
                   const std::vector<Tensor>& directions) {
  report::Table table{{"code", "code size", "linear probe (%)", "5 nearest neighbours (%)"}, {}};
  const auto measure = [&](const std::string& name, Index size, const Encode& encode) {
    const Tasks t = later_tasks(train, test, encode);
    run.metric(fmt::format("{}_{}_probe_percent", name, size), t.probe);
    run.metric(fmt::format("{}_{}_neighbours_percent", name, size), t.neighbours);
    table.rows.push_back(
        {name, std::to_string(size), fmt::format("{:.1f}", t.probe), fmt::format("{:.1f}", t.neighbours)});
    return t;
  };
  const Tasks pixels = measure("pixels", test.pixels_per_image(), [](const Tensor& x) { return x; });
  double over_pca = 100;
  double over_random = 100;
  for (std::size_t i = 0; i < sizes.size(); ++i) {
    const Tasks a = measure("autoencoder", sizes[i], [&](const Tensor& x) { return models[i].encode(x).value(); });
    const Tasks p = measure("pca", sizes[i], [&](const Tensor& x) { return pca.encode(x, sizes[i]); });
    const Tasks r = measure("random", sizes[i], [&](const Tensor& x) { return matmul(x, directions[i]); });
    over_pca = std::min(over_pca, least_gain(a, p));
    over_random = std::min(over_random, least_gain(a, r));
    run.metric(fmt::format("autoencoder_{}_neighbours_minus_pixels_points", sizes[i]),
               a.neighbours - pixels.neighbours);
  }
  run.metric("least_points_before_pca", over_pca);
  run.metric("least_points_before_random", over_random);
  run.show("Accuracy of two classifiers",
           fmt::format("Test accuracy, trained on the codes of {} labelled digits.", train.count), table);
}

}  // namespace hourglass::HOURGLASS_BUILD
