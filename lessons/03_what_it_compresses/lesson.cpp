// Lesson 03: one program, four sets of pictures, and what each of the four models makes of pictures that are not its
// own.
#include <fmt/format.h>

#include <hourglass/autograd/backward.h>
#include <hourglass/autograd/ops.h>
#include <hourglass/codec/arithmetic.h>
#include <hourglass/codec/jpeg.h>
#include <hourglass/data/decode.h>
#include <hourglass/data/mnist.h>
#include <hourglass/data/pictures.h>
#include <hourglass/metrics/image_quality.h>
#include <hourglass/models/undercomplete.h>
#include <hourglass/nn/adam.h>
#include "lessons/common/run.h"

using namespace hourglass;
using data::Images;
namespace {

struct Subject {  // a set of pictures, and the model that has seen no other
  std::string name;
  Images train, test;
  models::Undercomplete model;
  long steps = 1'000'000;  // of training, at most
  Tensor reconstruction(const Tensor& x) { return model.decode(model.encode(x)).value(); }
};

double error(const Run& run, models::Undercomplete& model, const Images& images) {
  return run.mean(images, [&](const Tensor& x) { return model.loss(x); });
}

// What the mean picture alone would cost. An error divided by it is the share of the variance that is lost.
double variance(const Images& images) {
  const Variable x = images.tensor();
  return static_cast<double>(sum(square(x - mean(x, 0))).item()) / static_cast<double>(images.count);
}
std::string number(double value) { return fmt::format("{:.4g}", value); }
// Patches of a picture between two of its columns, so that none for testing overlaps one for training.
Images patches(const Images& picture, Index from, Index to, Index count, Rng rng) {
  Images found{count, 25, 25, {}, {}};
  const auto below = [&](Index n) { return Index(rng.below(std::uint64_t(n))); };
  for (Index i = 0; i < count; ++i) {
    const std::uint8_t* at = picture.pixels.data() + below(picture.height - 24) * picture.width + from;
    at += below(to - from - 24);
    for (Index row = 0; row < 25; ++row, at += picture.width) found.pixels.insert(found.pixels.end(), at, at + 25);
  }
  return found;
}
// S8, S9, S12: each model on new pictures of its own set, and of the other set of its size.
void cross(Run& run, std::vector<Subject>& all) {
  report::Table table{{"model of", "on", "squared error per image", "share lost", "times the own model's"}, {}};
  double at_home = 1;
  for (std::size_t m = 0; m < all.size(); ++m)
    for (const std::size_t on : {m, m ^ 1}) {
      const double cost = error(run, all[m].model, all[on].test), own = error(run, all[on].model, all[on].test);
      const double share = cost / variance(all[on].test);
      const std::string name = all[m].name + "_model_on_" + all[on].name;
      if (m == on) at_home = share;
      run.metric(name + "_squared_error_per_image", cost);
      run.metric(name + "_share_lost", share);
      run.metric(name + "_over_own", cost / own);
      run.metric(name + "_share_over_home", share / at_home);
      table.rows.push_back({all[m].name, all[on].name, number(cost), number(share), number(cost / own)});
    }
  run.show("Four models", "A share is of the variance: 1 is what the mean picture costs.", table);
}
void engineered(Run& run, const std::vector<Subject>& all) {  // S10: mosaics as JPEG files, always the same tables
  report::Table table{{"JPEG, quality 50, on", "bits a pixel", "share lost"}, {}};
  for (const Subject& s : all) {
    const Index columns = std::min<Index>(10, s.test.count), rows = std::min<Index>(10, s.test.count / columns);
    const Images some = s.test.slice(0, rows * columns);
    const Tensor x = codec::mosaic(some.tensor(), rows, columns, some.height, some.width);
    const io::Bytes file = codec::jpeg(x, 50);
    const double cost = static_cast<double>(sum(square(Variable(codec::read_jpeg(s.name, file)) - x)).item());
    const double share = cost / static_cast<double>(some.count) / variance(some);
    const double bits = metrics::bits_per_pixel(static_cast<Index>(file.size()), x.numel());
    run.metric("jpeg_on_" + s.name + "_share_lost", share);
    run.metric("jpeg_on_" + s.name + "_bits_per_pixel", bits);
    table.rows.push_back({s.name, number(bits), number(share)});
  }
  run.show("An engineered codec", "It was never trained on anything.", table);
}
void lossless(Run& run, Subject& s) {  // S11: which images come back as they were?
  const Images some = s.test.slice(0, std::min<Index>(1000, s.test.count));
  const Tensor r = s.reconstruction(some.tensor());
  // [lossless]
  const io::Bytes file = codec::adaptive_encode(some.pixels);
  const io::Bytes back = codec::adaptive_decode("the message", file, some.pixels.size());
  // [/lossless]
  double exact = 0, wrong = 0;
  for (Index i = 0, d = some.pixels_per_image(); i < some.count; ++i) {
    const auto grey = some.pixels.begin() + i * d;
    exact += std::equal(grey, grey + d, r.data() + i * d, [](int a, Scalar b) { return a == std::lround(255 * b); });
    wrong += !std::equal(grey, grey + d, back.begin() + i * d);
  }
  run.metric("autoencoder_images_exact", exact);
  run.metric("arithmetic_images_wrong", wrong);
  run.metric("arithmetic_bits_per_pixel", metrics::bits_per_pixel(static_cast<Index>(file.size()), r.numel()));
  run.show("Lossy and lossless", fmt::format("Of {} images came back changed:", some.count),
           report::Table{{"autoencoder", "arithmetic coder"}, {{number(double(some.count) - exact), number(wrong)}}});
}
// After each epoch: pictures through their own model and through the other one of their size.
void show_subjects(Run& run, std::vector<Subject>& all) {
  for (std::size_t i = 0; i < 4; ++i) {
    const Tensor x = all[i].test.slice(0, std::min<Index>(12, all[i].test.count)).tensor();
    const std::vector<Tensor> shown{x, all[i].reconstruction(x), all[i ^ 1].reconstruction(x)};
    run.show(all[i].name, "Of " + all[i].name, "New ones; by their own model; by that of " + all[i ^ 1].name + ".",
             report::rows(shown, all[i].test.height, all[i].test.width, 3));
    run.measure(all[i].name, error(run, all[i].model, all[i].test));
  }
}

}  // namespace

