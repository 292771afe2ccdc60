#pragma once
#include <algorithm>
#include <chrono>
#include <cmath>
#include <functional>

#include <hourglass/tensor/scalar.h>

namespace hourglass::HOURGLASS_BUILD::bench {

/// How long one call takes, in microseconds; each time as many calls as were found to fill `seconds`; one for 0.
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
    const double begin = now();
    for (int i = 0; i < calls_; ++i) call_();
    return (now() - begin) * 1e6 / calls_;
  }

 private:
  static double now() {
    return std::chrono::duration<double>(std::chrono::steady_clock::now().time_since_epoch()).count();
  }

  std::function<void()> call_;
  double seconds_;
  int calls_ = 0;
};

}  // namespace hourglass::HOURGLASS_BUILD::bench
