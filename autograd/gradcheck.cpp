#include <hourglass/autograd/gradcheck.h>

#include <algorithm>
#include <cmath>

#include <hourglass/autograd/backward.h>
#include <hourglass/autograd/ops.h>

namespace hourglass::HOURGLASS_BUILD {
namespace {

using Function = std::function<Variable(const std::vector<Variable>&)>;  // to a single number

std::vector<Variable> parameters(const std::vector<Tensor>& values) {
  std::vector<Variable> made;
  for (const Tensor& value : values) made.push_back(Variable::parameter(value.clone()));
  return made;
}

double evaluate(const Function& f, std::vector<Variable> inputs, std::size_t i, Index entry, double shift) {
  // hole evaluate: f with `shift` added to one entry of input i
  Tensor moved = inputs[i].value().clone();
  moved.write_()[entry] += static_cast<Scalar>(shift);
  inputs[i] = Variable::parameter(moved);  // a parameter still, since f may take gradients itself
  return static_cast<double>(f(inputs).item());
  // end of hole
}

// (8 (f(h) - f(-h)) - (f(2h) - f(-2h))) / 12 h: wrong by h⁴ only.
double numeric(const Function& f, const std::vector<Variable>& inputs, std::size_t i, Index entry, double h) {
  const auto at = [&](double shift) { return evaluate(f, inputs, i, entry, shift); };
  // hole numeric: the five-point formula, from f at -2h, -h, h and 2h
  return (8 * (at(h) - at(-h)) - (at(2 * h) - at(-2 * h))) / (12 * h);
  // end of hole
}

std::string position(const Shape& shape, Index entry) {
  std::string inside;
  for (int axis = 0; axis < shape.dim(); ++axis)
    inside += (axis ? ", " : "") + std::to_string(entry / shape.stride(axis) % shape[axis]);
  return "(" + inside + ")";
}

double largest(const Tensor& x) { return static_cast<double>(amax(abs(x)).item()); }

// Compares the gradient of f by backward with the numerical one. `name(i)` is the name of input i.
GradcheckVerdict compare(const std::string& op, int order, const Function& f, const std::vector<Variable>& inputs,
                         const GradcheckOptions& options, Variables& analytic) {
  const Variable y = f(inputs);
  if (y.requires_grad()) {
    analytic = grad(y, inputs);
  } else {  // constant: the gradient is zero
    for (const Variable& input : inputs) analytic.emplace_back(Tensor::zeros(input.shape()));
  }
  for (std::size_t i = 0; i < inputs.size(); ++i) {
    const Tensor& claimed = analytic[i].value();
    std::vector<double> measured;
    for (Index entry = 0; entry < claimed.numel(); ++entry)
      measured.push_back(numeric(f, inputs, i, entry, options.step));
    // hole compare: whether each entry differs by at most tolerance × the largest number of both, and 1e-3 at least
    double scale = std::max(1e-3, largest(claimed));
    for (double m : measured) scale = std::max(scale, std::abs(m));
    for (Index entry = 0; entry < claimed.numel(); ++entry) {
      const double a = static_cast<double>(claimed.data()[entry]), m = measured[static_cast<std::size_t>(entry)];
      if (std::isfinite(a) && std::abs(a - m) <= options.tolerance * scale) continue;  // false where m is NaN
      return {false, text("gradcheck ", op, ": order ", order, ", input ", i, " ", claimed.shape(), ", entry ",
                          position(claimed.shape(), entry), ": analytic ", a, ", numeric ", m)};
    }
    // end of hole
  }
  return {};
}

}  // namespace

GradcheckVerdict gradcheck(const std::string& op, const Differentiable& f, const std::vector<Tensor>& inputs,
                           const GradcheckOptions& options) {
  require(sizeof(Scalar) == 8,
          "gradcheck: needs the double build (link hourglass_f64): float cannot resolve an error of 1e-6");
  require(!inputs.empty(), "gradcheck ", op, ": no inputs given");
  Rng rng(options.seed);
  const Tensor cotangent = rng.normal(f(parameters(inputs)).shape());
  const Function first = [&](const std::vector<Variable>& x) { return sum(f(x) * Variable(cotangent)); };
  Variables analytic;
  GradcheckVerdict verdict = compare(op, 1, first, parameters(inputs), options, analytic);
  if (!verdict || options.order < 2) return verdict;

  // The gradient as a function of the inputs and of the cotangent v, made a single number by random weights.
  std::vector<Tensor> weights;
  for (const Tensor& input : inputs) weights.push_back(rng.normal(input.shape()));
  const Function second = [&](const std::vector<Variable>& xv) -> Variable {
    const std::vector<Variable> x(xv.begin(), xv.end() - 1);
    const Variable y = f(x);
    if (!y.requires_grad()) return Variable(Tensor::scalar(0));
    // hole second: the sum of the gradients of f, each times its weights, as a function of inputs and cotangent
    const Variables gradients = grad(y, x, Graph::create, xv.back());
    Variable total = Tensor::scalar(0);
    for (std::size_t i = 0; i < x.size(); ++i) total = total + sum(gradients[i] * Variable(weights[i]));
    return total;
    // end of hole
  };
  std::vector<Tensor> more = inputs;
  more.push_back(cotangent);
  analytic.clear();
  verdict = compare(op, 2, second, parameters(more), options, analytic);
  if (!verdict) return verdict;
  double curvature = 0;
  for (std::size_t i = 0; i < inputs.size(); ++i) curvature = std::max(curvature, largest(analytic[i].value()));
  if (options.curvature == Curvature::flat && curvature != 0)
    return {false, text("gradcheck ", op, ": declared flat, but its second derivative reaches ", curvature)};
  if (options.curvature == Curvature::curved && curvature == 0)
    return {false, text("gradcheck ", op, ": declared curved, but its second derivative is zero everywhere")};
  return verdict;
}

}  // namespace hourglass::HOURGLASS_BUILD
