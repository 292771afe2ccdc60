#pragma once
#include <vector>

#include <hourglass/data/loader.h>
#include "lessons/common/checkpoint.h"
#include "lessons/common/position.h"

namespace hourglass::HOURGLASS_BUILD {

/// The loops of a run: over epochs, in an epoch over batches, in a batch perhaps over others. A run that was stopped in
/// any of them goes on behind the last batch that was ended: the program begins the same loops again, those that were
/// finished are empty, and the generator is set so that the same numbers are drawn before, between and after them.
///
/// A pass through a loop is ended by a call, `end_batch` or `end_epoch`, as its last statement. The loop itself only
/// goes on to the next batch or epoch: a pass that no call has ended is no place to go on from, and counts nowhere.
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

   protected:
    ~Owner() = default;
  };

  /// A batch that was ended.
  struct Ended {
    Index done, count;  ///< images of its loop, this batch's included, and all of them
    bool nested;        ///< its loop stands within another one over batches
    bool last() const { return done == count; }
  };

  Loops(Owner& owner, Standing& at, Rng& rng) : owner_(owner), at_(at), rng_(rng) {}
  Loops(const Loops&) = delete;

  /// The next `count` epochs.
  Epochs epochs(int count);
  /// The images in an order that depends on the seed, the epoch and the loop's number in it alone.
  Batches batches(const data::Images& images, int size, std::uint64_t seed);
  /// Ends the batch of the innermost loop over batches. Throws, and changes nothing, outside of such a loop in one over
  /// epochs, and where it was called for this batch before.
  Ended end_batch();
  /// Ends the epoch: the standing is the next one's. Throws, and changes nothing, outside of a loop over epochs, and
  /// within one over batches.
  void end_epoch();

  std::string position() const { return position_.text(); }
  void return_to(const std::string& position, const std::string& who) { position_.return_to(position, who); }
  /// Whether the place to go on from is still ahead.
  bool returning() const { return position_.returning(); }

 private:
  struct Open;
  void begin_epochs(int count);
  void finish_epochs();
  data::DataLoader::Epoch begin_batches(const data::Images& images, int size, std::uint64_t seed);
  void clear_epoch();

  Owner& owner_;
  Standing& at_;
  Rng& rng_;
  Position position_;
  std::vector<Open*> open_;    // the loops over batches in which the program is, each within the one before
  std::uint64_t outside_ = 0;  // loops over batches outside of those over epochs, so far
};

/// `for (int epoch : run.epochs(10))`
class Loops::Epochs {
 public:
  struct End {};
  class Iterator {
   public:
    Iterator(Loops& loops, int count) : loops_(loops) {
      loops.begin_epochs(count);
      epoch_ = loops.at_.epoch;
    }
    ~Iterator() { loops_.finish_epochs(); }
    Iterator(const Iterator&) = delete;
    int operator*() const { return epoch_; }
    void operator++();
    bool operator!=(End) const { return epoch_ <= loops_.at_.epochs; }

   private:
    Loops& loops_;
    int epoch_;
  };
  Epochs(Loops& loops, int count) : loops_(loops), count_(count) {}
  Iterator begin() const { return {loops_, count_}; }
  End end() const { return {}; }

 private:
  Loops& loops_;
  int count_;
};

// A loop over batches that is not over.
struct Loops::Open {
  explicit Open(data::DataLoader::Epoch all) : batches(std::move(all)), at(batches.begin()) {}

  data::DataLoader::Epoch batches;
  data::DataLoader::Epoch::Iterator at;
  std::size_t depth = 0;  // in Position; 0 outside of a loop over epochs
  bool ended = false;     // whether the present batch is
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
    data::Batch operator*() const { return *loop_.at; }
    void operator++() {
      ++loop_.at;
      loop_.ended = false;
    }
    bool operator!=(End end) const { return loop_.at != end; }

   private:
    Loops& loops_;
    Open loop_;
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
