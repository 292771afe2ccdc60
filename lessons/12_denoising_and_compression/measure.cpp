#include "lessons/12_denoising_and_compression/measure.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include <hourglass/autograd/ops.h>
#include <hourglass/codec/compressed.h>
#include <hourglass/codec/generic.h>
#include <hourglass/codec/jpeg.h>
#include <hourglass/codec/rate.h>
#include <hourglass/metrics/denoisers.h>
#include <hourglass/metrics/linear_denoiser.h>

namespace hourglass::HOURGLASS_BUILD {
namespace {

using Kind = nn::Corruption::Kind;

struct Noise {
  std::string name, metric;
  nn::Corruption corruption;
};
const Noise noises[] = {{"Gaussian σ = 0.1", "gaussian_010", {Kind::clipped_gaussian, 0.1}},
                        {"Gaussian σ = 0.25", "gaussian_025", {Kind::clipped_gaussian, 0.25}},
                        {"Gaussian σ = 0.5", "trained_noise", {Kind::clipped_gaussian, 0.5}},
                        {"Gaussian σ = 0.75", "gaussian_075", {Kind::clipped_gaussian, 0.75}},
                        {"masking, a quarter", "masking_025", {Kind::masking, 0.25}},
                        {"salt and pepper, a quarter", "salt_and_pepper_025", {Kind::salt_and_pepper, 0.25}}};

// All methods; the last two were fitted to noise of σ = 0.5.
std::vector<metrics::Denoiser> methods(Run& run, const data::Images& train, models::Denoising& model) {
  metrics::PcaFit pca;
  metrics::LinearDenoiserFit affine;
  run.each(train, [&](const Tensor& x) {
    pca.add(x);
    affine.add(model.corrupt(x, run.rng), x);
  });
  std::vector<metrics::Denoiser> all = metrics::plain_denoisers(pca.finish(), train.height, train.width);
  all.push_back({"best affine map", {[map = affine.finish()](const Tensor& y) { return map.denoise(y); }}});
  all.push_back({"autoencoder", {[&](const Tensor& y) { return model.decode(model.encode(y)).value(); }}});
  return all;
}

// At the noise of the training: the structural similarity, and rows of images, clean, noisy, and the output of each
// method.
void show_denoised(Run& run, std::vector<report::Row> images, const data::Images& test) {
  const Tensor x = images[0].images;
  run.metric("ssim_noisy", metrics::mean_ssim(images[1].images, x, test.height, test.width));
  run.metric("ssim_autoencoder", metrics::mean_ssim(images.back().images, x, test.height, test.width));
  for (report::Row& row : images) row.images = narrow(row.images, 0, 0, std::min<Index>(12, x.size(0)));
  run.show("denoised", "Denoised", "Test images, with the noise of the training, and the output of each method.",
           report::rows(images, test.height, test.width, 2));
}

// The mosaics of side × side images that are compressed.
struct Mosaics {
  Tensor x;
  Index side, height, width;
  Index pixels() const { return x.numel(); }
};

// The first mosaic as a picture.
report::Picture picture(const Mosaics& m, const Tensor& mosaic) {
  return report::grid(mosaic.reshape({1, mosaic.numel()}), m.side * m.height, m.side * m.width, 1, 1);
}

// A position of the slider: the first mosaic, its reconstruction r from the codes, and the best JPEG of no more bytes.
// Bytes and decibels are those of all mosaics.
play::Step beside_jpeg(double step, const codec::Rate& coded, const Tensor& r, const Mosaics& m) {
  const codec::Rate jpeg = codec::jpeg_rate_within(coded.bytes, m.x, m.side, m.height, m.width);
  const auto mosaic = [&](const Tensor& images) {
    return codec::mosaic(narrow(images, 0, 0, m.side * m.side), m.side, m.side, m.height, m.width);
  };
  const auto size = [&](double bytes) {
    const double pixels = double(m.pixels());
    const double one = double(m.side * m.side * m.height * m.width);
    return fmt::format("{:.0f} bytes\n{:.3f} bits per pixel", bytes * one / pixels, 8 * bytes / pixels);
  };
  const std::string ahead =
      fmt::format("{:.1f} dB {}", std::abs(coded.psnr - jpeg.psnr), coded.psnr > jpeg.psnr ? "worse" : "better");
  const std::string beside = jpeg.bytes > coded.bytes
                                 ? fmt::format("JPEG of quality 1 takes {:.1f} times as many bytes and is {}.",
                                               jpeg.bytes / coded.bytes, ahead)
                                 : fmt::format("JPEG in no more bytes is {}.", ahead);
  const Tensor original = mosaic(m.x);
  const Tensor by_jpeg = codec::read_jpeg("JPEG", codec::jpeg(original, jpeg.quality));
  const std::string steps = step < 1 ? fmt::format("1/{:.0f}", 1 / step) : fmt::format("{:.0f}", step);
  return {fmt::format("Codes rounded to steps of {} × their root mean square. {}", steps, beside),
          {{"The digits\n" + size(double(m.pixels())), picture(m, original)},
           {fmt::format("Codes\n{}\n{:.1f} dB", size(coded.bytes), coded.psnr), picture(m, mosaic(r))},
           {fmt::format("JPEG, quality {}\n{}\n{:.1f} dB", jpeg.quality, size(jpeg.bytes), jpeg.psnr),
            picture(m, by_jpeg)}}};
}

// Bytes of the codes, without and with the decoder's weights, of a JPEG of the same PSNR, and of lossless compression.
void record_sizes(Run& run, const Mosaics& m, double codes, double jpeg, double decoder, double lossless) {
  const std::pair<std::string, double> sizes[] = {
      {"codes", codes}, {"codes_and_decoder", codes + decoder}, {"jpeg", jpeg}, {"xz", lossless}};
  report::Table table{{"file", "kB", "bits per pixel"}, {}};
  for (const auto& [name, bytes] : sizes) {
    const double bits = 8 * bytes / double(m.pixels());
    table.rows.push_back({report::words(name), fmt::format("{:.0f}", bytes / 1000), fmt::format("{:.3f}", bits)});
    run.metric("bits_per_pixel_" + name, bits);
  }
  run.metric("code_bytes_over_lossless_bytes", codes / lossless);
  run.metric("code_and_decoder_bytes_over_lossless_bytes", (codes + decoder) / lossless);
  run.metric("images_until_the_decoder_pays", decoder / (jpeg - codes) * double(m.x.size(0)));
  run.show("Sizes", fmt::format("{} test images; JPEG at the PSNR of the codes or better.", m.x.size(0)), table);
}

}  // namespace

void measure_denoising(Run& run, const data::Images& train, const data::Images& validation, const data::Images& test,
                       models::Denoising& model) {
  const Tensor x = test.first(1000).tensor();
  const Tensor v = validation.first(500).tensor();
  const std::vector<metrics::Denoiser> all = methods(run, train, model);
  report::Table table{{"PSNR in dB"}, {}};
  for (const metrics::Denoiser& method : all) table.header.push_back(method.name);
  double smallest_gain = 1e9;
  for (const auto& [name, metric, corruption] : noises) {
    const Tensor noisy = corruption(x, run.rng);
    const Tensor noisy_v = corruption(v, run.rng);
    std::vector<report::Row> images = {{"clean", x}};
    std::vector<double> db;
    table.rows.push_back({name});
    for (const metrics::Denoiser& method : all) {
      // [denoise]
      const Tensor r = method.best(noisy_v, v)(noisy);  // the best setting on validation images; the network: g(f(x~))
      db.push_back(metrics::mean_psnr(r, x));
      // [/denoise]
      images.push_back({method.name, r});
      table.rows.back().push_back(fmt::format("{:.1f}", db.back()));
    }
    const double best_other = *std::max_element(db.begin() + 1, db.end() - 1);
    smallest_gain = std::min(smallest_gain, db.back() - db.front());
    run.metric("psnr_db_noisy_" + metric, db.front());
    run.metric("psnr_db_best_other_" + metric, best_other);
    run.metric("psnr_db_autoencoder_" + metric, db.back());
    if (metric != "trained_noise") continue;
    run.metric("gain_over_best_other_tool_at_trained_noise_db", db.back() - std::max(best_other, db.front()));
    show_denoised(run, images, test);
  }
  run.metric("smallest_gain_over_noisy_image_db", smallest_gain);
  run.show("Denoising", "Mean PSNR. Filters and PCA use the setting that is best on validation images with that noise.",
           table);
}

void measure_compression(Run& run, const data::Images& train, const data::Images& test, models::Undercomplete& model) {
  const auto [x, side] = codec::mosaics(test.tensor());
  const Mosaics mosaics{x, side, test.height, test.width};
  const Tensor codes = model.encode(x).value();
  const Tensor known = model.encode(train.tensor()).value();
  const double root_mean_square = std::sqrt(mean(square(known)).item());
  report::Series by_codes{"codes", {}, {}}, by_jpeg{"JPEG", {}, {}};
  std::vector<play::Step> stops;
  double code_bytes = 0, jpeg_bytes = 0;
  for (const double step : {2., 1., 1. / 2, 1. / 4, 1. / 8, 1. / 32, 1. / 128, 1. / 512}) {  // times that
    // [compress]
    const codec::Quantizer quantizer = codec::Quantizer::fit(known, step * root_mean_square);
    const io::Bytes file = codec::compress(quantizer, codes);
    const Tensor r = model.decode(codec::decompress("codes", file)).value();
    const codec::Rate coded = codec::rate(double(file.size()), r, x);
    const codec::Rate as_good = codec::jpeg_rate_at(coded.psnr, x, side, test.height, test.width);
    // [/compress]
    stops.push_back(beside_jpeg(step, coded, r, mosaics));
    if (step < 0.25) continue;  // finer steps take more bytes for little quality
    by_codes.x.push_back(8 * coded.bytes / double(x.numel()));
    by_codes.y.push_back(coded.psnr);
    by_jpeg.x.push_back(8 * as_good.bytes / double(x.numel()));
    by_jpeg.y.push_back(as_good.psnr);
    code_bytes = coded.bytes;
    jpeg_bytes = as_good.bytes;
    run.metric("compressed_psnr_db", coded.psnr);
    run.metric("jpeg_psnr_db", as_good.psnr);
  }
  run.show("Quality and size", "The first mosaic of digits. Bytes and PSNR are those of all mosaics.",
           play::slider("quality", stops));
  run.show("rate", "Rate and distortion", "Mosaics of test images; codes without the weights of the decoder.",
           report::Chart{"Rate and distortion", "bits per pixel", "PSNR in dB", {by_codes, by_jpeg}});
  const double decoder = double(codec::parameter_bytes(model.parameters()));
  const double lossless = double(codec::xz_size(test.first(x.size(0)).pixels));
  record_sizes(run, mosaics, code_bytes, jpeg_bytes, decoder, lossless);
}

}  // namespace hourglass::HOURGLASS_BUILD
