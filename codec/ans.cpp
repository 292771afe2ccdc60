#include <hourglass/codec/ans.h>

#include <cmath>

#include <hourglass/tensor/error.h>

namespace hourglass::HOURGLASS_BUILD::codec {
namespace {

std::uint32_t random_word(Rng& random) { return static_cast<std::uint32_t>(random.below(std::uint64_t{1} << 32)); }

}  // namespace

AnsStack::AnsStack(std::uint64_t seed) : name_("AnsStack"), head_(0), random_(seed), borrows_(true) {
  head_ = smallest_head + random_word(random_);
  borrowed_ = bits();
}

AnsStack::AnsStack(std::string name, std::span<const std::uint8_t> bytes)
    : name_(std::move(name)), head_(0), random_(0), borrows_(false) {
  require(bytes.size() >= 8 && bytes.size() % 4 == 0, name_, ": ", bytes.size(),
          " bytes, expected words of 4 and a head of 8");
  io::ByteReader reader(name_, bytes);
  while (reader.left() > 8) {
    const auto word = reader.take(4, "a word");
    words_.push_back(word[0] | word[1] << 8 | word[2] << 16 | std::uint32_t{word[3]} << 24);
  }
  head_ = reader.little_endian_64("the head");
  require(head_ >= smallest_head, name_, ": damaged: the head is ", head_, ", expected at least 2^32");
}

void AnsStack::push(const Slot& slot, std::uint32_t turn) {
  require(slot.size >= 1, name_, ": damaged, or not this model's: a symbol is pushed that has no slot");
  require(slot.start < range && slot.size <= range - slot.start, name_, ": slot ", slot.start, " + ", slot.size,
          ", expected a part of ", range);
  // The head would outgrow 64 bits. (With a slot of all M it cannot: such a symbol carries no information.)
  if (slot.size < range && head_ >= std::uint64_t{slot.size} << (64 - precision)) {
    words_.push_back(static_cast<std::uint32_t>(head_));
    head_ >>= 32;
  }
  const auto at = static_cast<std::uint32_t>(slot.start + head_ % slot.size + turn) & (range - 1);
  head_ = (head_ / slot.size << precision) + at;
}

void AnsStack::pop(const Slot& slot, std::uint32_t turn) {
  const std::uint32_t at = place(turn);
  require(at >= slot.start && at - slot.start < slot.size, name_, ": the position ", at, " is not in the slot ",
          slot.start, " + ", slot.size);
  head_ = (head_ >> precision) * slot.size + at - slot.start;
  if (head_ >= smallest_head) return;
  require(borrows_ || !words_.empty(), name_, ": truncated: more is popped than there is");
  std::uint32_t word;
  if (words_.empty()) {
    word = random_word(random_);
    borrowed_ += 32;
  } else {
    word = words_.back();
    words_.pop_back();
  }
  head_ = head_ << 32 | word;
}

io::Bytes AnsStack::bytes() const {
  io::Bytes all;
  const auto put = [&](std::uint64_t number, int bytes) {
    for (int i = 0; i < bytes; ++i) all.push_back(static_cast<std::uint8_t>(number >> 8 * i));
  };
  for (std::uint32_t word : words_) put(word, 4);
  put(head_, 8);
  return all;
}

double AnsStack::bits() const {
  return 32 * static_cast<double>(words_.size()) + std::log2(static_cast<double>(head_));
}

void AnsStack::expect_only_borrowed(std::uint64_t seed) const {
  Rng random(seed);  // the head first, then word by word; undone in the other order, so that the first is on top
  bool same = head_ == smallest_head + random_word(random);
  for (std::size_t i = words_.size(); same && i-- > 0;) same = words_[i] == random_word(random);
  require(same, name_, ": damaged: what is left at the end is not what the encoder began with");
}

}  // namespace hourglass::HOURGLASS_BUILD::codec