int main(int argc, char** argv) {
  Run run("03_what_it_compresses", "What it compresses", "Can a model of faces compress grass?", argc, argv);
  const data::Dataset home = run.dataset(), other = home.name == "MNIST digits" ? data::fashion() : data::mnist();
  const Images grass = data::read_picture(data::folder_of_data() + "/grass.png"), faces = data::faces();
  std::vector<Subject> all;
  nn::Parameters weights;
  const auto add = [&](const std::string& name, const Images& train, const Images& test) {
    all.push_back({name.substr(name.rfind(' ') + 1), train, test, {{train.pixels_per_image(), 128, 32}, run.rng}});
    run.add(weights, fmt::format("{}.", all.size()), all.back().model);
  };
  const bool split = other.test.count == 10000;  // 8,000 clothes, whether Debian's package with 60,000 is there or not
  add(home.name, home.train, home.test);
  add(other.name, split ? other.test.slice(0, 8000) : other.train, split ? other.test.slice(8000, 2000) : other.test);
  add("faces", faces.slice(0, 80), faces.slice(80, 20));
  add("grass", patches(grass, 0, 256, 4000, run.rng.fork(1001)), patches(grass, 256, 512, 1000, run.rng.fork(1002)));
  all[2].steps =
      400;  // chosen on 16 of the 80 faces, training on the other 64: from there on they are learned by heart
  nn::Adam adam(weights, {.learning_rate = 1e-3f});
  run.keep(weights, {&adam});
  // [subjects]
  for ([[maybe_unused]] int epoch : run.epochs(8)) {
    for (const Tensor& x : run.batches(home.train, 128)) {
      Loss first{};  // of the first subject, whose epochs are counted
      adam.zero_grad();
      for (Subject& s : all) {
        if (adam.steps() >= s.steps) continue;
        std::vector<int> places(64);
        for (int& place : places) place = static_cast<int>(run.rng.below(static_cast<std::uint64_t>(s.train.count)));
        const Loss loss = s.model.loss(&s == &all[0] ? x : s.train.batch(places));
        backward(loss.value);
        if (&s == &all[0]) first = loss;
      }
      adam.step();
      run.end_batch(first);
    }
    show_subjects(run, all);
    run.end_epoch();
  }
  cross(run, all);
  engineered(run, all);
  lossless(run, all[0]);
  return run.finish();
}
