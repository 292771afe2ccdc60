#pragma once
#include <functional>

#include <hourglass/autograd/ops.h>
#include <hourglass/nn/layer.h>

namespace hourglass::HOURGLASS_BUILD::nn {

/// A layer without parameters: any function of one variable. `Function(gelu)`, `Function([](const Variable& x) { … })`.
class Function final : public Layer {
 public:
  /// f receives whole batches. `describe` throws: a function in C++ has no description.
  explicit Function(std::function<Variable(const Variable&)> f) : f_(std::move(f)) {}
  Variable forward(const Variable& x) override { return f_(x); }

 private:
  std::function<Variable(const Variable&)> f_;
};

/// Each of the n rows in these sizes: [n, …] to [n, sizes…]. As PyTorch's Flatten and Unflatten.
class Reshape final : public Layer {
 public:
  /// Throws unless there are one to three sizes, each at least 1.
  explicit Reshape(std::vector<Index> sizes);
  Variable forward(const Variable& x) override;
  void describe(NetworkSpec& into, const std::string& prefix) const override;

 private:
  std::vector<Index> sizes_;
};

/// Each number 0 with probability p in training, the others divided by 1 - p; the identity in evaluation
/// mode (Srivastava et al. 2014).
class Dropout final : public Layer {
 public:
  /// Draws from `rng`, which must live as long: a run's own, so that its checkpoint holds where the draws stand.
  /// Throws unless 0 <= p < 1.
  Dropout(Number p, Rng& rng);
  Variable forward(const Variable& x) override { return training() ? dropout(x, p_, *rng_) : x; }
  void describe(NetworkSpec&, const std::string&) const override {}  // the identity in evaluation mode

 private:
  Scalar p_;
  Rng* rng_;
};

}  // namespace hourglass::HOURGLASS_BUILD::nn
