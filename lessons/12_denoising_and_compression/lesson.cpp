// Lesson 12: two uses of an autoencoder, beside the tools that were made for them. One net takes noise away,
// L(x, g(f(x~))); another, that of lesson 01, makes small codes, which are then written as bytes.
#include <fmt/format.h>

#include <cmath>

#include <hourglass/autograd/backward.h>
#include <hourglass/autograd/grad_mode.h>
#include <hourglass/autograd/ops.h>
#include <hourglass/codec/compressed.h>
#include <hourglass/codec/generic.h>
#include <hourglass/codec/rate.h>
#include <hourglass/metrics/denoisers.h>
#include <hourglass/metrics/linear_denoiser.h>
#include <hourglass/models/denoising.h>
#include <hourglass/models/undercomplete.h>
#include <hourglass/nn/adam.h>
#include "lessons/12_denoising_and_compression/quality.h"
#include "lessons/common/run.h"

using namespace hourglass;
using Kind = nn::Corruption::Kind;
namespace {

const std::tuple<std::string, std::string, nn::Corruption> noises[] = {
    {"Gaussian σ = 0.1", "gaussian_010", {Kind::clipped_gaussian, 0.1f}},
    {"Gaussian σ = 0.25", "gaussian_025", {Kind::clipped_gaussian, 0.25f}},
    {"Gaussian σ = 0.5", "trained_noise", {Kind::clipped_gaussian, 0.5f}},
    {"Gaussian σ = 0.75", "gaussian_075", {Kind::clipped_gaussian, 0.75f}},
    {"a quarter black", "masking_025", {Kind::masking, 0.25f}},
    {"salt and pepper", "salt_and_pepper_025", {Kind::salt_and_pepper, 0.25f}}};
data::Images first(const data::Images& images, Index n) { return images.slice(0, std::min(n, images.count)); }

// All tools; the last two have learned from noise of σ = 0.5.
std::vector<metrics::Denoiser> tools(Run& run, const data::Images& train, models::Denoising& model) {
  metrics::PcaFit pca;
  metrics::LinearDenoiserFit affine;
  run.each(train, [&](const Tensor& x) { pca.add(x), affine.add(model.corrupt(x, run.rng), x); });
  std::vector<metrics::Denoiser> all = metrics::plain_denoisers(pca.finish(), train.height, train.width);
  all.push_back({"best affine map", {[map = affine.finish()](const Tensor& y) { return map.denoise(y); }}});
  all.push_back({"autoencoder", {[&](const Tensor& y) { return model.decode(model.encode(y)).value(); }}});
  return all;
}

void measure_denoising(Run& run, const data::Images& train, const data::Images& held, const data::Images& test,
                       models::Denoising& model) {
  const Tensor x = first(test, 1000).tensor(), v = first(held, 500).tensor();
  const auto all = tools(run, train, model);
  report::Table table{{"PSNR in dB"}, {}};
  for (const metrics::Denoiser& tool : all) table.header.push_back(tool.name);
  double smallest_gain = 1e9;
  for (const auto& [name, metric, corruption] : noises) {
    const Tensor noisy = corruption(x, run.rng), noisy_v = corruption(v, run.rng);
    std::vector<Tensor> cleaned = {x};
    std::vector<double> db;
    table.rows.push_back({name});
    for (const metrics::Denoiser& tool : all) {
      // [denoise]
      const Tensor r = tool.best(noisy_v, v)(noisy);  // the setting that is best on held-out images; the net: g(f(x~))
      db.push_back(metrics::mean_psnr(r, x));
      // [/denoise]
      cleaned.push_back(r);
      table.rows.back().push_back(fmt::format("{:.1f}", db.back()));
    }
    const double best_other = *std::max_element(db.begin() + 1, db.end() - 1);
    smallest_gain = std::min(smallest_gain, db.back() - db.front());
    run.metric("psnr_db_noisy_" + metric, db.front()), run.metric("psnr_db_best_other_" + metric, best_other);
    run.metric("psnr_db_autoencoder_" + metric, db.back());
    if (metric != "trained_noise") continue;
    run.metric("ssim_noisy", metrics::mean_ssim(cleaned[1], x, test.height, test.width));
    run.metric("ssim_autoencoder", metrics::mean_ssim(cleaned[6], x, test.height, test.width));
    run.metric("gain_over_best_other_tool_at_trained_noise_db", db.back() - std::max(best_other, db.front()));
    for (Tensor& r : cleaned) r = narrow(r, 0, 0, std::min<Index>(12, x.size(0)));
    run.show("denoised", "Denoised", "Clean, noisy, median, local Wiener, PCA, best affine map, autoencoder.",
             report::rows(cleaned, test.height, test.width, 2));
  }
  run.metric("smallest_gain_over_noisy_image_db", smallest_gain);
  run.show("Noise taken away", "PSNR. Filters and PCA chose their setting on held-out images with that noise.", table);
}

void measure_compression(Run& run, const data::Images& train, const data::Images& test, models::Undercomplete& model) {
  const auto [x, side] = codec::mosaics(test.tensor());
  const Tensor codes = model.encode(x).value(), known = model.encode(train.tensor()).value();
  const double pixels = double(x.numel()), root_mean_square = std::sqrt(mean(square(Variable(known))).item());
  report::Chart chart{"Bits and decibels", "bits per pixel", "dB", {{"codes", {}, {}}, {"JPEG", {}, {}}}, false};
  std::vector<play::Step> shown;
  double bytes = 0, jpeg = 0;
  for (const double step : {2., 1., 1. / 2, 1. / 4, 1. / 8, 1. / 32, 1. / 128, 1. / 512}) {  // times that
    // [compress]
    const codec::Quantizer quantizer = codec::Quantizer::fit(known, step * root_mean_square);
    const io::Bytes file = codec::compress(quantizer, codes);
    const Tensor r = model.decode(codec::decompress("codes", file)).value();
    const codec::Rate coded = codec::rate(double(file.size()), r, x);
    const codec::Rate as_good = codec::jpeg_rate_at(coded.psnr, x, side, test.height, test.width);
    // [/compress]
    shown.push_back(beside_jpeg(step, coded, r, x, side, test.height, test.width));
    if (step < 0.25) continue;  // a quarter is compared below; finer steps cost bytes, and hardly help
    for (const auto& [i, rate] : std::map<size_t, codec::Rate>{{0, coded}, {1, as_good}})
      chart.series[i].x.push_back(8 * rate.bytes / pixels), chart.series[i].y.push_back(rate.psnr);
    bytes = coded.bytes, jpeg = as_good.bytes, run.metric("compressed_psnr_db", coded.psnr),
    run.metric("jpeg_psnr_db", as_good.psnr);
  }
  run.show("Turn the quality", "The first mosaic of digits; numbers are means of all.", play::slider("quality", shown));
  run.show("rate", chart.title, "Mosaics of test images; codes without their decoder.", chart);
  const double lossless = double(codec::xz_size(first(test, x.size(0)).pixels));
  const double decoder = double(codec::parameter_bytes(model.parameters()));
  report::Table table{{"what is kept", "kB", "bits per pixel"}, {}};
  for (const auto& [name, b] : std::map<std::string, double>{
           {"codes", bytes}, {"codes_and_decoder", bytes + decoder}, {"jpeg", jpeg}, {"xz", lossless}}) {
    table.rows.push_back({name, fmt::format("{:.0f}", b / 1000), fmt::format("{:.3f}", 8 * b / pixels)});
    run.metric("bits_per_pixel_" + name, 8 * b / pixels);
  }
  run.metric("code_bytes_over_lossless_bytes", bytes / lossless);
  run.metric("code_and_decoder_bytes_over_lossless_bytes", (bytes + decoder) / lossless);
  run.metric("images_until_the_decoder_pays", decoder / (jpeg - bytes) * double(x.size(0)));
  run.show("What it takes", fmt::format("{} test images; a JPEG as good as the codes.", x.size(0)), table);
}
}  // namespace

