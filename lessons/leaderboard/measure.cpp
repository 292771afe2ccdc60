// Measures one entry of the open challenge: trains it on the first 55,000 training digits, has the other 5,000 encoded
// and decoded, and prints `RESULT squared-error-per-image training-seconds`. The decoder is given codes only, all of
// them after the last image was encoded, 30 numbers of 32 bits each.
#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <chrono>
#include <vector>

#include <hourglass/autograd/grad_mode.h>
#include <hourglass/autograd/variable.h>
#include <hourglass/data/mnist.h>
#include <hourglass/io/options.h>
#include <hourglass/tensor/elementwise.h>
#include <hourglass/tensor/error.h>
#include <hourglass/tensor/parallel.h>
#include <hourglass/tensor/reduce.h>
#include "lessons/leaderboard/entry.h"

using namespace hourglass;

namespace {

constexpr Index code = 30, held_out = 5000, at_once = 500;

double now() { return std::chrono::duration<double>(std::chrono::steady_clock::now().time_since_epoch()).count(); }

void expect(const Tensor& made, const Shape& shape, const char* by) {
  require(made.shape() == shape, by, " returned ", made.shape(), ", expected ", shape);
}

double error_on(const data::Images& digits, const Answer& answer) {
  const NoGrad measuring;
  const Index pixels = digits.pixels_per_image();
  std::vector<Tensor> codes;
  for (Index first = 0; first < digits.count; first += at_once) {
    codes.push_back(answer.encode(digits.slice(first, at_once).tensor()).clone());
    expect(codes.back(), {at_once, code}, "encode");
  }
  double total = 0;
  for (Index first = 0; first < digits.count; first += at_once) {
    const Tensor made = answer.decode(codes[static_cast<std::size_t>(first / at_once)]);
    expect(made, {at_once, pixels}, "decode");
    const Tensor off = made - digits.slice(first, at_once).tensor();
    total += static_cast<double>(sum(off * off).item());
  }
  return total / static_cast<double>(digits.count);
}

void measure(double seconds, std::uint64_t seed, Index images) {
  set_threads(2);
  const data::Images all = data::mnist().train;
  const Index trained_on = all.count - held_out;
  const data::Images digits = all.slice(0, std::min(images, trained_on));
  const double begin = now();
  Challenge challenge{digits, Rng(seed), [&] { return begin + seconds - now(); }};
  const Answer answer = enter(challenge);
  const double took = now() - begin;
  require(took <= seconds, "the entry trained for ", took, " seconds, allowed were ", seconds);
  fmt::print("RESULT {:.4f} {:.0f}\n", error_on(all.slice(trained_on, held_out), answer), took);
}

}  // namespace

int main(int argc, char** argv) {
  double seconds = 900;
  std::uint64_t seed = 1;
  Index images = 55000;
  CLI::App app{"Measures an entry of the open challenge"};
  app.add_option("--seconds", seconds, "for training")->transform(io::real_number("seconds", 0));
  app.add_option("--seed", seed, "of all that is random")->transform(io::whole_number(0, ~std::uint64_t{0} >> 1));
  app.add_option("--images", images, "to train on")->transform(io::whole_number(1, 55'000));
  try {
    io::parse_options(app, argc, argv);
    measure(seconds, seed, images);
  } catch (const std::exception& error) {
    fmt::print(stderr, "{}\n", error.what());
    return 1;
  }
  return 0;
}
