#include "docs/playground/engine/exports.h"

#include <optional>

#include <hourglass/autograd/grad_mode.h>
#include <hourglass/tensor/error.h>
#include "docs/playground/engine/session.h"
#include "docs/playground/engine/tiny.h"
#include "lessons/what_stops_the_copy/spiral.h"

namespace hourglass::HOURGLASS_BUILD::playground {
namespace {

// All that the page's one visitor has.
struct Desk {
  std::vector<float> room;
  std::vector<std::uint8_t> images;
  std::optional<Session> session;
  std::optional<Tiny> tiny;
  std::optional<OnTheSpiral> plane;
  Tensor numbers;  // the result of the last call
  io::Bytes bytes;
  std::string text;
  std::size_t count = 0;
};

Desk& desk() {
  static Desk it;
  return it;
}

Session& session() {
  require(desk().session.has_value(), "nothing is set yet");
  return *desk().session;
}

OnTheSpiral& plane() {
  require(desk().plane.has_value(), "there is no training in the plane yet");
  return *desk().plane;
}

// The room's numbers as n rows.
Tensor rows(int n) {
  const std::vector<float>& room = desk().room;
  require(n >= 1 && !room.empty() && room.size() % static_cast<std::size_t>(n) == 0, room.size(), " numbers given for ",
          n, " rows");
  Tensor t({n, static_cast<Index>(room.size()) / n});
  std::copy(room.begin(), room.end(), t.write_());
  return t;
}

Tensor images(int n) {
  const Tensor x = rows(n);
  require(x.size(1) == pixels, "an image has ", pixels, " numbers, found ", x.size(1));
  return x;
}

const float* result(const Tensor& numbers) {
  desk().numbers = numbers;
  desk().count = static_cast<std::size_t>(numbers.numel());
  return numbers.data();
}

Choice choice(int variant, int layers, int code, int activation) {
  const std::vector<float>& room = desk().room;
  require(variant >= 0 && variant <= static_cast<int>(Variant::adversarial), "there is no variant ", variant);
  require(activation >= 0 && activation <= static_cast<int>(Activation::silu), "there is no activation ", activation);
  require(layers >= 0 && static_cast<std::size_t>(layers) <= room.size(), layers, " hidden layers, ", room.size(),
          " sizes");
  Choice c;
  c.variant = static_cast<Variant>(variant);
  c.activation = static_cast<Activation::Kind>(activation);
  c.hidden.assign(room.begin(), room.begin() + layers);
  c.code = code;
  return c;
}

}  // namespace
}  // namespace hourglass::HOURGLASS_BUILD::playground

using namespace hourglass;
using namespace hourglass::playground;

float* hg_room(int numbers) {
  require(numbers >= 0, numbers, " numbers, expected at least 0");
  desk().room.resize(static_cast<std::size_t>(numbers));
  return desk().room.data();
}

std::uint8_t* hg_images(int count) {
  require(count >= 1, count, " images given, at least 1 is needed");
  desk().session.reset();
  desk().images.resize(static_cast<std::size_t>(count * pixels));
  return desk().images.data();
}

int hg_count() { return static_cast<int>(desk().count); }

void hg_set(int variant, int layers, int code, int activation, double learning_rate, double noise, double penalty,
            int batch, double seed) {
  Choice c = choice(variant, layers, code, activation);
  c.learning_rate = static_cast<Scalar>(learning_rate);
  c.noise = static_cast<Scalar>(noise);
  c.penalty = static_cast<Scalar>(penalty);
  c.batch = batch;
  c.seed = static_cast<std::uint64_t>(seed);
  check(c);
  desk().session.emplace(c, desk().images);
}

void hg_tune(double learning_rate, double noise, double penalty) {
  session().tune(static_cast<Scalar>(learning_rate), static_cast<Scalar>(noise), static_cast<Scalar>(penalty));
}

double hg_step() { return static_cast<double>(session().step()); }
double hg_loss(int n) { return static_cast<double>(session().loss(images(n))); }
const float* hg_encode(int n) { return result(session().encode(images(n))); }
const float* hg_decode(int n) { return result(session().decode(rows(n))); }
const float* hg_seen(int n) { return result(session().seen(images(n))); }
const float* hg_filters(int most) { return result(session().filters(most)); }

const std::uint8_t* hg_weights() {
  desk().bytes = session().weights();
  desk().count = desk().bytes.size();
  return desk().bytes.data();
}

void hg_tinynew(double seed) { desk().tiny.emplace(static_cast<std::uint64_t>(seed)); }

const char* hg_tinytape() {
  require(desk().tiny.has_value(), "there is no small network yet");
  desk().text = desk().tiny->tape(rows(1));
  desk().count = desk().text.size();
  return desk().text.c_str();
}

void hg_tinystep(double rate) {
  require(desk().tiny.has_value(), "there is no small network yet");
  desk().tiny->step(static_cast<Scalar>(rate));
}

void hg_planeset(int stop, double seed) {
  require(stop >= 0 && stop <= static_cast<int>(Stop::variational), "there is no variant ", stop, " in the plane");
  desk().plane.emplace(static_cast<Stop>(stop), static_cast<std::uint64_t>(seed));
}

double hg_planestep(int count) {
  const GradMode recording(true);  // whatever a call has left that failed without unwinding (wasm/raise.cpp)
  Scalar loss = 0;
  for (int i = 0; i < count; ++i) loss = plane().step();
  return static_cast<double>(loss);
}

const float* hg_planemap(int n) {
  const Tensor x = rows(n);
  require(x.size(1) == 2, "a point of the plane has 2 numbers, found ", x.size(1));
  const NoGrad look;
  return result(plane().variant.reconstruct(x));
}

const float* hg_planepoints(int n) {
  Rng rng(7);
  return result(spiral(n, rng));
}