int main(int argc, char** argv) {
  Run run("12_denoising_and_compression", "Denoising and compression",
          "Is it a better tool than those that were made for the job?", argc, argv);
  const data::Dataset digits = run.dataset();
  const Index input = digits.train.pixels_per_image(), held = std::max<Index>(1, digits.train.count / 12);
  const data::Images train = first(digits.train, digits.train.count - held);

  models::Denoising denoiser({.sizes = {input, 512, 64}, .corruption = {Kind::clipped_gaussian, 0.5f}}, run.rng);
  models::Undercomplete compressor({.input = input, .hidden = 128, .code = 32}, run.rng);
  nn::Parameters all;
  run.add(all, "denoiser.", denoiser), run.add(all, "compressor.", compressor);
  nn::Adam adam(all, {.learning_rate = 1e-3f});
  run.keep(all, {&adam});
  for ([[maybe_unused]] int epoch : run.epochs(8)) {
    // [loop]
    for (const Tensor& x : run.batches(train, 128)) {
      Loss cleaned = denoiser.loss(x, run.rng);  // L(x, g(f(x~)))
      Loss copied = compressor.loss(x);          // L(x, g(f(x))), another f and g
      adam.zero_grad();
      backward(cleaned.value);
      backward(copied.value);
      // [gradients]
      adam.step();
      run.end_batch(cleaned);
    }
    // [/loop]
    run.end_epoch();
  }

  const NoGrad looking;
  run.show("Draw and dirty", "The net cleans what you draw.", play::drawing(denoiser, first(digits.test, 100)));
  measure_denoising(run, train, digits.train.slice(train.count, held), digits.test, denoiser);
  measure_compression(run, train, digits.test, compressor);
  return run.finish();
}
