// Lesson 03: one program, four sets of images, and what each of the four models makes of images from another set.

#include <fmt/format.h>

#include <algorithm>

#include <hourglass/autograd/backward.h>
#include <hourglass/data/decode.h>
#include <hourglass/data/mnist.h>
#include <hourglass/data/pictures.h>
#include <hourglass/models/undercomplete.h>
#include <hourglass/nn/adam.h>
#include "lessons/03_what_it_compresses/measure.h"
#include "lessons/common/run.h"

using namespace hourglass;
using data::Images;

namespace {

// `count` patches of 25 × 25 pixels at random places between two columns of a picture.
Images patches(const Images& picture, Index from, Index to, Index count, Rng rng) {
  Images found{count, 25, 25, {}, {}};
  const auto below = [&](Index n) { return static_cast<Index>(rng.below(static_cast<std::uint64_t>(n))); };
  for (Index i = 0; i < count; ++i) {
    const Index top = below(picture.height - 24);
    const Index left = from + below(to - from - 24);
    for (Index row = top; row < top + 25; ++row) {
      const std::uint8_t* at = picture.pixels.data() + row * picture.width + left;
      found.pixels.insert(found.pixels.end(), at, at + 25);
    }
  }
  return found;
}

// The second set: clothes if the first one is digits, otherwise digits. Without a training set of its own it is split
// into 8,000 images for training and 2,000 for testing.
data::Dataset beside(const data::Dataset& home) {
  data::Dataset other = home.name == "MNIST digits" ? data::fashion() : data::mnist();
  if (other.test.count != 10000) return other;
  other.train = other.test.slice(0, 8000);
  other.test = other.test.slice(8000, 2000);
  return other;
}

// 64 indices below `count`, drawn at random with replacement.
std::vector<int> random_indices(Index count, Rng& rng) {
  std::vector<int> indices(64);
  for (int& index : indices) index = static_cast<int>(rng.below(static_cast<std::uint64_t>(count)));
  return indices;
}

}  // namespace

int main(int argc, char** argv) {
  Run run("03_what_it_compresses", "What it compresses", "Can a model trained on faces compress images of grass?", argc,
          argv);
  const data::Dataset home = run.dataset();
  const data::Dataset other = beside(home);
  const Images faces = data::faces();
  const Images grass = data::read_picture(data::folder_of_data() + "/grass.png");

  std::vector<Subject> all;
  nn::Parameters weights;
  const auto add = [&](const std::string& name, const Images& train, const Images& test) {
    all.push_back({name.substr(name.rfind(' ') + 1), train, test, {{train.pixels_per_image(), 128, 32}, run.rng}});
    run.add(weights, fmt::format("{}.", all.size()), all.back().model);
  };
  add(home.name, home.train, home.test);
  add(other.name, other.train, other.test);
  add("faces", faces.slice(0, 80), faces.slice(80, 20));
  const Images left = patches(grass, 0, 256, 4000, run.rng.fork(1001));  // no test patch overlaps a training patch
  const Images right = patches(grass, 256, 512, 1000, run.rng.fork(1002));
  add("grass", left, right);
  // Early stopping, chosen on 16 of the 80 faces with training on the other 64: from here on the model overfits.
  all[2].steps = 400;
  nn::Adam adam(weights, {.learning_rate = 1e-3});
  run.keep(weights, {&adam});
  for (Subject& s : all) run.draw_autoencoder(s.model, s.train.pixels_per_image(), s.name);

  // [subjects]
  for ([[maybe_unused]] int epoch : run.epochs(8)) {
    // [loop]
    for (const Tensor& x : run.batches(home.train, 128)) {
      Loss first{};  // of the first model: x is its mini-batch, and the others draw theirs
      adam.zero_grad();
      for (Subject& s : all) {
        if (adam.steps() >= s.steps) continue;
        const bool is_first = &s == &all.front();
        const std::vector<int> indices = random_indices(s.train.count, run.rng);
        const Loss loss = s.model.loss(is_first ? x : s.train.batch(indices));
        backward(loss.value);
        if (is_first) first = loss;
      }
      adam.step();
      run.end_batch(first);
    }
    // [/loop]
    show_reconstructions(run, all);
    run.end_epoch();
  }

  measure_across_sets(run, all);
  measure_jpeg(run, all);
  compare_with_lossless(run, all.front());
  return run.finish();
}
