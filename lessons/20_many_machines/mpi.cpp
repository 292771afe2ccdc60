// Lesson 20 on real ranks: mpirun -n 2 build/release/lessons/20_many_machines_mpi [STEPS]
//
// Each rank is a process of its own, with the whole network and a part of every batch; MPI adds up the gradients. For
// comparison each also trains alone, with whole batches, and once more with the gradients of the same parts added up.
// From the former the largest difference of a weight must be that of rounding. Adam divides by the size of a gradient,
// so the rounding of one that is nearly 0 can change a whole step (README.md): its bound is wider. From the latter it
// must be 0 for two ranks, since a + b is b + a to the last bit; beyond two, MPI chooses the order.
#include <mpi.h>

#include <CLI/CLI.hpp>
#include <cstdio>
#include <exception>

#include <hourglass/data/mnist.h>
#include <hourglass/io/options.h>
#include <hourglass/tensor/error.h>
#include <hourglass/tensor/parallel.h>
#include "lessons/20_many_machines/process.h"

using namespace hourglass;

namespace {

int rank_of_this() {
  int rank = 0;
  MPI_Comm_rank(MPI_COMM_WORLD, &rank);
  return rank;
}

int ranks() {
  int count = 1;
  MPI_Comm_size(MPI_COMM_WORLD, &count);
  return count;
}

// [mpi]
// The sum of all ranks' numbers takes the place of each rank's own: what ring.h does by hand.
void all_reduce(Numbers& gradient) {
  const MPI_Datatype type = sizeof(Scalar) == sizeof(float) ? MPI_FLOAT : MPI_DOUBLE;
  const int status =
      MPI_Allreduce(MPI_IN_PLACE, gradient.data(), static_cast<int>(gradient.size()), type, MPI_SUM, MPI_COMM_WORLD);
  require(status == MPI_SUCCESS, "rank ", rank_of_this(), ": the all-reduce failed with MPI's error ", status);
}

void step_together(Process& process, const Tensor& x) {
  const Index n = x.size(0);
  const Index R = ranks();
  const Index r = rank_of_this();
  Numbers gradient = process.gradient(x, r * n / R, (r + 1) * n / R);
  all_reduce(gradient);
  process.step_with(gradient);
}
// [/mpi]

// One process that takes the parts one after another.
void step_in_parts(Process& process, const Tensor& x) {
  const Index n = x.size(0);
  const Index R = ranks();
  Numbers total(static_cast<std::size_t>(process.size()), 0);
  for (Index r = 0; r < R; ++r) {
    const Numbers part = process.gradient(x, r * n / R, (r + 1) * n / R);
    for (std::size_t i = 0; i < total.size(); ++i) total[i] += part[i];
  }
  process.step_with(total);
}

// The largest difference of a weight between the ranks and one process that trains on whole batches, or on their parts.
struct Differences {
  double from_whole, from_parts;
};

// After `steps` batches of 128: the largest of all ranks.
Differences differences(const data::Images& images, bool adam, int steps) {
  const Rng rng(1);
  const Index pixels = images.pixels_per_image();
  Process together("together", pixels, adam, rng);
  Process whole("whole", pixels, adam, rng);
  Process parts("parts", pixels, adam, rng);
  for (int step = 0; step < steps; ++step) {
    const Tensor x = images.slice(step * 128 % (images.count - 128), 128).tensor();
    step_together(together, x);
    whole.step(x);
    step_in_parts(parts, x);
  }
  const double mine[] = {difference(together, whole), difference(together, parts)};
  double largest[2];
  MPI_Allreduce(mine, largest, 2, MPI_DOUBLE, MPI_MAX, MPI_COMM_WORLD);
  return {largest[0], largest[1]};
}

int train(int steps) {
  const data::Images images = data::mnist().train;
  int bad = 0;
  for (const bool adam : {false, true}) {
    const Differences off = differences(images, adam, steps);
    if (rank_of_this() == 0)
      std::printf(
          "%s, %d ranks, %d steps: the largest difference of a weight from one process is %.1e, and %.1e where that "
          "process adds up the same parts\n",
          adam ? "Adam" : "SGD", ranks(), steps, off.from_whole, off.from_parts);
    if (!(off.from_whole <= (adam ? 1e-4 : 1e-5))) bad = 1;
    if (ranks() <= 2 && off.from_parts != 0) bad = 1;
  }
  return bad;
}

}  // namespace

int main(int argc, char** argv) {
  MPI_Init(&argc, &argv);
  int status = 1;
  try {
    set_threads(1);  // one core a rank
    int steps = 100;
    CLI::App app("One training on several ranks, compared with one process.");
    app.add_option("steps", steps, "batches of 128 digits")->transform(io::whole_number(1, 1'000'000));
    CLI11_PARSE(app, argc, argv);
    status = train(steps);
  } catch (const std::exception& e) {
    std::fprintf(stderr, "rank %d: %s\n", rank_of_this(), e.what());
    MPI_Abort(MPI_COMM_WORLD, 1);  // or the others would wait for ever
  }
  MPI_Finalize();
  return status;
}
