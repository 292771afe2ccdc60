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
  double best = 1e9, spent = 0;
  for (int repetition = 0; repetition < 3 || (spent < budget && repetition < 2000); ++repetition) {
    const double start = now(method.on_threads);
    method(a, b);
    const double seconds = std::max(now(method.on_threads) - start, 1e-6);
    spent += seconds;
    best = std::min(best, seconds);
  }
  const double operations = 2 * static_cast<double>(a.size(0) * b.size(0) * b.size(1));  // k products and sums a number
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

void show_methods(Run& run, const std::vector<Measured>& measured, Index images) {
  report::Table table{{"method", "threads", "GFLOP/s", "speed-up", "difference from the one before"}, {}};
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
                          fmt::format("{:.1f}", speed_up), fmt::format("{:.1e}", m.difference)});
    chart.series.push_back(m.over_size);
    speeds[m.method.key] = m.speed;
  }
  run.metric("tiles_of_blas", speeds["tiled"] / speeds["blas"]);
  run.show("Seven implementations of one product", fmt::format("{} images times a layer of 1000 units.", images),
           table);
  run.show("methods", "Speed of the implementations", "In the order of the table.",
           report::Chart{"Speed of the implementations", "implementation", "GFLOP/s", {of_layer}, true});
  run.show("speed", chart.title, "Square matrices. Beyond some size no method becomes faster, and some become slower.",
           chart);
}

}  // namespace hourglass::HOURGLASS_BUILD
