#include "bench/child.h"

#include <unistd.h>

#include <chrono>
#include <cmath>
#include <cstdio>
#include <fstream>
#include <iostream>
#include <memory>

#include "bench/workloads.h"
#include "tensor/error.h"
#include "tensor/parallel.h"
#include "tensor/reduce.h"

namespace hourglass::inline HOURGLASS_BUILD::bench {
namespace {

double seconds_now() {
  return std::chrono::duration<double>(std::chrono::steady_clock::now().time_since_epoch()).count();
}

// How long one call takes, in microseconds; each time as many calls as were found to fill `seconds`; one for 0.
class Stopwatch {
 public:
  Stopwatch(std::function<void()> call, double seconds) : call_(std::move(call)), seconds_(seconds) {}
  double microseconds() {
    if (calls_ == 0) {
      calls_ = 1;
      if (seconds_ == 0) return microseconds();  // a smoke run
      call_();                                   // warm
      calls_ = static_cast<int>(std::clamp(std::ceil(seconds_ * 1e6 / microseconds()), 1.0, 1e5));
    }
    const double begin = seconds_now();
    for (int i = 0; i < calls_; ++i) call_();
    return (seconds_now() - begin) * 1e6 / calls_;
  }

 private:
  std::function<void()> call_;
  double seconds_;
  int calls_ = 0;
};

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
  const Workload& work = workload(argv[2]);
  const int threads = std::atoi(argv[3]), steps = std::atoi(argv[5]);
  const double seconds = std::atof(argv[6]);
  set_threads(threads);
  Inputs inputs(argv[4]);
  const Step step = work.start(inputs);
  Tensor result;
  for (int i = 0; i < steps; ++i) result = step();
  const double checked = tensor::sum(result).item() / static_cast<double>(result.size());
  std::printf("ready %.9g %.1f\n", checked, peak_megabytes());
  std::fflush(stdout);

  std::unique_ptr<Floor> floor;  // made when asked for: its numbers are not part of the peak
  Stopwatch ours([&] { step(); }, seconds), panels([&] { floor->panels(); }, seconds),
      blas([&] { floor->blas_threads(threads); }, seconds);
  for (std::string question; std::getline(std::cin, question);) {
    if (question == "step") {
      std::printf("%.3f\n", ours.microseconds());
    } else {
      if (!floor) floor = std::make_unique<Floor>(work.products);
      std::printf("%.3f\n", (question == "panels" ? panels : blas).microseconds() * work.passes);
      if (question == "blas") usleep(50'000);  // OpenBLAS's threads stay awake a while: not while another is timed
    }
    std::fflush(stdout);
  }
  return 0;
}

}  // namespace hourglass::inline HOURGLASS_BUILD::bench
