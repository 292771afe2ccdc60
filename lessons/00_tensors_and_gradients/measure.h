#pragma once
#include <functional>
#include <vector>

#include "lessons/common/run.h"

// What lesson 00 measures of its gradients, and the figures of its page.
namespace hourglass {

/// Chart and table: dL/dw by hand, by backpropagation and by finite differences, and the relative error of the latter,
/// |found / by_hand - 1|, for step sizes ε from 1 to 10⁻⁶.
void compare_gradients(Run& run, double by_hand, double by_backpropagation,
                       const std::function<double(double epsilon)>& by_finite_differences);

/// The loss before each step of gradient descent with one learning rate.
struct Descent {
  double rate;
  std::vector<double> losses;
};

/// Chart: the loss over the steps, a line for each learning rate.
void show_descents(Run& run, const std::vector<Descent>& descents);

/// Figure: the image that gradient descent found above the mean m of the digits, [pixels] each; ‖found - m‖ as a
/// number.
void compare_with_mean(Run& run, const Tensor& found, const Tensor& m, const data::Images& digits);

}  // namespace hourglass
