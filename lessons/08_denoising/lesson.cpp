// Lesson 08: noise at the input in place of a penalty, L(x, g(f(x~))). The copying net of lesson 06 as it is, with a
// price on its code (lesson 07), and with three kinds of noise; a small net; and one in the plane (plane.h).
#include <fmt/format.h>

#include <algorithm>

#include <hourglass/autograd/grad_mode.h>
#include <hourglass/metrics/denoisers.h>
#include <hourglass/metrics/linear_denoiser.h>
#include <hourglass/metrics/noise.h>
#include <hourglass/metrics/probe.h>
#include <hourglass/models/denoising.h>
#include <hourglass/models/overcomplete.h>
#include <hourglass/nn/adam.h>
#include "lessons/08_denoising/plane.h"
#include "lessons/common/run.h"

using namespace hourglass;
using Kind = nn::Corruption::Kind;
namespace {

struct Net {
  std::string name;
  nn::Corruption noise;  // of its input
  Scalar price;          // λ of λ Σ |h|
  models::Autoencoder model;
  Tensor clean(const Tensor& x) { return model.decode(model.encode(x)).value(); }
};
data::Images first(const data::Images& images, Index n) { return images.slice(0, std::min(n, images.count)); }
double cost(const Tensor& r, const Tensor& x) { return double(nn::squared_error(r, x).value.item()); }

// S23, S26: what is copied of noise, and what a linear map reads from the code.
void measure_codes(Run& run, const data::Images& known, const data::Images& test, std::vector<Net>& nets) {
  const Tensor x = test.tensor(), noisy = nn::Corruption{Kind::gaussian, Scalar(0.25)}(x, run.rng);
  const int classes = known.labels.empty() ? 0 : 1 + *std::max_element(known.labels.begin(), known.labels.end());
  report::Table table{{"net", "error of clean images", "noise copied", "probe %"}, {}};
  std::vector<double> copied, probed;
  std::vector<Tensor> filters;
  for (Net& net : nets) {
    const Tensor r = net.clean(x), h = net.model.encode(x).value(), learned = net.model.encode(known.tensor()).value();
    copied.push_back(metrics::noise_copied(x, noisy, r, net.clean(noisy)));
    run.metric(net.name + "_test_squared_error_per_image", cost(r, x));
    run.metric(net.name + "_noise_copied", copied.back());
    run.metric(net.name + "_noise_copied_over_plain", copied.back() / copied[0]);
    table.rows.push_back({net.name, fmt::format("{:.2f}", cost(r, x)), fmt::format("{:.3f}", copied.back())});
    const Variable W = transpose(narrow(net.model.parameters()[2].variable, 1, 0, 16));  // what 16 units add
    if (net.name != "small") filters.push_back((W / amax(abs(W), 1, Keep::yes) * Scalar(0.5) + Scalar(0.5)).value());
    if (classes < 2) continue;
    const GradMode recording(true);  // the probe is trained, not the network
    const metrics::LogisticProbe probe(learned, known.labels, classes);
    probed.push_back(100 * probe.accuracy(h, test.labels));
    run.metric(net.name + "_probe_percent", probed.back());
    run.metric(net.name + "_over_plain_probe_points", probed.back() - probed[0]);
    if (probed.size() > 2) run.metric(net.name + "_over_sparse_probe_points", probed.back() - probed[1]);
    table.rows.back().push_back(fmt::format("{:.1f}", probed.back()));
  }
  run.show("Without a penalty", "What is copied of noise, and what the code is good for.", table);
  run.show("filters", "Filters", "Plain, sparse, three noises.", report::rows(filters, test.height, test.width, 2));
}

// S25, S26: r(x~) against x, beside the copy x~, filters, PCA and the best affine map.
void measure_costs(Run& run, const data::Images& train, const data::Images& test, std::vector<Net>& nets) {
  const Tensor x = test.tensor(), v = first(train, 500).tensor();  // v chooses the settings of filters and of PCA
  metrics::PcaFit pca;
  run.each(train, [&](const Tensor& batch) { pca.add(batch); });
  const auto tools = metrics::plain_denoisers(pca.finish(), test.height, test.width);
  report::Table table{{"noise"}, {}};
  for (std::size_t own = 2; own < nets.size() - 1; ++own) {
    const Net& target = nets[own];
    const Tensor noisy = target.noise(x, run.rng), noisy_v = target.noise(v, run.rng);
    metrics::LinearDenoiserFit affine;
    run.each(train, [&](const Tensor& batch) { affine.add(target.noise(batch, run.rng), batch); });
    std::vector<std::pair<std::string, Tensor>> made;
    for (const metrics::Denoiser& tool : tools) made.emplace_back(tool.name, tool.best(noisy_v, v)(noisy));
    made.emplace_back("best affine", affine.finish().denoise(noisy));
    for (Net& net : nets) made.emplace_back(net.name, net.clean(noisy));
    table.header.resize(1), table.rows.push_back({target.name});
    for (auto& [tool, r] : made) {
      table.header.push_back(tool), table.rows.back().push_back(fmt::format("{:.1f}", cost(r, x)));
      std::replace(tool.begin(), tool.end(), ' ', '_'), run.metric(target.name + "_cost_of_" + tool, cost(r, x));
    }
    const Tensor& r = made[tools.size() + 1 + own].second;  // by the net that was trained on this noise
    run.metric(target.name + "_cost_over_copy", cost(r, x) / cost(noisy, x));
    run.metric(target.name + "_cost_over_small", cost(r, x) / cost(made.back().second, x));
    std::vector<Tensor> rows = {x, noisy, made[2].second, made[3].second, made[4].second, r};
    for (Tensor& row : rows) row = narrow(row, 0, 0, std::min<Index>(12, x.size(0)));
    run.show("denoised_" + target.name, "Denoised: " + target.name,
             "Clean, noisy, local Wiener, PCA, best affine map, net.", report::rows(rows, test.height, test.width, 2));
  }
  run.show("What noise costs", "Squared error per image: by rows the noise, by columns what was used.", table);
}

// S24: how far noise has moved what each layer says, beside how far images differ there.
void measure_layers(Run& run, const Tensor& x, const Tensor& noisy, std::vector<Net>& nets) {
  report::Chart chart{"Noise left, layer by layer", "0: input, 1: code, 2: output", "noise left", {}, true};
  for (const Net& net : nets) {
    const std::vector<double> left = metrics::noise_left(x, noisy, net.model.encoder, net.model.decoder);
    const std::size_t code = left.size() / 2;
    run.metric(net.name + "_noise_at_input", left[0]);
    run.metric(net.name + "_noise_at_code", left[code]), run.metric(net.name + "_noise_at_output", left.back());
    run.metric(net.name + "_noise_gone_at_code", (left[0] - left[code]) / (left[0] - left.back()));
    chart.series.push_back({net.name, {}, left});
    for (std::size_t i = 0; i < left.size(); ++i) chart.series.back().x.push_back(double(i) / double(code));
  }
  run.show("layers", chart.title, "How far Gaussian noise moves what a layer says: 1 is as images differ.", chart);
}
}  // namespace

