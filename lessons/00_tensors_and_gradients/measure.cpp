#include "lessons/00_tensors_and_gradients/measure.h"

#include <fmt/format.h>

#include <cmath>

#include <hourglass/tensor/elementwise.h>
#include <hourglass/tensor/reduce.h>

namespace hourglass {

void compare_gradients(Run& run, double by_hand, double by_backpropagation,
                       const std::function<double(double epsilon)>& by_finite_differences) {
  report::Series error{"finite differences", {}, {}};
  double smallest = 1;
  double best_step = 0;
  for (double log_step = 0; log_step >= -6; log_step -= 0.5) {
    const double relative = std::abs(by_finite_differences(std::pow(10, log_step)) / by_hand - 1);
    error.x.push_back(std::pow(10, log_step));
    error.y.push_back(relative);
    if (relative >= smallest) continue;
    smallest = relative;
    best_step = log_step;
  }
  run.metric("slope_by_hand", by_hand);
  run.metric("slope_by_backward", by_backpropagation);
  run.metric("best_step_log10", best_step);
  run.metric("error_of_asking_at_step_1", error.y.front());
  run.metric("error_of_asking_at_step_1e-6", error.y.back());
  run.show("steps", "Finite differences: the error over the step size",
           "Relative error of (L(w + ε) - L(w - ε)) / 2ε over the step size ε. At large steps the non-linearity of "
           "L causes it (truncation error), at small ones the rounding of L's values.",
           report::Chart{"Finite differences", "step size ε", "relative error", {error}, true, true});
  run.show("One gradient, three ways", "dL/dw at w = 2.",
           report::Table{{"method", "dL/dw"},
                         {{"by hand", fmt::format("{:.6f}", by_hand)},
                          {"by backpropagation", fmt::format("{:.6f}", by_backpropagation)},
                          {"by finite differences, ε = 0.1", fmt::format("{:.6f}", by_finite_differences(0.1))}}});
}

void show_descents(Run& run, const std::vector<Descent>& descents) {
  report::Chart chart{"Gradient descent", "step", "squared error per image", {}};
  for (const auto& [rate, losses] : descents) {
    report::Series series{fmt::format("learning rate {}", rate), {}, losses};
    for (std::size_t step = 0; step < losses.size(); ++step) series.x.push_back(static_cast<double>(step));
    chart.series.push_back(series);
    run.metric(fmt::format("loss_after_20_steps_at_rate_{}", rate), losses.back());
  }
  run.metric("loss_of_black", descents.front().losses.front());
  run.show("descent", "Gradient descent at five learning rates",
           "All start from a black image. Which of them converges, and when?", chart);
}

void compare_with_mean(Run& run, const Tensor& found, const Tensor& m, const data::Images& digits) {
  const Tensor difference = found - m;
  run.metric("distance_from_the_mean", std::sqrt(static_cast<double>(sum(difference * difference).item())));
  const Index pixels = m.size(0);
  run.show(
      "mean", "The image at the minimum",
      "What gradient descent found at learning rate 0.5, and the mean of the digits.",
      report::rows({{"gradient descent", found.reshape({1, pixels})}, {"mean of the digits", m.reshape({1, pixels})}},
                   digits.height, digits.width, 6));
}

}  // namespace hourglass
