#pragma once
#include <span>

#include <hourglass/io/reader.h>
#include <hourglass/tensor/random.h>
#include "docs/playground/engine/pupil.h"

namespace hourglass::HOURGLASS_BUILD::playground {

/// One training on images of 28 × 28 grey bytes: the batches in the order of a lesson's run, all chance from one seed.
class Session {
 public:
  /// `images` must live as long. Throws when the choice cannot be trained, or when there is no image.
  Session(const Choice& choice, std::span<const std::uint8_t> images);

  /// One training step; the loss of its batch. The last batch of an epoch may be smaller.
  Scalar step();
  /// Throws on what `check` would refuse.
  void tune(Scalar learning_rate, Scalar noise, Scalar penalty);

  // To look at, not to learn from: the same chance each time.
  Scalar loss(const Tensor& x) const;
  Tensor encode(const Tensor& x) const;
  Tensor decode(const Tensor& h) const;
  Tensor seen(const Tensor& x) const;
  /// The weights of up to `most` units that look at the pixels: [n, 784].
  Tensor filters(Index most) const;
  /// As a safetensors file.
  io::Bytes weights() const;

 private:
  Tensor next_batch();
  void drop_denormals();

  Choice choice_;
  std::span<const std::uint8_t> images_;
  Rng rng_;
  std::unique_ptr<Pupil> pupil_;
  std::vector<int> order_;  // of the images in this epoch
  std::size_t at_ = 0;
  std::uint64_t epoch_ = 0, steps_ = 0;
};

}  // namespace hourglass::HOURGLASS_BUILD::playground
