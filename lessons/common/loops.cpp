#include "lessons/common/loops.h"

#include <hourglass/tensor/error.h>
#include "lessons/common/interrupt.h"

namespace hourglass::HOURGLASS_BUILD {

Loops::Epochs Loops::epochs(int count) { return {*this, count}; }

Loops::Batches Loops::batches(const data::Images& images, int size, std::uint64_t seed) {
  require(size >= 1, "batches: a size of ", size, ", expected at least 1");
  return {*this, images, size, seed};
}

void Loops::apart(const std::function<void()>& evaluation) {
  struct Guard {
    bool& apart;
    ~Guard() { apart = false; }
  };
  const Guard guard{apart_};  // an evaluation may fail
  apart_ = true;
  not_counted_ = 0;
  evaluation();
}

void Loops::begin_epochs(int count) {
  require(position_.depth() == 0, "epochs: a loop over epochs within another one");
  const bool returning = position_.returning();
  const std::optional<Index> done = position_.begin(rng_);
  if (returning && done) {
    owner_.resume_epochs(count - static_cast<int>(*done));
  } else {
    at_.epochs = at_.epoch - 1 + count;
    if (!done) at_.epoch = at_.epochs + 1;
  }
  note_interrupts();
}

void Loops::next_epoch() {
  position_.advance(1, 1, rng_);
  ++at_.epoch;
  clear_epoch();
}

// Also where the program breaks off.
void Loops::end_epochs() {
  position_.end(1, rng_);
  clear_epoch();
  leave_interrupts();
}

void Loops::clear_epoch() {
  at_.images = at_.losses = 0;
  at_.loss_sum = 0;
}

data::DataLoader::Epoch Loops::begin_batches(const data::Images& images, int size, std::uint64_t seed) {
  constexpr std::uint64_t most = std::uint64_t{1} << 32;  // loops that an epoch counts
  const std::uint64_t number = counted() ? position_.loops() : most + not_counted_++;
  const data::DataLoader loader(images, {.batch_size = size, .shuffle = true, .seed = seed, .stream = number});
  const auto epoch = static_cast<std::uint64_t>(at_.epoch);
  if (!counted()) return loader.epoch(epoch);
  const bool returning = position_.returning();
  const std::optional<Index> done = position_.begin(rng_);
  if (returning && done) owner_.restore();
  return loader.epoch(epoch, done.value_or(images.count));
}

void Loops::end_batch(std::size_t depth, Index before, Index done, Index count) {
  position_.advance(depth, done - before, rng_);
  const bool in_another = depth > 2;
  if (!in_another) at_.images += done - before;
  owner_.end_batch(in_another, done, count);
}

Loops::Batches::Iterator::Iterator(Loops& loops, const data::Images& images, int size, std::uint64_t seed)
    : loops_(loops),
      batches_(loops.begin_batches(images, size, seed)),
      at_(batches_.begin()),
      depth_(loops.counted() ? loops.position_.depth() : 0) {}

Loops::Batches::Iterator::~Iterator() {
  if (depth_ > 0) loops_.position_.end(depth_, loops_.rng_);
}

void Loops::Batches::Iterator::operator++() {
  const Index before = at_.done;
  ++at_;
  if (depth_ > 0) loops_.end_batch(depth_, before, at_.done, batches_.images());
}

}  // namespace hourglass::HOURGLASS_BUILD
