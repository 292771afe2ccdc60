// Lesson 11: fewer variables. What do 2, 8 and 32 numbers keep of a digit, and what can a later task do with them, when
// an autoencoder, principal components or mere chance has chosen them?

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include <hourglass/autograd/backward.h>
#include <hourglass/autograd/grad_mode.h>
#include <hourglass/metrics/intrinsic_dimension.h>
#include <hourglass/metrics/neighbors.h>
#include <hourglass/metrics/pca.h>
#include <hourglass/metrics/probe.h>
#include <hourglass/models/undercomplete.h>
#include <hourglass/nn/adam.h>
#include <hourglass/tensor/product.h>
#include "lessons/common/run.h"

using namespace hourglass;

namespace {

const std::vector<Index> sizes = {2, 8, 32};
using Encode = std::function<Tensor(const Tensor& x)>;

// [tasks]
// What a later task gets from features: right answers in percent of a linear probe, and of five nearest neighbours.
struct Tasks {
  double probe, neighbours;
};
Tasks later_tasks(const data::Images& train, const data::Images& test, const Encode& encode) {
  const Tensor known = encode(train.tensor()), asked = encode(test.tensor());
  const int classes = 1 + *std::max_element(train.labels.begin(), train.labels.end());
  const metrics::LogisticProbe probe(known, train.labels, classes, {.batch = std::min<Index>(500, train.count)});
  const metrics::Neighbors near = metrics::nearest(asked, known, std::min<Index>(5, train.count));
  return {100 * probe.accuracy(asked, test.labels), 100 * metrics::neighbor_accuracy(near, test.labels, train.labels)};
}
// [/tasks]

// S35: both tasks on the codes of each kind and size, beside all pixels.
void compare_tasks(Run& run, const data::Images& train, const data::Images& test,
                   std::vector<models::Undercomplete>& models, const metrics::Pca& pca,
                   const std::vector<Tensor>& directions) {
  report::Table table{{"right in %", "numbers", "linear probe", "5 neighbours"}, {}};
  const auto measure = [&](const std::string& name, Index numbers, const Encode& encode) {
    const Tasks t = later_tasks(train, test, encode);
    run.metric(fmt::format("{}_{}_probe_percent", name, numbers), t.probe);
    run.metric(fmt::format("{}_{}_neighbours_percent", name, numbers), t.neighbours);
    table.rows.push_back(
        {name, std::to_string(numbers), fmt::format("{:.1f}", t.probe), fmt::format("{:.1f}", t.neighbours)});
    return t;
  };
  const Tasks pixels = measure("pixels", test.pixels_per_image(), [](const Tensor& x) { return x; });
  double before_pca = 100, before_random = 100;
  for (std::size_t i = 0; i < sizes.size(); ++i) {
    const Tasks a = measure("autoencoder", sizes[i], [&](const Tensor& x) { return models[i].encode(x).value(); });
    const Tasks p = measure("pca", sizes[i], [&](const Tensor& x) { return pca.encode(x, sizes[i]); });
    const Tasks r = measure("random", sizes[i], [&](const Tensor& x) { return matmul(x, directions[i]); });
    before_pca = std::min({before_pca, a.probe - p.probe, a.neighbours - p.neighbours});
    before_random = std::min({before_random, a.probe - r.probe, a.neighbours - r.neighbours});
    run.metric(fmt::format("autoencoder_{}_neighbours_minus_pixels_points", sizes[i]),
               a.neighbours - pixels.neighbours);
  }
  run.metric("least_points_before_pca", before_pca);
  run.metric("least_points_before_random", before_random);
  run.show("What a later task gets", fmt::format("Of {} labelled digits.", train.count), table);
}

// S34: how much of the variance each kind of code keeps.
void compare_variance(Run& run, const data::Dataset& digits, std::vector<models::Undercomplete>& models,
                      const metrics::Pca& pca) {
  const auto error = [&](const std::function<Tensor(const Tensor&)>& r) {
    return run.mean(digits.test, [&](const Tensor& x) { return nn::squared_error(r(x), x); });
  };
  const double all = error([&](const Tensor& x) { return pca.mean_like(x); });
  report::Series ours{"autoencoder", {}, {}}, linear{"PCA", {}, {}};
  double least = 1;
  for (std::size_t i = 0; i < sizes.size(); ++i) {
    // [kept]
    const double kept = 1 - error([&](const Tensor& x) { return models[i].decode(models[i].encode(x)).value(); }) / all;
    // [/kept]
    const double by_pca = 1 - error([&](const Tensor& x) { return pca.reconstruct(x, sizes[i]); }) / all;
    run.metric(fmt::format("autoencoder_{}_variance_kept", sizes[i]), kept);
    run.metric(fmt::format("pca_{}_variance_kept", sizes[i]), by_pca);
    ours.x.push_back(static_cast<double>(sizes[i])), ours.y.push_back(kept);
    linear.x.push_back(static_cast<double>(sizes[i])), linear.y.push_back(by_pca);
    least = std::min(least, kept - by_pca);
  }
  run.metric("least_variance_kept_minus_pca", least);
  run.show("kept", "What is kept", "The share of the variance of test digits about their mean.",
           report::Chart{"What is kept", "numbers", "share of variance", {ours, linear}, false});
}

void show_reconstructions(Run& run, std::vector<models::Undercomplete>& models, const data::Images& test,
                          const Tensor& shown) {
  const NoGrad looking;
  std::vector<Tensor> rows{shown};
  for (models::Undercomplete& model : models) rows.push_back(model.decode(model.encode(shown)).value());
  run.show("rows", "From 2, 8 and 32 numbers", "Test digits, and what each code gives back.",
           report::rows(rows, test.height, test.width, 3));
}

}  // namespace

