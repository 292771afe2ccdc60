// Lesson 00: tensors, and the gradient of what is computed from them.
//
// A batch of digits is a box of numbers. A loss is one number made from it. Its gradient says how that number moves
// when a weight moves; going against it is all that training is.

#include <fmt/format.h>

#include <cmath>

#include <hourglass/autograd/backward.h>
#include <hourglass/autograd/grad_mode.h>
#include <hourglass/autograd/ops.h>
#include <hourglass/tensor/elementwise.h>
#include <hourglass/tensor/reduce.h>
#include "lessons/common/run.h"

using namespace hourglass;

namespace {

double per_image(const Tensor& total, const Tensor& x) {
  return static_cast<double>(total.item()) / static_cast<double>(x.size(0));
}

// r = σ(w x - 1): each pixel again, through one weight.   L(w) = ‖r - x‖² per image
Variable loss_of(const Variable& w, const Tensor& x) { return nn::squared_error(sigmoid(w * x - 1), x).value; }

// [by_hand]
// dL/dw by the chain rule: dL/dr · dr/dz · dz/dw, for z = w x - 1 and r = σ(z), summed over all pixels.
double slope_by_hand(Scalar w, const Tensor& x) {
  const Tensor r = sigmoid(affine(x, w, -1));
  const Tensor dr = 2 * (r - x);         // dL/dr = 2 (r - x)
  const Tensor dz = dr * (r * (1 - r));  // · r (1 - r)
  return per_image(sum(dz * x), x);      // · x
}
// [/by_hand]

// [by_asking]
// (L(w + ε) - L(w - ε)) / 2ε: asks the loss on both sides, and needs no calculus.
double slope_by_asking(Scalar w, const Tensor& x, double epsilon) {
  const NoGrad asking;
  const auto L = [&](double at) {
    return static_cast<double>(loss_of(Tensor::scalar(static_cast<Scalar>(at)), x).item());
  };
  return (L(w + epsilon) - L(w - epsilon)) / (2 * epsilon);
}
// [/by_asking]

// [by_backward]
double slope_by_backward(Scalar at, const Tensor& x) {
  const Variable w = Variable::parameter(Tensor::scalar(at));
  const Variable L = loss_of(w, x);  // computes, and remembers how
  // [remembered]
  backward(L);  // walks back through what was remembered
  return static_cast<double>(w.grad().item());
}
// [/by_backward]

void three_ways(Run& run, const Tensor& x) {
  const Scalar w = 2;
  const double hand = slope_by_hand(w, x), back = slope_by_backward(w, x);
  run.metric("slope_by_hand", hand);
  run.metric("slope_by_backward", back);
  report::Series error{"error of asking", {}, {}};
  double best = 1, best_step = 0;
  for (double digits = 0; digits <= 6; digits += 0.5) {
    const double off = std::abs(slope_by_asking(w, x, std::pow(10, -digits)) / hand - 1);
    error.x.push_back(-digits), error.y.push_back(off);
    if (off < best) best = off, best_step = -digits;
  }
  run.metric("best_step_log10", best_step);
  run.metric("error_of_asking_at_step_1", error.y.front());
  run.metric("error_of_asking_at_step_1e-6", error.y.back());
  run.show(
      "steps", "Asking: the error over the step",
      "Relative error of (L(w + ε) - L(w - ε)) / 2ε, by the power of ten of ε: too large a step meets the bend of L, "
      "too small a one the last digits of its numbers.",
      report::Chart{"Asking for the slope", "log10 of ε", "relative error", {error}, true});
  run.show("One slope, three ways", "dL/dw at w = 2.",
           report::Table{{"way", "dL/dw"},
                         {{"by hand", fmt::format("{:.6f}", hand)},
                          {"by backward", fmt::format("{:.6f}", back)},
                          {"by asking, ε = 0.1", fmt::format("{:.6f}", slope_by_asking(w, x, 0.1))}}});
}

// Which one picture c stands best for all digits?   L(c) = ‖c - x‖² per image
void descend(Run& run, const Tensor& x, Variable& c, Scalar rate, report::Chart& chart) {
  report::Series series{fmt::format("rate {}", rate), {}, {}};
  double loss = 0;
  for (int step = 0; step <= 20; ++step) {
    // [step]
    c.zero_grad();
    Loss L = nn::squared_error(broadcast_to(c, x.shape()), x);
    backward(L.value);  // dL/dc, 784 numbers
    // [arrived]
    c = Variable::parameter(c.value() - rate * c.grad());  // against the gradient
    // [/step]
    loss = static_cast<double>(L.value.item());
    series.x.push_back(step), series.y.push_back(loss);
  }
  run.metric(fmt::format("loss_after_20_steps_at_rate_{}", rate), loss);
  chart.series.push_back(series);
}

}  // namespace

int main(int argc, char** argv) {
  Run run("00_tensors_and_gradients", "Tensors and gradients", "How does a program know which way to move a weight?",
          argc, argv);
  const data::Dataset digits = run.dataset();
  // [batch]
  const Tensor x = digits.train.slice(0, std::min<Index>(2000, digits.train.count)).tensor();  // [2000, 784]
  const Tensor m = mean(x, 0);                                                                 // [784]
  // [/batch]

  three_ways(run, x);

  report::Chart chart{"Descent", "step", "squared error per image", {}, false};
  Variable best;
  for (const Scalar rate : {0.02f, 0.1f, 0.5f, 0.9f, 1.02f}) {
    Variable c = Variable::parameter(Tensor::zeros({x.size(1)}));
    descend(run, x, c, rate, chart);
    if (rate == 0.5f) best = c;
  }
  run.metric("loss_of_black", chart.series.front().y.front());
  run.show("descent", "Descent at five rates", "All start from black. Which of them arrives, and when?", chart);

  const Tensor off = best.value() - m;
  run.metric("distance_from_the_mean", std::sqrt(static_cast<double>(sum(off * off).item())));
  run.show("mean", "The picture that descent finds",
           "Above: what descent at rate 0.5 found. Below: the mean of the digits.",
           report::rows({best.value().reshape({1, x.size(1)}), m.reshape({1, x.size(1)})}, digits.train.height,
                        digits.train.width, 6));
  run.keep({{"picture", best}}, {});
  return run.finish();
}
