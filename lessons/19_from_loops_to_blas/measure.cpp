#include "lessons/19_from_loops_to_blas/measure.h"

#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <cmath>
#include <ctime>
#include <map>

#include <hourglass/tensor/error.h>
#include <hourglass/tensor/product.h>

namespace hourglass::HOURGLASS_BUILD {
namespace {

// Seconds. On one thread processor time, which other programs disturb little; on several, those of the clock.
double now(bool on_threads) {
  if (!on_threads) return static_cast<double>(std::clock()) / CLOCKS_PER_SEC;
  return std::chrono::duration<double>(std::chrono::steady_clock::now().time_since_epoch()).count();
}

// The least processor time, or time by the clock, of `repetition` while `budget` seconds last, three repetitions at
// least.
template <class Repetition>
double least_seconds(bool on_threads, double budget, const Repetition& repetition) {
  double best = 1e9, spent = 0;
  for (int i = 0; i < 3 || (spent < budget && i < 2000); ++i) {
    const double start = now(on_threads);
    repetition();
    const double seconds = std::max(now(on_threads) - start, 1e-6);
    spent += seconds;
    best = std::min(best, seconds);
  }
  return best;
}

}  // namespace

Tensor Method::operator()(const Tensor& a, const Tensor& b) const {
  if (!multiply) return matmul(a, b);
  Tensor y({a.size(0), b.size(1)});
  multiply({a.size(0), b.size(1), a.size(1), a.data(), b.data(), y.write_()});
  return y;
}

double difference(const Tensor& y, const Tensor& before) {
  if (before.empty()) return 0;
  double apart = 0, largest = 1e-30;
  for (Index i = 0; i < y.numel(); ++i) {
    const double difference = std::abs(double(y.data()[i]) - double(before.data()[i]));
    require(!std::isnan(difference), "difference: number ", i, " of ", y.shape(), " is nan");
    apart = std::max(apart, difference);
    largest = std::max(largest, std::abs(double(before.data()[i])));
  }
  return apart / largest;
}

double speed(const Method& method, const Tensor& a, const Tensor& b, double budget) {
  const double best = least_seconds(method.on_threads, budget, [&] { method(a, b); });
  const double operations = 2 * static_cast<double>(a.size(0) * b.size(0) * b.size(1));  // k products and sums a number
  return 1e-9 * operations / best;
}

double peak(const Vectors& vectors, double budget) {
  constexpr Index steps = 100'000;
  Scalar result = 0;
  double operations = 0;
  const double best = least_seconds(false, budget, [&] { operations = vectors.compute(steps, &result); });
  require(std::isfinite(result), "peak: the result is ", result);
  return 1e-9 * operations / best;
}

report::Series speed_over_size(const Method& method, const std::vector<Index>& sides, double budget, Rng& rng) {
  report::Series series{method.name, {}, {}};
  for (const Index side : sides) {
    const Tensor a = rng.normal({side, side});
    const Tensor b = rng.normal({side, side});
    series.x.push_back(static_cast<double>(side));
    series.y.push_back(speed(method, a, b, budget));
  }
  return series;
}

void show_methods(Run& run, const std::vector<Measured>& measured, Index images, double peak) {
  report::Table table{{"method", "threads", "GFLOP/s", "speed-up", "of the peak", "difference from the one before"},
                      {}};
  report::Chart chart{"Speed over size", "side of the matrices", "GFLOP/s", {}, true, true};
  report::Series of_layer{"a layer of 1000 units", {}, {}};
  std::map<std::string, double> speeds;
  for (const Measured& m : measured) {
    of_layer.x.push_back(static_cast<double>(of_layer.x.size() + 1));
    of_layer.y.push_back(m.speed);
    const double speed_up = m.speed / measured.front().speed;
    // on threads the clock also measures other programs: such a speed is shown, but it is no metric
    if (!m.method.on_threads) run.metric("times_the_first_of_" + m.method.key, speed_up);
    run.metric("difference_of_" + m.method.key, m.difference);
    table.rows.push_back({m.method.name, std::to_string(m.threads), fmt::format("{:.1f}", m.speed),
                          fmt::format("{:.1f}", speed_up), fmt::format("{:.0f} %", 100 * m.speed / peak / m.threads),
                          fmt::format("{:.1e}", m.difference)});
    chart.series.push_back(m.over_size);
    speeds[m.method.key] = m.speed;
  }
  run.metric("tiles_of_blas", speeds["tiled"] / speeds["blas"]);
  run.metric("vectors_of_blas", speeds["vectors"] / speeds["blas"]);
  run.metric("vectors_of_peak", speeds["vectors"] / peak);
  run.metric("blas_of_peak", speeds["blas"] / peak);
  run.show("Eight implementations of one product",
           fmt::format("{} images times a layer of 1000 units. The peak of one core is {:.1f} GFLOP/s: products and "
                       "sums of numbers that stay in registers.",
                       images, peak),
           table);
  run.show("methods", "Speed of the implementations", "In the order of the table.",
           report::Chart{"Speed of the implementations", "implementation", "GFLOP/s", {of_layer}, true});
  run.show("speed", chart.title, "Square matrices. Beyond some size no method becomes faster, and some become slower.",
           chart);
}

}  // namespace hourglass::HOURGLASS_BUILD
