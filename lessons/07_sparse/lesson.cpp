// Lesson 07: a price on the code, L(x, g(f(x))) + Ω(h). The copying net of lesson 06, whose code is larger than the
// image: plainly and with four prices on Σ |h|; with sigmoid units, plainly and with a price on a mean answer that is
// not the target; and with a rule in place of a price, by which only the k largest numbers of a code pass.

#include <fmt/format.h>

#include <algorithm>
#include <numeric>

#include <hourglass/autograd/backward.h>
#include <hourglass/autograd/grad_mode.h>
#include <hourglass/autograd/ops.h>
#include <hourglass/metrics/activity.h>
#include <hourglass/metrics/noise.h>
#include <hourglass/metrics/probe.h>
#include <hourglass/metrics/units.h>
#include <hourglass/models/sparse.h>
#include <hourglass/models/top_k.h>
#include <hourglass/nn/adam.h>
#include <hourglass/nn/corruption.h>
#include "lessons/common/run.h"

using namespace hourglass;
using models::Sparse;
constexpr auto l1 = Sparse::Penalty::l1, kl = Sparse::Penalty::kl;
namespace {

const std::tuple<const char*, Sparse::Penalty, double> prices[] = {
    {"plain", l1, 0}, {"l1_003", l1, 0.03},     {"l1_01", l1, 0.1}, {"l1_03", l1, 0.3},
    {"l1_1", l1, 1},  {"plain_sigmoid", kl, 0}, {"kl", kl, 0.1}};

// All that is measured of a net, on test images, and shown beside the others.
struct Comparison {
  Run& run;
  const data::Images &train, &test;
  const Tensor x = test.tensor();
  const Tensor noisy = nn::Corruption{nn::Corruption::Kind::gaussian, Scalar(0.25)}(x, run.rng);
  report::Table table{{"net", "error", "answer %", "dead", "mean h", "noise copied", "probe %", "purity"}, {}};
  const Index top = std::min<Index>(16, x.size(0));  // images that show what a unit means
  report::Chart chart{"How often units answer", "unit, the busiest first", "share of images", {}, true};
  std::map<std::string, double> found = {};
  std::vector<Tensor> filters = {};

  // A unit answers to an image where h is above the threshold.
  template <class Model>
  void add(const std::string& name, Model& net, Scalar threshold) {
    table.rows.push_back({name});
    const auto tell = [&](const std::string& what, double value, int digits) {
      run.metric(name + "_" + what, found[name + "_" + what] = value);
      table.rows.back().push_back(fmt::format("{:.{}f}", value, digits));
    };
    const Tensor h = net.encode(x).value(), r = net.decode(h).value();
    const metrics::Activity units = metrics::activity(h, threshold);
    tell("test_squared_error_per_image", double(nn::squared_error(r, x).value.item()), 2);
    tell("answering_percent", 100 * units.share_active, 1), tell("dead_units", double(units.dead), 0);
    tell("mean_activity", double(mean(h).item()), 3);
    // Σ (r(x~) - r(x)) d / Σ d², with the noise d = x~ - x
    tell("noise_copied", metrics::noise_copied(x, noisy, r, net.decode(net.encode(noisy)).value()), 3);
    const int classes = train.labels.empty() ? 0 : 1 + *std::max_element(train.labels.begin(), train.labels.end());
    if (classes > 1) {
      const Tensor learned = net.encode(train.slice(0, std::min<Index>(10000, train.count)).tensor()).value();
      const GradMode recording(true);  // the probe is trained, not the network
      const metrics::LogisticProbe probe(learned, std::span(train.labels).first(std::size_t(learned.size(0))), classes);
      tell("probe_percent", 100 * probe.accuracy(h, test.labels), 1);
      tell("purity", metrics::purity(metrics::strongest_images(h, top, threshold), test.labels), 2);
    }
    if (name.starts_with("l1") && name != "l1_01") return;
    chart.series.push_back({name, std::vector<double>(units.active.size()), units.active});
    std::iota(chart.series.back().x.begin(), chart.series.back().x.end(), 1);
    std::sort(chart.series.back().y.rbegin(), chart.series.back().y.rend());
    show_units(name, net.parameters()[2].variable, metrics::strongest_images(h, top, threshold));
  }

