// Lesson 06: a code as large as the input. Nothing forces such a net to do more than to copy. Five nets learn side by
// side: one undercomplete, two overcomplete, the larger of these again with a penalty, and again with noise.
#include <fmt/format.h>

#include <hourglass/autograd/backward.h>
#include <hourglass/autograd/grad_mode.h>
#include <hourglass/autograd/ops.h>
#include <hourglass/data/open.h>
#include <hourglass/metrics/neighbors.h>
#include <hourglass/metrics/probe.h>
#include <hourglass/models/overcomplete.h>
#include <hourglass/models/undercomplete.h>
#include <hourglass/nn/adam.h>
#include <hourglass/nn/corruption.h>
#include <hourglass/tensor/elementwise.h>
#include "lessons/common/run.h"

using namespace hourglass;
namespace {
struct Net {
  std::string name;
  models::Autoencoder* model;
};

// What a net loses of images, in percent of their energy Σ x²: 0 is a perfect copy, 100 a black picture.
double lost(models::AnyAutoencoder auto& model, const Variable& x) {
  const NoGrad looking;
  const Variable r = model.decode(model.encode(x));
  return 100 * static_cast<double>((sum(square(x - r)) / sum(square(x))).item());
}

Tensor first_units(const models::Autoencoder& model) {  // what the first 16 answer to: their weights, grey where 0
  const Variable W = narrow(model.parameters()[0].variable, 0, 0, 16);
  return (W / amax(abs(W), 1, Keep::yes) / 2 + Scalar(0.5)).value();
}

// S17, S20: what each net loses of images like its own, of another kind, and of noise.
void copies(Run& run, const std::vector<Net>& nets, const data::Dataset& home, const data::Images& train) {
  const bool clothed = home.name.starts_with("Fashion");  // then digits are what it has never seen
  const data::Images strange = data::open(clothed ? "mnist" : "fashion").test.slice(0, 1000), test = home.test;
  // A pixel that is always black teaches nothing, not even how to copy it: 1 where there is ink, else 0.
  const Variable ink = inside(mean(Variable(train.tensor()), 0).value(), Scalar(0.01), 1), own = test.tensor();
  const Variable other = ink * strange.tensor(), noise = ink * Rng(run.seed, 9).uniform(other.shape());
  report::Table table{{"% of the energy lost", "code", "own kind", clothed ? "digits" : "clothes", "noise"}, {}};
  std::map<std::string, std::array<double, 3>> all;
  const auto first = [](const Variable& x, Index n) { return narrow(x, 0, 0, std::min(n, x.size(0))); };
  std::vector<Tensor> rows = {cat({first(own, 8), first(other, 8), first(noise, 4)}, 0).value()}, units;
  for (const Net& net : nets) {
    const auto [a, b, c] = all[net.name] = {lost(*net.model, own), lost(*net.model, other), lost(*net.model, noise)};
    run.metric(net.name + "_own_lost_percent", a), run.metric(net.name + "_other_lost_percent", b);
    run.metric(net.name + "_noise_lost_percent", c);
    table.rows.push_back({net.name, std::to_string(net.model->encode(rows[0]).size(1)), fmt::format("{:.2f}", a),
                          fmt::format("{:.2f}", b), fmt::format("{:.1f}", c)});
    rows.push_back(net.model->decode(net.model->encode(rows[0])).value());
    if (net.name != "undercomplete") units.push_back(first_units(*net.model));
  }
  run.metric("worst_copier_own_lost_percent", std::max(all["equal"][0], all["overcomplete"][0]));
  run.metric("worst_copier_other_lost_percent", std::max(all["equal"][1], all["overcomplete"][1]));
  const auto [least, most] = std::minmax(all["sparse"][2], all["denoising"][2]);
  run.metric("least_noise_ratio", least / all["overcomplete"][2]);
  run.metric("largest_noise_ratio", most / all["overcomplete"][2]);
  run.show("Who copies?", "Another kind and noise: cut to the pixels in which the training images have ink.", table);
  run.show("copies", "What comes back", "From above: test images, another kind, noise; the nets in the table's order.",
           report::rows(rows, test.height, test.width, 2));
  run.show("units", "What 16 units answer to", "Equal, overcomplete, sparse, denoising; the last three began alike.",
           report::rows(units, test.height, test.width, 2));
}

// S17 to S19: what the codes are good for.
void uses(Run& run, const std::vector<Net>& nets, const data::Images& train, const data::Images& test) {
  std::map<std::string, double> all, near;  // test images whose class is told right, in percent
  report::Table table{{"% right", "linear probe", "5 neighbours"}, {}};
  const data::Images fewer = test.slice(0, std::min<Index>(2000, test.count));
  const auto tell = [&](const std::string& name, const std::function<Tensor(const Tensor&)>& features) {
    const Tensor h = features(train.tensor()), asked = features(test.tensor()), some = features(fewer.tensor());
    const metrics::LogisticProbe probe(h, train.labels,
                                       1 + *std::max_element(train.labels.begin(), train.labels.end()));
    const metrics::Neighbors five = metrics::nearest(some, h, std::min<Index>(5, train.count));
    run.metric(name + "_probe_percent", all[name] = 100 * probe.accuracy(asked, test.labels));
    near[name] = 100 * metrics::neighbor_accuracy(five, fewer.labels, train.labels);
    run.metric(name + "_neighbor_percent", near[name]);
    table.rows.push_back({name, fmt::format("{:.1f}", all[name]), fmt::format("{:.1f}", near[name])});
  };
  tell("pixels", [](const Tensor& x) { return x; });
  for (const Net& net : nets) tell(net.name, [&](const Tensor& x) { return net.model->encode(x).value(); });
  const double plain = all["overcomplete"], small = all["undercomplete"];
  const auto [worst, best] = std::minmax(all["sparse"], all["denoising"]);
  run.metric("overcomplete_probe_gain_points", plain - all["untrained"]);
  run.metric("worst_regularised_over_plain_probe_points", worst - plain);
  run.metric("best_regularised_over_plain_probe_points", best - plain);
  run.metric("worst_regularised_over_plain_neighbor_points",
             std::min(near["sparse"], near["denoising"]) - near["overcomplete"]);
  run.metric("worst_gain_minus_size_points", worst - plain - std::abs(plain - all["equal"]));
  run.metric("worst_regularised_over_undercomplete_probe_points", worst - small);
  run.metric("best_regularised_over_undercomplete_probe_points", best - small);
  run.show("What the code is good for", "Test images whose class is told right from their code.", table);
}
void measure_errors(Run& run, const std::vector<Net>& nets, const data::Images& images) {
  for (const Net& net : nets) {
    const auto error = [&](const Tensor& x) { return nn::squared_error(net.model->decode(net.model->encode(x)), x); };
    run.measure(net.name, run.mean(images, error));
  }
}

}  // namespace

