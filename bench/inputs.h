#pragma once
#include <string>

#include <hourglass/data/images.h>
#include <hourglass/io/safetensors.h>
#include <hourglass/nn/layer.h>
#include <hourglass/tensor/random.h>

namespace hourglass::HOURGLASS_BUILD::bench {

/// The 60,000 training digits, read from the disk.
data::Images training_set();

/// What a workload starts from: weights, images, noise. The harness draws them once and writes them into a file; every
/// contender, ours and the peers, starts from that file, so that equal losses mean equal mathematics.
class Inputs {
 public:
  /// To draw, from a fixed seed and the training digits.
  Inputs() = default;
  /// To read what was drawn.
  explicit Inputs(const std::string& file) : archive_(io::load(file)), drawing_(false) {}

  Rng rng{1};
  /// The same parameters, with the values of the file.
  nn::Parameters weights(const nn::Parameters& parameters);
  /// The first n training digits: [n, 784].
  Tensor images(Index n);
  /// Numbers from N(0, 1).
  Tensor noise(const Shape& shape);
  bool drawing() const { return drawing_; }
  void save(const std::string& file) const { io::save(file, archive_); }

 private:
  io::Archive archive_;
  bool drawing_ = true;
};

}  // namespace hourglass::HOURGLASS_BUILD::bench
