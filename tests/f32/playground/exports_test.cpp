#include "docs/playground/engine/exports.h"

#include <nlohmann/json.hpp>

#include <hourglass/autograd/backward.h>
#include <hourglass/io/network.h>
#include <hourglass/io/safetensors.h>
#include <hourglass/models/undercomplete.h>
#include <hourglass/nn/adam.h>
#include "tests/check.h"

using namespace hourglass;

namespace {

constexpr int pixels = 784, images = 300;

std::uint8_t pixel(int image, int i) { return static_cast<std::uint8_t>((image * 31 + i * 7) % 256); }

void fill_images() {
  std::uint8_t* to = hg_images(images);
  for (int image = 0; image < images; ++image)
    for (int i = 0; i < pixels; ++i) *to++ = pixel(image, i);
}

void set(int variant, int hidden, int code, int activation = 1, double rate = 1e-3) {
  hg_room(1)[0] = static_cast<float>(hidden);
  hg_set(variant, 1, code, activation, rate, 0.5, 0.1, 128, 3);
}

}  // namespace

TEST_CASE("playground: a session is the loop of a lesson") {
  fill_images();
  set(0, 16, 4);
  Rng rng(3);
  models::Undercomplete model({pixels, 16, 4}, rng);
  nn::Adam adam(model.parameters(), {.learning_rate = Scalar(1e-3)});
  for (std::uint64_t epoch = 1; epoch <= 2; ++epoch) {
    const std::vector<int> order = rng.fork(epoch).permutation(images);
    for (int first = 0; first < images; first += 128) {
      const int count = std::min(128, images - first);
      Tensor x({count, pixels});
      for (int i = 0; i < count * pixels; ++i)
        x.write_()[i] =
            static_cast<Scalar>(pixel(order[static_cast<std::size_t>(first + i / pixels)], i % pixels)) / 255;
      const Loss loss = model.loss(x);
      adam.zero_grad();
      backward(loss.value);
      adam.step();
      CHECK(hg_step() == static_cast<double>(loss.value.item()));
    }
  }
}

TEST_CASE("playground: every variant learns, and its rates can be changed on the way") {
  fill_images();
  for (int variant = 0; variant < 5; ++variant) {
    set(variant, 16, 4);
    const double first = hg_step();
    for (int step = 0; step < 40; ++step) hg_step();
    if (variant < 4) CHECK(hg_step() < first);  // a generator's loss may rise: its discriminator is trained too
    std::fill_n(hg_room(2 * pixels), 2 * pixels, 0.25f);
    CHECK(std::isfinite(hg_loss(2)));
    hg_encode(2);
    CHECK(hg_count() == (variant < 4 ? 8 : 2));
    std::fill_n(hg_room(8), 8, 0.5f);
    const float* r = hg_decode(2);
    CHECK(hg_count() == 2 * pixels);
    CHECK(*std::max_element(r, r + 2 * pixels) <= 1);
    hg_filters(3);
    CHECK(hg_count() == 3 * pixels);
  }
  set(0, 16, 4);
  hg_tune(0, 0.5, 0.1);
  std::fill_n(hg_room(pixels), pixels, 0.25f);
  const double before = hg_loss(1);
  hg_step();
  CHECK(hg_loss(1) == before);  // at rate 0 nothing is learned
}

TEST_CASE("playground: a denoising encoder's input is a corrupted image, the others' the image itself") {
  fill_images();
  for (int variant : {0, 2}) {
    set(variant, 16, 4);
    std::fill_n(hg_room(pixels), pixels, 0.5f);
    const float* seen = hg_seen(1);
    CHECK(std::all_of(seen, seen + pixels, [](float v) { return v == 0.5f; }) == (variant == 0));
  }
}

