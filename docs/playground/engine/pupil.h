#pragma once
#include <memory>

#include <hourglass/nn/layer.h>
#include <hourglass/nn/spec.h>
#include <hourglass/tensor/random.h>
#include "docs/playground/engine/choice.h"

namespace hourglass::HOURGLASS_BUILD::playground {

/// The functions of any model that the page needs. x [n, 784], h [n, code].
class Pupil {
 public:
  virtual ~Pupil() = default;

  /// One training step on the batch; its loss before the step. A GAN's is the generator's.
  virtual Scalar step(const Tensor& x, Rng& rng) = 0;
  /// The loss on x; nothing is learned.
  virtual Scalar loss(const Tensor& x, Rng& rng) = 0;
  /// The code of x. A GAN has none: the probability [n, 1] that x is real.
  virtual Tensor encode(const Tensor& x) = 0;
  virtual Tensor decode(const Tensor& h) = 0;
  /// What the encoder gets to see of x.
  virtual Tensor seen(const Tensor& x, Rng& rng) = 0;
  virtual void tune(Scalar learning_rate, Scalar noise, Scalar penalty) = 0;
  /// The optimisers' running means.
  virtual nn::Parameters memory() const = 0;
  virtual nn::Parameters parameters() const = 0;
  virtual nn::Networks networks() const = 0;
};

std::unique_ptr<Pupil> make_pupil(const Choice& choice, Rng& rng);

}  // namespace hourglass::HOURGLASS_BUILD::playground