int main(int argc, char** argv) {
  Run run("06_overcomplete", "A code as large as the input", "What does a net learn that can copy?", argc, argv);
  const data::Dataset digits = run.dataset();
  const data::Images train = digits.train.slice(0, std::min<Index>(10000, digits.train.count));
  const data::Images some = digits.test.slice(0, std::min<Index>(1000, digits.test.count));
  const Index input = train.pixels_per_image(), large = input + 240;
  models::Undercomplete undercomplete({.input = input, .hidden = 128, .code = 32}, run.rng);
  const auto overcomplete = [&](Index code) {
    Rng start(run.seed);  // the same for all
    return models::Overcomplete({input, code}, start);
  };
  auto equal = overcomplete(input), plain = overcomplete(large), sparse = overcomplete(large);
  auto denoising = overcomplete(large), untrained = overcomplete(large);
  const Scalar lambda = Scalar(0.3);
  const nn::Corruption noise{nn::Corruption::Kind::clipped_gaussian, Scalar(0.4)};
  std::vector<Net> nets = {{"undercomplete", &undercomplete}, {"equal", &equal}, {"overcomplete", &plain}};
  nets.push_back({"sparse", &sparse}), nets.push_back({"denoising", &denoising});
  nn::Parameters all;
  for (const Net& net : nets) run.add(all, net.name + ".", *net.model);
  nn::Adam adam(all, {.learning_rate = Scalar(1e-3)});  // moves each net as if it were alone
  run.keep(all, {&adam});
  for ([[maybe_unused]] int epoch : run.epochs(8)) {
    for (const Tensor& x : run.batches(train, 100)) {
      // [loop]
      const Loss small = undercomplete.loss(x);  // L(x, g(f(x))) through 32 numbers
      const Loss same = equal.loss(x);           // through as many numbers as there are pixels
      const Loss copied = plain.loss(x);         // through more
      const Variable h = sparse.encode(x), price = lambda * sum(abs(h)) / static_cast<Scalar>(x.size(0));
      const Loss paid = nn::with_penalty(nn::squared_error(sparse.decode(h), x), price);  // L(x, g(f(x))) + Ω(h)
      const Variable spoilt = noise(x, run.rng);
      const Loss cleaned = nn::squared_error(denoising.decode(denoising.encode(spoilt)), x);  // L(x, g(f(x~)))
      // [made]
      adam.zero_grad();
      for (const Loss& loss : {small, same, copied, paid, cleaned}) backward(loss.value);
      adam.step();
      run.end_batch(copied);
      // [/loop]
    }
    measure_errors(run, nets, some);
    run.end_epoch();
  }
  copies(run, nets, digits, train);
  nets.push_back({"untrained", &untrained});
  if (!train.labels.empty()) uses(run, nets, train, digits.test);
  return run.finish();
}