  // The first units that answer often enough: what each adds to an image, and the images to which it answers most.
  void show_units(const std::string& name, const Variable& W, const std::vector<std::vector<int>>& strongest) {
    Variables columns;  // of W [input, code]
    std::vector<Tensor> units;
    for (std::size_t unit = 0; unit < strongest.size() && columns.size() < 16; ++unit) {
      if (strongest[unit].empty()) continue;
      const Variable w = transpose(narrow(W, 1, Index(unit), 1));
      columns.push_back(w / amax(abs(w), 1, Keep::yes) * Scalar(0.5) + Scalar(0.5));  // 0 is grey
      units.push_back(cat({columns.back(), test.batch(strongest[unit])}, 0).value());
    }
    if (columns.empty()) return;
    filters.push_back(cat(columns, 0).value()), units.resize(std::min<std::size_t>(8, units.size()));
    run.show("units_" + name, "Units: " + name, "Left: what a unit adds. Right: the images to which it answers most.",
             report::rows(units, test.height, test.width, 2));
  }

  void finish() {
    run.show("What a price buys", "Purity: how often the images to which a unit answers most are of one class.", table);
    run.show("answers", chart.title, "A unit that answers to few images says much when it does.", chart);
    const char* nets = "Of plain, l1_01, plain_sigmoid, kl, top_k.";
    if (!filters.empty()) run.show("filters", "Filters", nets, report::rows(filters, test.height, test.width, 2));
    const auto beside = [&](const std::string& kind, const std::string& net, const std::string& plain) {
      for (const std::string what : {"_answering_percent", "_noise_copied"})
        run.metric(kind + what + "_over_plain", found[net + what] / found[plain + what]);
      run.metric(kind + "_probe_gain_points", found[net + "_probe_percent"] - found[plain + "_probe_percent"]);
    };
    beside("l1", "l1_01", "plain"), beside("kl", "kl", "plain_sigmoid");
    run.metric("kl_mean_activity_over_target", found["kl_mean_activity"] / 0.05);
  }
};

}  // namespace

int main(int argc, char** argv) {
  Run run("07_sparse", "A penalty on the code", "What does a unit mean when it costs to answer?", argc, argv);
  const data::Dataset digits = run.dataset();
  const data::Images train = digits.train.slice(0, std::min<Index>(run.quick() ? 2000 : 15000, digits.train.count));
  const data::Images test = digits.test.slice(0, std::min<Index>(5000, digits.test.count));
  const Index input = train.pixels_per_image(), code = input + 240;
  std::vector<std::pair<std::string, Sparse>> priced;
  for (const auto& [name, penalty, weight] : prices) {
    Rng start(run.seed);  // the same for all
    priced.emplace_back(name, Sparse({input, code, penalty, Scalar(weight), Scalar(0.05)}, start));
    priced.back().second.decoder = nn::mlp({code, input}, Activation::none, Activation::none, start);  // it can copy
  }
  models::TopK top_k({.input = input, .code = code, .active = 32}, run.rng);
  nn::Parameters all;
  for (const auto& [name, net] : priced)
    for (const nn::Parameter& p : net.parameters()) all.push_back({name + "." + p.name, p.variable});
  for (const nn::Parameter& p : top_k.parameters()) all.push_back({"top_k." + p.name, p.variable});
  nn::Adam adam(all, {.learning_rate = Scalar(1e-3)});
  run.keep(all, {&adam});
  run.network("l1_01.encoder", priced[2].second.encoder), run.network("l1_01.decoder", priced[2].second.decoder);

  for ([[maybe_unused]] int epoch : run.epochs(6)) {
    // [loop]
    for (const Tensor& x : run.batches(train, 128)) {
      Loss shown{};  // the one that the run records
      adam.zero_grad();
      for (auto& [name, net] : priced) {
        const Variable h = net.encode(x), r = net.decode(h);
        const Variable omega = net.options.weight * net.penalty(h);  // Ω(h): λ Σ |h|, or λ Σ KL(ρ ‖ ρ̂)
        const Loss loss = nn::with_penalty(nn::squared_error(r, x), omega);  // L(x, g(f(x))) + Ω(h)
        // [made]
        backward(loss.value);
        if (name == "l1_01") shown = loss;
      }
      backward(top_k.loss(x).value);  // no price: all but the k largest numbers of a code are 0
      adam.step();
      if (adam.steps() % 50 == 0) top_k.revive(x, run.rng);
      run.end_batch(shown);
    }
    // [/loop]
    run.end_epoch();
  }

  const NoGrad looking;
  Comparison comparison{run, train, test};
  for (auto& [name, net] : priced) comparison.add(name, net, net.options.penalty == l1 ? 0 : Scalar(0.5));
  comparison.add("top_k", top_k, 0);
  comparison.finish();
  return run.finish();
}
