#include "lessons/03_what_it_compresses/measure.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include <hourglass/autograd/ops.h>
#include <hourglass/codec/arithmetic.h>
#include <hourglass/codec/jpeg.h>
#include <hourglass/metrics/image_quality.h>

namespace hourglass {
namespace {

using data::Images;

Tensor reconstruction(Subject& s, const Tensor& x) { return s.model.decode(s.model.encode(x)).value(); }

// The set that shares the image size of set i: 0 and 1, 2 and 3.
std::size_t partner(std::size_t i) { return i ^ 1; }

// Squared error per image.
double error(const Run& run, models::Undercomplete& model, const Images& images) {
  return run.mean(images, [&](const Tensor& x) { return model.loss(x); });
}

// Σ ‖x - m‖² / n: the squared error per image of the mean image m. An error over it is the share of the variance lost.
double variance(const Images& images) {
  const Tensor x = images.tensor();
  return static_cast<double>(sum(square(x - mean(x, 0))).item()) / static_cast<double>(images.count);
}

std::string number(double value) { return fmt::format("{:.4g}", value); }

}  // namespace

void show_reconstructions(Run& run, std::vector<Subject>& all) {
  for (std::size_t i = 0; i < all.size(); ++i) {
    Subject& own = all[i];
    Subject& other = all[partner(i)];
    const Tensor x = own.test.first(12).tensor();
    run.show(own.name, "Reconstructions of " + own.name,
             "Test images, and their reconstructions by their own model and by the model of " + other.name + ".",
             report::rows({{"test image", x},
                           {"model of " + own.name, reconstruction(own, x)},
                           {"model of " + other.name, reconstruction(other, x)}},
                          own.test.height, own.test.width, 3));
    run.measure(own.name, error(run, own.model, own.test));
  }
}

void measure_across_sets(Run& run, std::vector<Subject>& all) {
  report::Table table{{"model of", "on", "squared error per image", "share lost", "over own model's error"}, {}};
  double share_at_home = 1;
  for (std::size_t m = 0; m < all.size(); ++m)
    for (const std::size_t on : {m, partner(m)}) {
      const double found = error(run, all[m].model, all[on].test);
      const double own = error(run, all[on].model, all[on].test);
      const double share = found / variance(all[on].test);
      if (m == on) share_at_home = share;
      const std::string name = all[m].name + "_model_on_" + all[on].name;
      run.metric(name + "_squared_error_per_image", found);
      run.metric(name + "_share_lost", share);
      run.metric(name + "_over_own", found / own);
      run.metric(name + "_share_over_home", share / share_at_home);
      table.rows.push_back({all[m].name, all[on].name, number(found), number(share), number(found / own)});
    }
  run.show("Four models", "The share of the variance that is lost: 1 for the mean image.", table);
}

void measure_jpeg(Run& run, const std::vector<Subject>& all) {
  report::Table table{{"JPEG, quality 50, on", "bits per pixel", "share lost"}, {}};
  for (const Subject& s : all) {
    const Index columns = std::min<Index>(10, s.test.count);
    const Index rows = std::min<Index>(10, s.test.count / columns);
    const Images some = s.test.slice(0, rows * columns);
    const Tensor x = codec::mosaic(some.tensor(), rows, columns, some.height, some.width);
    const io::Bytes file = codec::jpeg(x, 50);
    const Tensor r = codec::read_jpeg(s.name, file);
    const double error = static_cast<double>(sum(square(r - x)).item()) / static_cast<double>(some.count);
    const double share = error / variance(some);
    const double bits = metrics::bits_per_pixel(static_cast<Index>(file.size()), x.numel());
    run.metric("jpeg_on_" + s.name + "_share_lost", share);
    run.metric("jpeg_on_" + s.name + "_bits_per_pixel", bits);
    table.rows.push_back({s.name, number(bits), number(share)});
  }
  run.show("An engineered codec",
           "JPEG's transform and quantisation table are the same for all four sets and were fitted to none of them.",
           table);
}

void compare_with_lossless(Run& run, Subject& subject) {
  const Images some = subject.test.first(1000);
  const Tensor r = reconstruction(subject, some.tensor());
  // [lossless]
  const io::Bytes file = codec::adaptive_encode(some.pixels);
  const io::Bytes back = codec::adaptive_decode("the message", file, some.pixels.size());
  // [/lossless]
  const auto same_grey = [](int grey, Scalar value) { return grey == std::lround(255 * value); };
  const Index pixels = some.pixels_per_image();
  double exact = 0, wrong = 0;
  for (Index i = 0; i < some.count; ++i) {
    const auto x = some.pixels.begin() + i * pixels;
    exact += std::equal(x, x + pixels, r.data() + i * pixels, same_grey);
    wrong += !std::equal(x, x + pixels, back.begin() + i * pixels);
  }
  run.metric("autoencoder_images_exact", exact);
  run.metric("arithmetic_images_wrong", wrong);
  run.metric("arithmetic_bits_per_pixel", metrics::bits_per_pixel(static_cast<Index>(file.size()), r.numel()));
  const double changed = static_cast<double>(some.count) - exact;
  run.show("Lossy and lossless", fmt::format("Of {} test images, how many differ after decoding.", some.count),
           report::Table{{"autoencoder", "arithmetic coder"}, {{number(changed), number(wrong)}}});
}

}  // namespace hourglass
