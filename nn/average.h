#pragma once
#include <hourglass/nn/layer.h>

namespace hourglass::HOURGLASS_BUILD::nn {

/// The moving average of parameters over the steps of a training,
///
///     w̄ ← β w̄ + (1 - β) w.
///
/// Two networks that are trained against each other oscillate about an equilibrium instead of converging to it: the
/// average of a generator's weights generates better images than the weights of any step (Polyak & Juditsky 1992;
/// Yazıcı et al. 2019).
class Average {
 public:
  /// Begins at the parameters' present values. Throws unless 0 <= β < 1, and when one is listed twice.
  explicit Average(const Parameters& parameters, Number keep = 0.999);
  /// Call it after each step of the optimiser.
  void update();
  /// Exchanges the parameters' values with the average: a second call restores them.
  void swap();
  /// What a resumed run must get back, under the names `average.NAME`.
  Parameters state() const;

 private:
  Parameters parameters_;
  std::vector<Tensor> mean_;
  Scalar keep_;
};

}  // namespace hourglass::HOURGLASS_BUILD::nn