TEST_CASE("playground: a choice that cannot be trained is refused, and the training before goes on") {
  fill_images();
  set(0, 16, 4);
  hg_step();
  CHECK_FAILS(set(0, 16, 0), "the size of the code is 0, expected 1 to 2048");
  CHECK_FAILS(set(0, 0, 4), "the size of a hidden layer is 0, expected 1 to 2048");
  CHECK_FAILS(set(0, 16, 784), "an undercomplete autoencoder's code is smaller than its 784 pixels");
  CHECK_FAILS(set(7, 16, 4), "there is no variant 7");
  CHECK_FAILS(set(1, 16, 4, 4), "a sparse autoencoder's activation is relu (penalty |h|) or sigmoid (penalty KL)");
  CHECK_FAILS(set(0, 16, 4, 1, std::nan("")), "the learning rate is nan, expected 0 to 1");
  CHECK_FAILS(hg_tune(1e-3, 5, 0), "the noise is 5, expected 0 to 2");
  hg_room(3);
  CHECK_FAILS(hg_decode(1), "decode: a code has 4 numbers, found 3");
  CHECK_FAILS(hg_encode(1), "an image has 784 numbers, found 3");
  CHECK(std::isfinite(hg_step()));
}

TEST_CASE("playground: weights leave as safetensors, with a note for each network") {
  fill_images();
  for (int variant : {0, 4}) {
    set(variant, 16, 4);
    const std::uint8_t* bytes = hg_weights();
    const io::Archive archive = io::unpack("weights", {bytes, static_cast<std::size_t>(hg_count())});
    const std::string first = variant == 0 ? "encoder" : "discriminator";
    CHECK(archive.at(first + ".0.weight").sizes == std::vector<Index>{16, pixels});
    CHECK(io::parse_network(archive.metadata.at("network." + first), "note").size() == 2);
  }
}

TEST_CASE("playground: in the plane every variant learns the spiral") {
  const float* spiral_points = hg_planepoints(200);
  const std::vector<float> points(spiral_points, spiral_points + 400);
  const auto energy = [&] {
    std::copy(points.begin(), points.end(), hg_room(400));
    const float* r = hg_planemap(200);
    double sum = 0;
    for (std::size_t i = 0; i < points.size(); ++i) sum += double(r[i] - points[i]) * double(r[i] - points[i]);
    return sum / 200;
  };
  for (int stop = 0; stop < 7; ++stop) {
    hg_planeset(stop, 1);
    const double before = energy();
    CHECK(std::isfinite(hg_planestep(150)));
    CHECK(energy() < 0.5 * before);
  }
  CHECK_FAILS(hg_planeset(7, 1), "there is no variant 7 in the plane");
  hg_room(9);
  CHECK_FAILS(hg_planemap(3), "a point of the plane has 2 numbers, found 3");
}

// L = Σ (r - x)² with r = σ(z), z = h W₂ + b₂:  dL/dz = 2 (r - x) r (1 - r),  dL/dW₂ = hᵀ dL/dz.
TEST_CASE("playground: the tape of the small network holds the values and gradients of its formulas") {
  hg_tinynew(1);
  const float x[] = {1, 0, 0.5f, 0};
  std::copy_n(x, 4, hg_room(4));
  auto tape = nlohmann::json::parse(hg_tinytape());
  const auto& nodes = tape["nodes"];
  std::map<std::string, std::vector<double>> gradient;
  for (const auto& rule : tape["backward"])
    for (const auto& to : rule["to"])
      gradient[nodes[to["node"].get<int>()]["op"]] = to["gradient"].get<std::vector<double>>();
  const auto h = nodes[7]["values"].get<std::vector<double>>(), r = nodes[10]["values"].get<std::vector<double>>();
  CHECK(nodes[7]["op"] == "tanh");
  CHECK(nodes[10]["op"] == "sigmoid");
  double loss = 0;
  for (std::size_t j = 0; j < 4; ++j) {
    const double error = r[j] - static_cast<double>(x[j]), dz = 2 * error * r[j] * (1 - r[j]);
    loss += error * error;
    CHECK(gradient.at("b2")[j] == doctest::Approx(dz).epsilon(1e-4));
    for (std::size_t i = 0; i < 2; ++i) CHECK(gradient.at("W2")[4 * i + j] == doctest::Approx(h[i] * dz).epsilon(1e-4));
  }
  CHECK(nodes.back()["values"][0].get<double>() == doctest::Approx(loss).epsilon(1e-5));
  CHECK(tape["backward"].size() == 9);  // each op once

  hg_tinystep(0.1);
  std::copy_n(x, 4, hg_room(4));
  const double after = nlohmann::json::parse(hg_tinytape())["nodes"].back()["values"][0];
  CHECK(after < loss);
}
