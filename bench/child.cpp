#include "bench/child.h"

#include <unistd.h>

#include <cstdio>
#include <fstream>
#include <iostream>
#include <memory>

#include <hourglass/tensor/error.h>
#include <hourglass/tensor/parallel.h>
#include <hourglass/tensor/reduce.h>
#include "bench/stopwatch.h"
#include "bench/workloads.h"

namespace hourglass::HOURGLASS_BUILD::bench {
namespace {

// The most that this process ever held. Not getrusage's: that counts what the parent held before the process began.
double peak_megabytes() {
  std::ifstream status("/proc/self/status");
  for (std::string line; std::getline(status, line);)
    if (line.starts_with("VmHWM:")) return std::atof(line.c_str() + 6) / 1024;
  return 0;
}

}  // namespace

int child(int argc, char** argv) {
  require(argc >= 7, "bench child: expected WORKLOAD THREADS FILE STEPS SECONDS");
  const std::string name = argv[2];
  const Workload& work = workload(name);
  const int threads = std::atoi(argv[3]), steps = std::atoi(argv[5]);
  const double seconds = std::atof(argv[6]);
  set_threads(threads);
  Inputs inputs(argv[4]);
  const Step step = work.start(inputs);
  Tensor result;
  for (int i = 0; i < steps; ++i) result = step();
  const double checked = sum(result).item() / static_cast<double>(result.numel());
  std::printf("ready %.9g %.1f\n", checked, peak_megabytes());
  std::fflush(stdout);

  std::unique_ptr<Floor> floor;  // made on demand: its numbers are not part of the peak
  Stopwatch ours([&] { step(); }, seconds), panels([&] { floor->panels(); }, seconds),
      blas([&] { floor->blas_threads(threads); }, seconds);
  for (std::string question; std::getline(std::cin, question);) {
    if (question == "step") {
      std::printf("%.3f\n", ours.microseconds());
    } else {
      if (!floor) floor = std::make_unique<Floor>(work.products);
      std::printf("%.3f\n", (question == "panels" ? panels : blas).microseconds() * work.passes);
      if (question == "blas")
        usleep(50'000);  // OpenBLAS's threads wait actively for a while: not while another is timed
    }
    std::fflush(stdout);
  }
  return 0;
}

}  // namespace hourglass::HOURGLASS_BUILD::bench
