// Lesson 00: tensors, and the gradient of what is computed from them.
//
// A mini-batch of digits is an n-dimensional array. A loss is one number computed from it. Its gradient is how that
// number changes with each weight; gradient descent changes the weights against it.

#include <cmath>

#include <hourglass/autograd/backward.h>
#include <hourglass/autograd/grad_mode.h>
#include <hourglass/autograd/ops.h>
#include <hourglass/autograd/trace.h>
#include <hourglass/tensor/elementwise.h>
#include <hourglass/tensor/reduce.h>
#include "lessons/00_tensors_and_gradients/measure.h"
#include "lessons/common/run.h"

using namespace hourglass;

namespace {

// r = σ(w x - 1): each pixel again, through one weight.   L(w) = ‖r - x‖² per image
Variable loss_of(const Variable& w, const Tensor& x) { return nn::squared_error(sigmoid(w * x - 1), x).value; }

// [by_hand]
// dL/dw by the chain rule: dL/dr · dr/dz · dz/dw, for z = w x - 1 and r = σ(z), summed over all pixels.
double gradient_by_hand(Number w, const Tensor& x) {
  const Tensor r = sigmoid(w * x - 1);
  const Tensor dr = 2 * (r - x);         // dL/dr = 2 (r - x)
  const Tensor dz = dr * (r * (1 - r));  // · r (1 - r)
  const Tensor dw = sum(dz * x);         // · x
  return static_cast<double>(dw.item()) / static_cast<double>(x.size(0));
}
// [/by_hand]

// [by_finite_differences]
// (L(w + ε) - L(w - ε)) / 2ε: two evaluations of the loss, and no calculus.
double gradient_by_finite_differences(double w, const Tensor& x, double epsilon) {
  const NoGrad no_grad;
  const double above = loss_of(Tensor::scalar(w + epsilon), x).item();
  const double below = loss_of(Tensor::scalar(w - epsilon), x).item();
  return (above - below) / (2 * epsilon);
}
// [/by_finite_differences]

// [by_backpropagation]
double gradient_by_backpropagation(Number at, const Tensor& x) {
  const Variable w = Variable::parameter(Tensor::scalar(at));
  const Variable L = loss_of(w, x);  // computes the loss, and records the computational graph
  // [recorded]
  backward(L);  // goes through the graph in reverse order
  return w.grad().item();
}
// [/by_backpropagation]

// Which one image c is the best reconstruction of all digits?   L(c) = ‖c - x‖² per image
// Takes gradient descent's steps with learning rate `rate`, and returns the loss before each.
std::vector<double> descend(Variable& c, const Tensor& x, Number rate) {
  std::vector<double> losses;
  for (int step = 0; step <= 20; ++step) {
    // [step]
    c.zero_grad();
    Loss L = nn::squared_error(broadcast_to(c, x.shape()), x);
    backward(L.value);  // dL/dc, 784 numbers
    // [gradient]
    c = Variable::parameter(c.value() - rate * c.grad());  // against the gradient
    // [/step]
    losses.push_back(L.value.item());
  }
  return losses;
}

}  // namespace

int main(int argc, char** argv) {
  Run run("00_tensors_and_gradients", "Tensors and gradients",
          "In which direction must a weight change for the loss to fall?", argc, argv);
  const data::Dataset digits = run.dataset();
  // [batch]
  const Tensor x = digits.train.first(2000).tensor();  // [2000, 784]
  const Tensor m = mean(x, 0);                         // [784]
  // [/batch]

  const double w = 2;
  const double by_hand = gradient_by_hand(w, x);
  const double by_backpropagation = gradient_by_backpropagation(w, x);
  compare_gradients(run, by_hand, by_backpropagation,
                    [&](double epsilon) { return gradient_by_finite_differences(w, x, epsilon); });

  std::vector<Descent> descents;
  Variable best;
  for (const double rate : {0.02, 0.1, 0.5, 0.9, 1.02}) {
    Variable c = Variable::parameter(Tensor::zeros({x.size(1)}));  // from a black image
    descents.push_back({rate, descend(c, x, rate)});
    if (rate == 0.5) best = c;
  }
  show_descents(run, descents);
  compare_with_mean(run, best.value(), m, digits.train);
  run.keep({{"picture", best}}, {});
  const Variable weight = Variable::parameter(Tensor::scalar(w));
  run.draw_graph(draw(loss_of(weight, x), {{"w", weight}}));
  return run.finish();
}