int main(int argc, char** argv) {
  Run run("11_dimensionality_reduction", "Fewer variables", "How many numbers does a digit need?", argc, argv);
  const data::Dataset digits = run.dataset();
  const Index input = digits.train.pixels_per_image();

  std::vector<models::Undercomplete> models;
  std::vector<Tensor> directions;  // at random: k columns of length about 1
  nn::Parameters parameters;
  for (const Index k : sizes) {
    models.emplace_back(models::Undercomplete::Sizes{.input = input, .hidden = 128, .code = k}, run.rng);
    directions.push_back(run.rng.normal({input, k}, 0, 1 / std::sqrt(static_cast<Scalar>(input))));
    run.add(parameters, fmt::format("code{}.", k), models.back());
  }
  nn::Adam adam(parameters, {.learning_rate = Scalar(1e-3)});
  run.keep(parameters, {&adam});
  const Tensor shown = digits.test.slice(0, std::min<Index>(12, digits.test.count)).tensor();

  for ([[maybe_unused]] int epoch : run.epochs(8)) {
    // [loop]
    for (const Tensor& x : run.batches(digits.train, 128)) {
      Loss largest{};  // of the largest code
      adam.zero_grad();
      for (models::Undercomplete& model : models) {
        Loss loss = model.loss(x);  // L(x, g(f(x))) through 2, 8, 32 numbers
        backward(loss.value);
        // [one]
        largest = loss;
      }
      adam.step();
      run.end_batch(largest);
    }
    // [/loop]
    show_reconstructions(run, models, digits.test, shown);
    run.end_epoch();
  }

  metrics::PcaFit fit;
  run.each(digits.train, [&](const Tensor& x) { fit.add(x); });
  const metrics::Pca pca = fit.finish();
  const Index known = std::min<Index>(10000, digits.train.count), asked = std::min<Index>(5000, digits.test.count);
  compare_variance(run, digits, models, pca);
  const Tensor near = digits.test.slice(0, asked).tensor();
  run.metric("intrinsic_dimension",
             metrics::intrinsic_dimension(metrics::nearest_others(near, std::min<Index>(10, asked - 1))));
  if (!digits.train.labels.empty())
    compare_tasks(run, digits.train.slice(0, known), digits.test.slice(0, asked), models, pca, directions);
  return run.finish();
}
