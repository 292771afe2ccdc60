#include "lessons/08_denoising/measure.h"

#include <fmt/format.h>

#include <algorithm>
#include <optional>

#include <hourglass/autograd/grad_mode.h>
#include <hourglass/autograd/ops.h>
#include <hourglass/metrics/denoisers.h>
#include <hourglass/metrics/linear_denoiser.h>
#include <hourglass/metrics/noise.h>
#include <hourglass/metrics/probe.h>

namespace hourglass::HOURGLASS_BUILD {
namespace {

// ‖x - r‖², averaged over images.
double error(const Tensor& r, const Tensor& x) { return nn::squared_error(r, x).value.item(); }

// The measures of one code.
struct CodeMeasures {
  double error, noise_copied;
  std::optional<double> probe_percent;  // where there are labels
};

CodeMeasures measure_code(Variant& variant, const data::Images& labelled, const data::Images& test, const Tensor& x,
                          const Tensor& noisy) {
  const Tensor r = variant.reconstruct(x);
  CodeMeasures m{error(r, x), metrics::noise_copied(x, noisy, r, variant.reconstruct(noisy)), {}};
  if (labelled.classes() < 2) return m;
  const Tensor h = variant.model.encode(x).value();
  const Tensor codes = variant.model.encode(labelled.tensor()).value();
  const GradMode recording(true);  // the probe is trained, not the network
  const metrics::LogisticProbe probe(codes, labelled.labels, labelled.classes());
  m.probe_percent = 100 * probe.accuracy(h, test.labels);
  return m;
}

// The decoder's weights of the first 16 units, columns of its W [pixels, code]; 0 is grey.
Tensor filters(const Variant& variant) {
  const Variable W = transpose(narrow(variant.model.parameters()[2].variable, 1, 0, 16));
  return (W / amax(abs(W), 1, Keep::yes) * 0.5 + 0.5).value();
}

// A method of denoising, and its output for noisy images.
struct Denoised {
  std::string method;
  Tensor r;
};

// The outputs of the baselines, the best affine map and each network, in this order.
std::vector<Denoised> denoise(Run& run, const nn::Corruption& noise, const data::Images& train, const Tensor& noisy,
                              const std::vector<metrics::Denoiser>& baselines, std::vector<Variant>& variants) {
  const Tensor held_out = train.first(500).tensor();  // the baselines' settings are chosen on these
  const Tensor noisy_held_out = noise(held_out, run.rng);
  metrics::LinearDenoiserFit affine;
  run.each(train, [&](const Tensor& x) { affine.add(noise(x, run.rng), x); });
  std::vector<Denoised> all;
  for (const metrics::Denoiser& baseline : baselines)
    all.push_back({baseline.name, baseline.best(noisy_held_out, held_out)(noisy)});
  all.push_back({"best affine", affine.finish().denoise(noisy)});
  for (Variant& variant : variants) all.push_back({variant.name, variant.reconstruct(noisy)});
  return all;
}

}  // namespace

void measure_codes(Run& run, const data::Images& labelled, const data::Images& test, std::vector<Variant>& variants) {
  const Tensor x = test.tensor();
  const nn::Corruption noise{nn::Corruption::Kind::gaussian, 0.25};
  const Tensor noisy = noise(x, run.rng);
  report::Table table{{"network", "error on clean images", "noise copied", "probe accuracy (%)"}, {}};
  std::vector<CodeMeasures> measured;
  std::vector<report::Row> shown;
  for (Variant& variant : variants) {
    const CodeMeasures m = measured.emplace_back(measure_code(variant, labelled, test, x, noisy));
    const CodeMeasures& plain = measured[0];
    run.metric(variant.name + "_test_squared_error_per_image", m.error);
    run.metric(variant.name + "_noise_copied", m.noise_copied);
    run.metric(variant.name + "_noise_copied_over_plain", m.noise_copied / plain.noise_copied);
    table.rows.push_back(
        {report::words(variant.name), fmt::format("{:.2f}", m.error), fmt::format("{:.3f}", m.noise_copied)});
    if (variant.name != "small") shown.push_back({report::words(variant.name), filters(variant)});
    if (!m.probe_percent) continue;
    run.metric(variant.name + "_probe_percent", *m.probe_percent);
    run.metric(variant.name + "_over_plain_probe_points", *m.probe_percent - *plain.probe_percent);
    if (measured.size() > 2)
      run.metric(variant.name + "_over_sparse_probe_points", *m.probe_percent - *measured[1].probe_percent);
    table.rows.back().push_back(fmt::format("{:.1f}", *m.probe_percent));
  }
  run.show("Code and copied noise",
           "The share of an added noise that the output contains, and the accuracy of a linear probe on the code.",
           table);
  run.show("filters", "Filters", "Decoder weights of 16 units of each network.",
           report::rows(shown, test.height, test.width, 2));
}

void measure_errors(Run& run, const data::Images& train, const data::Images& test, std::vector<Variant>& variants) {
  const Tensor x = test.tensor();
  metrics::PcaFit pca;
  run.each(train, [&](const Tensor& batch) { pca.add(batch); });
  const std::vector<metrics::Denoiser> baselines = metrics::plain_denoisers(pca.finish(), test.height, test.width);
  report::Table table{{"noise"}, {}};
  for (std::size_t trained = 2; trained < variants.size() - 1; ++trained) {  // trained with noise, except the small one
    const std::string& name = variants[trained].name;
    const Tensor noisy = variants[trained].noise(x, run.rng);
    const std::vector<Denoised> all = denoise(run, variants[trained].noise, train, noisy, baselines, variants);
    table.header.resize(1);
    table.rows.push_back({report::words(name)});
    for (const Denoised& denoised : all) {
      table.header.push_back(report::words(denoised.method));
      table.rows.back().push_back(fmt::format("{:.1f}", error(denoised.r, x)));
      std::string method = denoised.method;
      std::replace(method.begin(), method.end(), ' ', '_');
      run.metric(name + "_cost_of_" + method, error(denoised.r, x));
    }
    const Tensor& r = all[baselines.size() + 1 + trained].r;  // of the network trained on this noise
    run.metric(name + "_cost_over_copy", error(r, x) / error(noisy, x));
    run.metric(name + "_cost_over_small", error(r, x) / error(all.back().r, x));
    std::vector<report::Row> rows = {{"clean", x},      {"noisy", noisy},          {"local Wiener", all[2].r},
                                     {"PCA", all[3].r}, {"best affine", all[4].r}, {"network", r}};
    for (report::Row& row : rows) row.images = narrow(row.images, 0, 0, std::min<Index>(12, x.size(0)));
    run.show("denoised_" + name, "Denoised: " + report::words(name),
             "By three tools, by the best affine map and by the network that was trained on this noise.",
             report::rows(rows, test.height, test.width, 2));
  }
  run.show("Error on noisy images", "Squared error per image, by noise (rows) and method (columns).", table);
}

void measure_layers(Run& run, const Tensor& x, const Tensor& noisy, const std::vector<Variant>& variants) {
  report::Chart chart{"Remaining noise, layer by layer", "0: input, 1: code, 2: output", "remaining noise", {}, true};
  for (const Variant& variant : variants) {
    const std::vector<double> left = metrics::noise_left(x, noisy, variant.model.encoder, variant.model.decoder);
    const std::size_t code = left.size() / 2;
    run.metric(variant.name + "_noise_at_input", left[0]);
    run.metric(variant.name + "_noise_at_code", left[code]);
    run.metric(variant.name + "_noise_at_output", left.back());
    run.metric(variant.name + "_noise_gone_at_code", (left[0] - left[code]) / (left[0] - left.back()));
    report::Series series{report::words(variant.name), {}, left};
    for (std::size_t i = 0; i < left.size(); ++i) series.x.push_back(double(i) / double(code));
    chart.series.push_back(series);
  }
  run.show("layers", chart.title, "Squared change of a layer by Gaussian noise, divided by its variance.", chart);
}

}  // namespace hourglass::HOURGLASS_BUILD
