#pragma once
#include <string>

#include <hourglass/report/chart.h>

namespace hourglass::HOURGLASS_BUILD {

/// Speed of R ranks over one's, as a model of communication predicts it (Hockney 1994): a step takes t / R to compute
/// and 2 (R - 1) messages of N / R numbers, each α + bytes / β. The batch stays the same.
inline report::Series speed(const std::string& line, double t, double N, double alpha, double beta) {
  report::Series series{line, {}, {}};
  for (double R = 1; R <= 256; R *= 2) {
    const double message = alpha + N / R * sizeof(Scalar) / beta;
    series.x.push_back(R), series.y.push_back(t / (t / R + 2 * (R - 1) * message));
  }
  return series;
}

}  // namespace hourglass::HOURGLASS_BUILD
