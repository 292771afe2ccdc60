#pragma once
#include <functional>

#include <hourglass/data/loader.h>
#include "lessons/common/checkpoint.h"
#include "lessons/common/position.h"

namespace hourglass::HOURGLASS_BUILD {

/// The loops of a run: over epochs, in an epoch over batches, in a batch perhaps over others. A run that was stopped in
/// any of them goes on behind its last finished batch: the program begins the same loops again, those that were
/// finished are empty, and the generator is set so that the same numbers are drawn before, between and after them.
///
/// This holds for loops over batches within one over epochs. Others, such as those of an evaluation, give all batches
/// and nothing more.
class Loops {
 public:
  class Epochs;
  class Batches;

  /// Whose loops they are.
  class Owner {
   public:
    /// A loop over epochs begins in which the run was stopped; so many epochs are left, the unfinished one included.
    virtual void resume_epochs(int left) = 0;
    /// A loop over batches begins in which the run was stopped: restores the standing, weights and optimisers.
    virtual void restore() = 0;
    /// A batch is finished, and with it `done` of `count` images of a loop, which may stand in another over batches.
    virtual void end_batch(bool in_another, Index done, Index count) = 0;
    /// All loops of an epoch are over. The owner calls `next_epoch`.
    virtual void end_epoch() = 0;

   protected:
    ~Owner() = default;
  };

  Loops(Owner& owner, Standing& at, Rng& rng) : owner_(owner), at_(at), rng_(rng) {}
  Loops(const Loops&) = delete;

  /// The next `count` epochs.
  Epochs epochs(int count);
  /// The images in an order that depends on the seed, the epoch and the loop's number in it alone.
  Batches batches(const data::Images& images, int size, std::uint64_t seed);
  /// Calls `evaluation`, whose loops over batches are not counted.
  void apart(const std::function<void()>& evaluation);
  void next_epoch();

  std::string position() const { return position_.text(); }
  void return_to(const std::string& position, const std::string& who) { position_.return_to(position, who); }
  /// Whether the place to go on from is still ahead.
  bool returning() const { return position_.returning(); }

 private:
  bool counted() const { return position_.depth() > 0 && !apart_; }
  void begin_epochs(int count);
  void end_epochs();
  data::DataLoader::Epoch begin_batches(const data::Images& images, int size, std::uint64_t seed);
  void end_batch(std::size_t depth, Index before, Index done, Index count);
  void clear_epoch();

  Owner& owner_;
  Standing& at_;
  Rng& rng_;
  Position position_;
  bool apart_ = false;
  std::uint64_t not_counted_ = 0;  // loops over batches
};

/// `for (int epoch : run.epochs(10))`
class Loops::Epochs {
 public:
  struct End {};
  class Iterator {
   public:
    Iterator(Loops& loops, int count) : loops_(loops) { loops.begin_epochs(count); }
    ~Iterator() { loops_.end_epochs(); }
    Iterator(const Iterator&) = delete;
    int operator*() const { return loops_.at_.epoch; }
    void operator++() { loops_.owner_.end_epoch(); }
    bool operator!=(End) const { return loops_.at_.epoch <= loops_.at_.epochs; }

   private:
    Loops& loops_;
  };
  Epochs(Loops& loops, int count) : loops_(loops), count_(count) {}
  Iterator begin() const { return {loops_, count_}; }
  End end() const { return {}; }

 private:
  Loops& loops_;
  int count_;
};

/// `for (const Tensor& x : run.batches(images, 128))`, or `for (const data::Batch& x : …)` for the labels, too.
class Loops::Batches {
 public:
  using End = data::DataLoader::Epoch::End;
  /// One loop. It is over when its iterator is, by `break` too.
  class Iterator {
   public:
    Iterator(Loops& loops, const data::Images& images, int size, std::uint64_t seed);
    ~Iterator();
    Iterator(const Iterator&) = delete;
    data::Batch operator*() const { return *at_; }
    void operator++();
    bool operator!=(End end) const { return at_ != end; }

   private:
    Loops& loops_;
    data::DataLoader::Epoch batches_;
    data::DataLoader::Epoch::Iterator at_;
    std::size_t depth_;  // 0 where it is not counted
  };
  Batches(Loops& loops, const data::Images& images, int size, std::uint64_t seed)
      : loops_(loops), images_(images), size_(size), seed_(seed) {}
  Iterator begin() const { return {loops_, images_, size_, seed_}; }
  End end() const { return {}; }

 private:
  Loops& loops_;
  const data::Images& images_;
  int size_;
  std::uint64_t seed_;
};

}  // namespace hourglass::HOURGLASS_BUILD
