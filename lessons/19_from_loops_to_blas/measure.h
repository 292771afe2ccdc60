#pragma once
#include <algorithm>
#include <chrono>
#include <cmath>
#include <ctime>
#include <functional>

#include <hourglass/tensor/error.h>
#include <hourglass/tensor/tensor.h>

// How long a product takes, and how far two of them are apart.
namespace hourglass::HOURGLASS_BUILD {

/// Seconds. On one thread processor time, so that other programs disturb little; on several, those of the clock.
inline double now(bool on_threads) {
  if (!on_threads) return static_cast<double>(std::clock()) / CLOCKS_PER_SEC;
  return std::chrono::duration<double>(std::chrono::steady_clock::now().time_since_epoch()).count();
}

/// The best of as many goes as fit into `budget` seconds, three at least.
inline double best_seconds(const std::function<void()>& work, bool on_threads, double budget) {
  double best = 1e9, spent = 0;
  for (int go = 0; go < 3 || (spent < budget && go < 2000); ++go) {
    const double start = now(on_threads);
    work();
    const double seconds = std::max(now(on_threads) - start, 1e-6);
    spent += seconds;
    best = std::min(best, seconds);
  }
  return best;
}

/// max |y - before| over max |before|. Throws on NaN.
inline double difference(const Tensor& y, const Tensor& before) {
  double apart = 0, largest = 1e-30;
  for (Index i = 0; i < y.numel(); ++i) {
    const double difference = std::abs(double(y.data()[i]) - double(before.data()[i]));
    require(!std::isnan(difference), "difference: number ", i, " of ", y.shape(), " is nan");
    apart = std::max(apart, difference);
    largest = std::max(largest, std::abs(double(before.data()[i])));
  }
  return apart / largest;
}

}  // namespace hourglass::HOURGLASS_BUILD
