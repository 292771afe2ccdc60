#pragma once
#include <string>

#include <hourglass/autograd/variable.h>
#include <hourglass/tensor/random.h>

namespace hourglass::HOURGLASS_BUILD::playground {

/// An autoencoder with four inputs, so small that a page can show all of its graph:
///
///     h = tanh(x W₁ + b₁),   r = σ(h W₂ + b₂),   L = Σ (r - x)²,    W₁ [4, 2],  W₂ [2, 4]
class Tiny {
 public:
  explicit Tiny(std::uint64_t seed);

  /// Runs forward and backward on x [1, 4] and returns each op in order, as JSON:
  ///
  ///     {"nodes": [{"op": "x", "shape": [1, 4], "values": […], "inputs": []}, …],
  ///      "backward": [{"node": 13, "gradient": […], "to": [{"node": 12, "gradient": […]}]}, …]}
  ///
  /// A node is identified by its index in `nodes`; the first five are x, W1, b1, W2, b2. `backward` has the order in
  /// which the backward functions run: each has the gradient that arrived at its node and those that it passes on.
  std::string tape(const Tensor& x);
  /// p ← p - rate · dL/dp, with the gradients of the last `tape`.
  void step(Scalar rate);

 private:
  Variable W1_, b1_, W2_, b2_;
};

}  // namespace hourglass::HOURGLASS_BUILD::playground
