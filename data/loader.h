#pragma once
#include <cstdint>
#include <memory>
#include <vector>

#include <hourglass/data/images.h>
#include <hourglass/tensor/tensor.h>

namespace hourglass::HOURGLASS_BUILD::data {

/// A mini-batch: its images as numbers in [0, 1], [n, height · width], and what belongs to them.
struct Batch : Tensor {
  std::vector<int> labels;  ///< one an image, or none at all
  Index done = 0;           ///< images of the epoch so far, this batch's included: `DataLoader::epoch` goes on there
};

/// Images in mini-batches, a loop an epoch:
///
///     const data::DataLoader loader(digits.train, {.batch_size = 128, .shuffle = true});
///     for (int epoch = 1; epoch <= 10; ++epoch)
///       for (const data::Batch& x : loader.epoch(epoch)) { model.loss(x); … x.labels …; }
///
/// The position belongs to the loop, not to the loader: each loop gives all batches, whatever other loops there are,
/// and many threads may use one loader.
class DataLoader {
 public:
  /// How the images are handed out.
  struct Options {
    Index batch_size = 1;
    bool shuffle = false;      ///< in a random order, another one in each epoch
    bool drop_last = false;    ///< leaves out the last batch if it is smaller
    std::uint64_t seed = 1;    ///< of the random order
    std::uint64_t stream = 0;  ///< another one gives another order, for a second loader with the same seed
    /// Data-parallel training on `ranks` processes, of which this is the one with number `rank`, from 0: each gets a
    /// part of every mini-batch. Of a batch with n images rank r has those from r n / R up to (r + 1) n / R, rounded
    /// down, in the order of the epoch. So the parts of all ranks are the batch of a single process.
    /// @{
    int rank = 0;
    int ranks = 1;
    /// @}
  };
  class Epoch;

  /// Refers to the images, which must outlive it; those of a temporary, such as `digits.train.slice(0, 1000)`, it
  /// keeps. Throws when there are none, when their pixels or labels are not as many as `count` requires, when
  /// batch_size is below 1, when drop_last leaves nothing, when `rank` is not one of `ranks`, and when a batch has
  /// fewer images than there are ranks.
  /// @{
  DataLoader(const Images& images, const Options& options) : DataLoader(Shared(Shared(), &images), options) {}
  DataLoader(Images&& images, const Options& options)
      : DataLoader(std::make_shared<const Images>(std::move(images)), options) {}
  /// @}

  /// The mini-batches of this epoch, in an order that depends on seed, stream and epoch alone. A training that is
  /// resumed goes on behind the first `done` images. Throws unless 0 <= done <= images().
  Epoch epoch(std::uint64_t number, Index done = 0) const;
  /// How many images an epoch has, those of the other ranks included: all, except those that drop_last leaves out.
  Index images() const { return count_; }
  /// How many mini-batches an epoch has.
  Index batches() const { return (count_ - 1) / options_.batch_size + 1; }

 private:
  using Shared = std::shared_ptr<const Images>;
  DataLoader(Shared images, const Options& options);

  Shared images_;
  Options options_;
  Index count_;
};

/// `for (const data::Batch& x : loader.epoch(3))`
class DataLoader::Epoch {
 public:
  /// Where a loop ends.
  struct End {};
  /// Where a loop stands.
  struct Iterator {
    const Epoch* epoch;
    Index done;
    /// The batch at hand.
    Batch operator*() const { return epoch->behind(done); }
    /// Goes on to the next one.
    void operator++() { done += epoch->size_behind(done); }
    /// Whether there is one.
    bool operator!=(End) const { return done < epoch->count_; }
  };
  /// A loop from the first batch on, and its end: for a range-for.
  /// @{
  Iterator begin() const { return {this, begin_}; }
  End end() const { return {}; }
  /// @}
  /// How many images the epoch has, those of the other ranks included.
  Index images() const { return count_; }

 private:
  friend DataLoader;
  Epoch(Shared images, const Options& options, Index count, Index begin, std::vector<int> order)
      : images_(std::move(images)), options_(options), count_(count), begin_(begin), order_(std::move(order)) {}
  Index size_behind(Index done) const { return std::min(options_.batch_size, count_ - done); }  // of all ranks
  Batch behind(Index done) const;

  Shared images_;
  Options options_;
  Index count_, begin_;
  std::vector<int> order_;
};

}  // namespace hourglass::HOURGLASS_BUILD::data
