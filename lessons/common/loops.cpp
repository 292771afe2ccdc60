#include "lessons/common/loops.h"

#include <hourglass/tensor/error.h>
#include "lessons/common/interrupt.h"

namespace hourglass::HOURGLASS_BUILD {

Loops::Epochs Loops::epochs(int count) { return {*this, count}; }

Loops::Batches Loops::batches(const data::Images& images, int size, std::uint64_t seed) {
  require(size >= 1, "batches: a size of ", size, ", expected at least 1");
  return {*this, images, size, seed};
}

// ---- epochs

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

void Loops::end_epoch() {
  require(position_.depth() > 0, "end_epoch: outside of a loop over epochs");
  require(position_.depth() == 1, "end_epoch: within a loop over batches");
  position_.advance(1, position_.done() + 1, rng_);
  ++at_.epoch;
  clear_epoch();
}

void Loops::Epochs::Iterator::operator++() {
  if (loops_.at_.epoch == epoch_) loops_.end_epoch();  // the program did not
  epoch_ = loops_.at_.epoch;
}

// Also where the program breaks off.
void Loops::finish_epochs() {
  position_.end(1, rng_);
  clear_epoch();
  leave_interrupts();
}

void Loops::clear_epoch() {
  at_.images = at_.losses = 0;
  at_.loss_sum = 0;
}

// ---- batches

data::DataLoader::Epoch Loops::begin_batches(const data::Images& images, int size, std::uint64_t seed) {
  constexpr std::uint64_t most = std::uint64_t{1} << 32;  // loops that an epoch counts
  const bool outside = position_.depth() == 0;
  const std::uint64_t number = outside ? most + outside_++ : position_.loops();
  const data::DataLoader loader(images, {.batch_size = size, .shuffle = true, .seed = seed, .stream = number});
  const auto epoch = static_cast<std::uint64_t>(at_.epoch);
  if (outside) return loader.epoch(epoch);
  const bool returning = position_.returning();
  const std::optional<Index> done = position_.begin(rng_);
  if (returning && done) owner_.restore();
  return loader.epoch(epoch, done.value_or(images.count));
}

Loops::Batches::Iterator::Iterator(Loops& loops, const data::Images& images, int size, std::uint64_t seed)
    : loops_(loops), loop_(loops.begin_batches(images, size, seed)) {
  loop_.depth = loops.position_.depth();
  if (loop_.depth > 0) loops.open_.push_back(&loop_);
}

Loops::Batches::Iterator::~Iterator() {
  if (loop_.depth == 0) return;
  std::erase(loops_.open_, &loop_);
  loops_.position_.end(loop_.depth, loops_.rng_);
}

Loops::Ended Loops::end_batch() {
  require(!open_.empty(), "end_batch: outside of a loop over batches in one over epochs");
  Open& loop = *open_.back();
  require(!loop.ended, "end_batch: called a second time for a batch");
  auto next = loop.at;
  ++next;
  position_.advance(loop.depth, next.done, rng_);
  loop.ended = true;
  const bool nested = open_.size() > 1;
  if (!nested) at_.images += next.done - loop.at.done;
  return {next.done, loop.batches.images(), nested};
}

}  // namespace hourglass::HOURGLASS_BUILD
