// Lesson 20 on real ranks: mpirun -n 2 build/release/lessons/20_many_machines_mpi [STEPS]
//
// Each rank is a process of its own, with the whole network and a part of every mini-batch; MPI adds up the gradients.
// For comparison each rank also trains alone: with whole mini-batches, and with the same parts, whose gradients it adds
// up in the order of the ranks. From the former, the weights may differ by rounding. Adam divides by the size of a
// gradient, so that the rounding error of one that is nearly 0 can change a whole step (README.md): its bound is wider.
// From the latter, the weights must not differ at all.
#include <CLI/CLI.hpp>
#include <cstdio>
#include <exception>

#include <hourglass/data/mnist.h>
#include <hourglass/io/mpi/mpi.h>
#include <hourglass/io/options.h>
#include <hourglass/tensor/error.h>
#include <hourglass/tensor/parallel.h>
#include "lessons/20_many_machines/process.h"

using namespace hourglass;

namespace {

// [mpi]
// The mean gradient over all ranks replaces each rank's own gradient.
void step_together(mpi::Session& ranks, Process& process, const Tensor& x) {
  const Index n = x.size(0);
  const Index R = ranks.count();
  const Index r = ranks.rank();
  const Index first = r * n / R;
  const Index images = (r + 1) * n / R - first;
  process.optimizer->zero_grad();
  backward(process.model.loss(narrow(x, 0, first, images)).value);
  ranks.average_gradients(process.parameters, images);
  process.optimizer->step();
}
// [/mpi]

// One process that takes the parts one after another.
void step_in_parts(Process& process, const Tensor& x, Index R) {
  const Index n = x.size(0);
  Numbers total(static_cast<std::size_t>(process.size()), 0);
  for (Index r = 0; r < R; ++r) {
    const Numbers part = process.gradient(x, r * n / R, (r + 1) * n / R);
    for (std::size_t i = 0; i < total.size(); ++i) total[i] += part[i];
  }
  process.step_with(total);
}

// Throws where this rank's weights differ too much from those of one process after `steps` batches of 128.
void compare(mpi::Session& ranks, const data::Images& images, bool adam, int steps) {
  const Rng rng(1);
  const Index pixels = images.pixels_per_image();
  Process together("together", pixels, adam, rng);
  Process whole("whole", pixels, adam, rng);
  Process parts("parts", pixels, adam, rng);
  for (int step = 0; step < steps; ++step) {
    const Tensor x = images.slice(step * 128 % (images.count - 128), 128).tensor();
    step_together(ranks, together, x);
    whole.step(x);
    step_in_parts(parts, x, ranks.count());
  }
  const double from_whole = difference(together, whole);
  const double from_parts = difference(together, parts);
  if (ranks.is_root())
    std::printf(
        "%s, %d ranks, %d steps: the largest difference of a weight from one process is %.1e, and %.1e where that "
        "process adds up the same parts\n",
        adam ? "Adam" : "SGD", ranks.count(), steps, from_whole, from_parts);
  require(from_whole <= (adam ? 1e-4 : 1e-5), "a weight differs from that of one process by ", from_whole);
  require(from_parts == 0, "a weight differs from that of one process with the same parts by ", from_parts);
}

}  // namespace

int main(int argc, char** argv) try {
  mpi::Session ranks(argc, argv);
  set_threads(1);  // one core a rank
  int steps = 100;
  CLI::App app("One training on several ranks, compared with one process.");
  app.add_option("steps", steps, "batches of 128 digits")->transform(io::whole_number(1, 1'000'000));
  CLI11_PARSE(app, argc, argv);
  const data::Images images = data::mnist().train;
  for (const bool adam : {false, true}) compare(ranks, images, adam, steps);
  return 0;
} catch (const std::exception& e) {
  std::fprintf(stderr, "%s\n", e.what());
  return 1;
}