int main(int argc, char** argv) {
  Run run("08_denoising", "Noise at the input", "What must a net know to undo what chance did?", argc, argv);
  const data::Dataset digits = run.dataset();
  const data::Images train = first(digits.train, run.quick() ? 2000 : 15000), test = first(digits.test, 5000);
  const Index input = train.pixels_per_image(), code = input + 240;
  std::vector<Net> nets;
  const auto add = [&](const std::string& name, Kind kind, double amount, double price) {
    Rng start(run.seed);  // the same for all
    nets.push_back({name, {kind, Scalar(amount)}, Scalar(price), models::Overcomplete({input, code}, start)});
  };
  add("plain", Kind::none, 0, 0), add("sparse", Kind::none, 0, 0.1), add("gaussian", Kind::clipped_gaussian, 0.5, 0);
  add("masking", Kind::masking, 0.25, 0), add("salt_and_pepper", Kind::salt_and_pepper, 0.25, 0);
  nets.push_back({"small", nets[2].noise, 0, models::Denoising({.sizes = {input, 256, 64}}, run.rng)});
  nn::Parameters all;
  for (const Net& net : nets)
    for (const nn::Parameter& p : net.model.parameters()) all.push_back({net.name + "." + p.name, p.variable});
  nn::Adam adam(all, {.learning_rate = Scalar(1e-3)});
  run.keep(all, {&adam});
  run.network("small.encoder", nets[5].model.encoder), run.network("small.decoder", nets[5].model.decoder);
  for ([[maybe_unused]] int epoch : run.epochs(8)) {
    // [loop]
    for (const Tensor& x : run.batches(train, 128)) {
      Loss shown{};  // the one that the run records
      adam.zero_grad();
      for (Net& net : nets) {
        const Tensor dirty = net.noise(x, run.rng);  // x~, or x where there is no noise
        const Variable h = net.model.encode(dirty), r = net.model.decode(h);
        Loss loss = nn::squared_error(r, x);  // L(x, g(f(x~)))
        if (net.price > 0) loss = nn::with_penalty(loss, net.price * sum(abs(h)) / Scalar(x.size(0)));
        // [made]
        backward(loss.value);
        if (net.name == "gaussian") shown = loss;
      }
      adam.step();
      run.end_batch(shown);
    }
    // [/loop]
    run.end_epoch();
  }
  denoise_in_the_plane(run);
  run.show("Draw a digit, and dirty it", "A small net cleans, in this page. It knows Gaussian noise of 0.5.",
           play::drawing(nets[5].model, first(test, 100)));
  const NoGrad looking;
  measure_codes(run, first(train, 10000), test, nets);
  measure_costs(run, train, first(test, 1000), nets);
  measure_layers(run, test.tensor(), nets[2].noise(test.tensor(), run.rng), nets);
  return run.finish();
}
