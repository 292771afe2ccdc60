#pragma once
#include <functional>
#include <span>
#include <string>
#include <vector>

#include <hourglass/autograd/variable.h>

namespace hourglass::HOURGLASS_BUILD {

/// What gradcheck expects of the second derivative with respect to the inputs.
enum class Curvature {
  curved,  ///< not zero everywhere
  flat,    ///< zero everywhere, as for a linear or piecewise linear op
};

/// Which derivatives are checked, and how closely.
struct GradcheckOptions {
  int order = 2;  ///< 1: the gradient; 2: the gradient of the gradient too
  Curvature curvature = Curvature::curved;
  double tolerance = 1e-6;  ///< of the largest entry of the gradient that is checked
  double step = 1e-4;       ///< of the numeric derivative
  std::uint64_t seed = 1;   ///< of the random cotangents
};

/// Whether analytic and numeric derivatives agree: true in a condition if they do.
struct GradcheckVerdict {
  bool right = true;
  std::string text;  ///< what is wrong: op, order, input, entry, analytic and numeric value
  explicit operator bool() const { return right; }  ///< `right`
};

/// An op, or any function made of ops, of some inputs.
using Differentiable = std::function<Variable(std::span<const Variable>)>;

/// Compares the gradient of f with finite differences (four-point central differences), every entry of every input,
/// against a random cotangent; then, at order 2, does the same with the gradient itself, as a function of the inputs
/// and of the cotangent. Keep the inputs away from kinks by more than two steps. Needs the double build: throws in the
/// other.
///
///     auto verdict = gradcheck("sigmoid", [](auto in) { return sigmoid(in[0]); }, {rng.normal({2, 3})});
GradcheckVerdict gradcheck(const std::string& op, const Differentiable& f, const std::vector<Tensor>& inputs,
                           const GradcheckOptions& options = {});

}  // namespace hourglass::HOURGLASS_BUILD
