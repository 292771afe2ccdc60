#pragma once
#include <functional>
#include <span>

#include <hourglass/data/images.h>
#include <hourglass/nn/loss.h>
#include <hourglass/nn/optimizer.h>
#include <hourglass/tensor/random.h>

namespace hourglass::HOURGLASS_BUILD::claims {

/// What a measurement works with: the digits, a seed, and whether it is a smoke test.
struct Experiment {
  std::uint64_t seed = 1;
  bool quick = false;    ///< one epoch on the first 2,000 digits, evaluated on 1,000: no figure, only a smoke test
  data::Dataset digits;  ///< 60,000 + 10,000; fewer with `quick`
  std::string of;        ///< what is measured, for messages

  /// Reads the digits. Throws as `data::mnist`.
  Experiment(std::uint64_t seed, bool quick);
  /// A new generator for each call, so that a row comes out the same whatever else is measured. Streams keep rows
  /// apart, but for two slips: undercomplete-2 shares its stream with the deep rows (12), top-k with bits-back (61), so
  /// that they begin with the same draws. The variants of one comparison share theirs on purpose.
  Rng rng(std::uint64_t stream) const { return Rng(seed, stream); }
  /// How many epochs are run for `count` epochs: 1 with `quick`.
  int epochs(int count) const { return quick ? 1 : count; }
  /// The last 5,000 training digits are the validation set for a linear SVM's C and a Parzen window's width; the SVM
  /// and the classifier of samples are trained on the others. The models themselves are trained on all 60,000,
  /// including the digits that select the window's width. No test digit is used before the evaluation.
  /// @{
  data::Images fitting() const { return digits.train.slice(0, digits.train.count * 11 / 12); }
  data::Images validation() const { return digits.train.slice(digits.train.count * 11 / 12, digits.train.count / 12); }
  /// @}
};

/// How long a model is trained, and on what.
struct Recipe {
  int epochs = 10;
  Index batch = 128;
  std::function<Scalar(Scalar)> rate =
      {};           ///< factor of the learning rate at t in [0, 1], for each step; constant if empty
  Index shift = 0;  ///< images move by up to so many pixels, anew each time
};

/// The loss of a batch x [n, pixels] with its labels.
using BatchLoss = std::function<Loss(const Tensor& x, std::span<const int> labels)>;
/// Trains on all images in a new order each epoch, and reports progress on standard error. Throws, naming epoch, step
/// and the first weight that is not finite, when the loss is not a finite number.
void train(Experiment& experiment, const data::Images& images, const nn::Parameters& parameters,
           nn::Optimizer& optimizer, const Recipe& recipe, const BatchLoss& loss, Rng& rng);

/// Calls step(x, labels) for batches of the images in a new order; the last one is smaller.
void each_batch(const data::Images& images, Index size, Rng& rng,
                const std::function<void(const Tensor&, std::span<const int>)>& step);
/// Calls visit(x) for all images in order, 1,000 at a time, without recording.
void each(const data::Images& images, const std::function<void(const Tensor&)>& visit);
/// The mean over all images of a number, or a loss, that is itself a mean over the images x.
/// @{
double mean(const data::Images& images, const std::function<Variable(const Tensor& x)>& number);
double mean(const data::Images& images, const std::function<Loss(const Tensor& x)>& loss);
/// @}
/// f(x) for all images, row by row: [count, …].
Tensor rows(const data::Images& images, const std::function<Variable(const Tensor&)>& f);

}  // namespace hourglass::HOURGLASS_BUILD::claims
