#include "lessons/06_overcomplete/measure.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <functional>
#include <map>

#include <hourglass/autograd/grad_mode.h>
#include <hourglass/data/open.h>
#include <hourglass/metrics/neighbors.h>
#include <hourglass/metrics/probe.h>
#include <hourglass/tensor/elementwise.h>
#include <hourglass/tensor/layout.h>
#include <hourglass/tensor/random.h>
#include <hourglass/tensor/reduce.h>

namespace hourglass {
namespace {

Tensor encoded(models::Autoencoder& model, const Tensor& x) {
  const NoGrad no_grad;
  return model.encode(x).value();
}

Tensor reconstruction(models::Autoencoder& model, const Tensor& x) {
  const NoGrad no_grad;
  return model.decode(model.encode(x)).value();
}

// What the networks are to copy.
struct Inputs {
  Tensor own, other, noise;  // test images, images of another kind, uniform noise
};

// The encoder weights of a pixel that is black in every training image get no gradient. So other images and noise keep
// only the pixels whose mean over the training images is at least 0.01.
Inputs inputs(const Run& run, const data::Images& test, const data::Images& other, const data::Images& train) {
  const Tensor ink = inside(mean(train.tensor(), 0), 0.01, 1);
  const Tensor masked = ink * other.tensor();
  return {test.tensor(), masked, ink * Rng(run.seed, 9).uniform(masked.shape())};
}

// 100 Σ ‖x - r‖² / Σ ‖x‖²: 0 for a perfect copy, 100 for a black image.
double energy_lost_percent(models::Autoencoder& model, const Tensor& x) {
  const Tensor r = reconstruction(model, x);
  return 100 * static_cast<double>((sum(square(x - r)) / sum(square(x))).item());
}

// The incoming weights of the first 16 units as images, grey where they are 0.
Tensor first_units(const models::Autoencoder& model) {
  const Tensor W = narrow(model.parameters()[0].variable.value(), 0, 0, 16);
  return W / amax(abs(W), 1, Keep::yes) / 2 + 0.5;
}

void show_copies(Run& run, const std::vector<NamedModel>& networks, const Inputs& x, const data::Images& size) {
  const auto first = [](const Tensor& images, Index n) { return narrow(images, 0, 0, std::min(n, images.size(0))); };
  const Tensor shown = cat({first(x.own, 8), first(x.other, 8), first(x.noise, 4)}, 0);
  std::vector<report::Row> rows = {{"input", shown}};
  std::vector<report::Row> units;
  for (const NamedModel& each : networks) {
    rows.push_back({each.name, reconstruction(*each.model, shown)});
    if (each.name != "undercomplete") units.push_back({each.name, first_units(*each.model)});
  }
  run.show("copies", "Reconstructions",
           "Test images, images of another kind and noise, and their reconstructions by each network.",
           report::rows(rows, size.height, size.width, 2));
  run.show("units", "The weights of 16 units",
           "The encoder weights of a unit as an image. The last three networks started from the same weights.",
           report::rows(units, size.height, size.width, 2));
}

// The test accuracy, in percent, of classes that are predicted from features.
struct Accuracy {
  double probe, neighbors;
};

Accuracy accuracy(const std::function<Tensor(const Tensor&)>& features, const data::Images& train,
                  const data::Images& test) {
  const data::Images fewer = test.first(2000);
  const Tensor h = features(train.tensor());
  const metrics::LogisticProbe probe(h, train.labels, train.classes());
  const metrics::Neighbors five = metrics::nearest(features(fewer.tensor()), h, std::min<Index>(5, train.count));
  return {100 * probe.accuracy(features(test.tensor()), test.labels),
          100 * metrics::neighbor_accuracy(five, fewer.labels, train.labels)};
}

}  // namespace

void record_errors(Run& run, const std::vector<NamedModel>& networks, const data::Images& images) {
  for (const auto& [name, model] : networks) {
    const auto error = [&m = *model](const Tensor& x) { return nn::squared_error(m.decode(m.encode(x)), x); };
    run.measure(name, run.mean(images, error));
  }
}

void measure_copying(Run& run, const std::vector<NamedModel>& networks, const data::Dataset& home,
                     const data::Images& train) {
  const bool clothes = home.name.starts_with("Fashion");  // then the images of another kind are digits
  const data::Images other = data::open(clothes ? "mnist" : "fashion").test.slice(0, 1000);
  const Inputs x = inputs(run, home.test, other, train);
  report::Table table{{"% of the energy lost", "code size", "test images", clothes ? "digits" : "clothes", "noise"},
                      {}};
  std::map<std::string, double> own_lost, other_lost, noise_lost;
  for (const auto& [name, model] : networks) {
    own_lost[name] = energy_lost_percent(*model, x.own);
    other_lost[name] = energy_lost_percent(*model, x.other);
    noise_lost[name] = energy_lost_percent(*model, x.noise);
    run.metric(name + "_own_lost_percent", own_lost[name]);
    run.metric(name + "_other_lost_percent", other_lost[name]);
    run.metric(name + "_noise_lost_percent", noise_lost[name]);
    const Index code = encoded(*model, narrow(x.own, 0, 0, 1)).size(1);
    table.rows.push_back({name, std::to_string(code), fmt::format("{:.2f}", own_lost[name]),
                          fmt::format("{:.2f}", other_lost[name]), fmt::format("{:.1f}", noise_lost[name])});
  }
  run.metric("worst_copier_own_lost_percent", std::max(own_lost["equal"], own_lost["overcomplete"]));
  run.metric("worst_copier_other_lost_percent", std::max(other_lost["equal"], other_lost["overcomplete"]));
  const double plain = noise_lost["overcomplete"];
  run.metric("least_noise_ratio", std::min(noise_lost["sparse"], noise_lost["denoising"]) / plain);
  run.metric("largest_noise_ratio", std::max(noise_lost["sparse"], noise_lost["denoising"]) / plain);
  run.show("Which networks copy?",
           "100 Σ ‖x - r‖² / Σ ‖x‖². Images of another kind and noise are black outside of the pixels in which the "
           "training images have ink.",
           table);
  show_copies(run, networks, x, home.test);
}

void compare_codes(Run& run, const std::vector<NamedModel>& networks, const data::Images& train,
                   const data::Images& test) {
  report::Table table{{"accuracy %", "linear probe", "5 neighbours"}, {}};
  std::map<std::string, double> probe, near;
  const auto compare = [&](const std::string& name, const std::function<Tensor(const Tensor&)>& features) {
    const Accuracy found = accuracy(features, train, test);
    probe[name] = found.probe;
    near[name] = found.neighbors;
    run.metric(name + "_probe_percent", found.probe);
    run.metric(name + "_neighbor_percent", found.neighbors);
    table.rows.push_back({name, fmt::format("{:.1f}", found.probe), fmt::format("{:.1f}", found.neighbors)});
  };
  compare("pixels", [](const Tensor& x) { return x; });
  for (const auto& [name, model] : networks) compare(name, [&m = *model](const Tensor& x) { return encoded(m, x); });
  const double plain = probe["overcomplete"];
  const double small = probe["undercomplete"];
  const double worst = std::min(probe["sparse"], probe["denoising"]);
  const double best = std::max(probe["sparse"], probe["denoising"]);
  const double worst_near = std::min(near["sparse"], near["denoising"]);
  run.metric("overcomplete_probe_gain_points", plain - probe["untrained"]);
  run.metric("worst_regularised_over_plain_probe_points", worst - plain);
  run.metric("best_regularised_over_plain_probe_points", best - plain);
  run.metric("worst_regularised_over_plain_neighbor_points", worst_near - near["overcomplete"]);
  run.metric("worst_gain_minus_size_points", worst - plain - std::abs(plain - probe["equal"]));
  run.metric("worst_regularised_over_undercomplete_probe_points", worst - small);
  run.metric("best_regularised_over_undercomplete_probe_points", best - small);
  run.show("What the codes predict", "Test accuracy of classes predicted from the pixels and from each code.", table);
}

}  // namespace hourglass
