#include <hourglass/report/axis.h>

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <limits>

namespace hourglass::HOURGLASS_BUILD::report {
namespace {

// 1, 2 or 5 times a power of ten, such that about `wanted` of them fit.
double round_step(double length, int wanted) {
  const double rough = length / wanted, power = std::pow(10.0, std::floor(std::log10(rough)));
  for (double factor : {1.0, 2.0, 5.0})
    if (power * factor >= rough) return power * factor;
  return power * 10;
}

}  // namespace

Axis::Axis(const std::vector<double>& values, bool log) : log_(log) {
  double low = std::numeric_limits<double>::infinity(), high = -low;
  for (double v : values) {
    if (!shows(v)) continue;
    low = std::min(low, v);
    high = std::max(high, v);
    whole_ = whole_ && v == std::floor(v);
  }
  if (!(low <= high)) {  // nothing to show
    low = log ? 1 : 0;
    high = log ? 10 : 1;
  }
  const double size = std::max(std::abs(low), std::abs(high));
  if (high - low <= 1e-9 * size || size < 1e-100) {  // one number alone: in the middle
    const double around = whole_ || size < 1e-100 ? std::max(1.0, size / 2) : size / 2;
    low = log ? low / 2 : low - around;
    high = log ? high * 2 : high + around;
  }
  low_ = low;
  high_ = high;
}

bool Axis::shows(double value) const { return std::abs(value) <= 1e100 && !(log_ && value < 1e-100); }

double Axis::place(double value) const {
  return log_ ? std::log(value / low_) / std::log(high_ / low_) : (value - low_) / (high_ - low_);
}

void Axis::begin_at_zero() {
  if (!log_ && low_ > 0 && low_ < high_ / 2) low_ = 0;
}

std::vector<double> Axis::ticks(int wanted) const {
  if (log_)
    if (const auto round = log_ticks(wanted); round.size() >= 2) return round;
  double step = round_step(high_ - low_, wanted);
  if (whole_) step = std::max(1.0, step);
  std::vector<double> found;  // multiples, not sums: a sum would miss 0 by 1e-17
  for (double i = std::ceil(low_ / step - 1e-6); i <= high_ / step + 1e-6; ++i) found.push_back(i == 0 ? 0 : i * step);
  return found;
}

// Powers of ten, not all of them where there are many, and 2 and 5 times them where there are few.
std::vector<double> Axis::log_ticks(int wanted) const {
  const int first = static_cast<int>(std::floor(std::log10(low_))),
            last = static_cast<int>(std::ceil(std::log10(high_)));
  const int every = std::max(1, (last - first + wanted - 1) / wanted);
  std::vector<double> found;
  for (int power = first; power <= last; power += every)
    for (double factor : {1.0, 2.0, 5.0}) {
      const double tick = factor * std::pow(10.0, power);
      const bool fits = tick >= low_ * (1 - 1e-9) && tick <= high_ * (1 + 1e-9);
      if (fits && (factor == 1 || last - first <= 2)) found.push_back(tick);
    }
  return found;
}

std::string tick_label(double value) { return fmt::format("{:.10g}", value); }

}  // namespace hourglass::HOURGLASS_BUILD::report
