#pragma once
#include <hourglass/codec/frequencies.h>
#include <hourglass/io/reader.h>
#include <hourglass/tensor/random.h>

// Asymmetric numeral systems (Duda 2009; the streaming kind with ranges, rANS). A message is one large whole number s.
// With a table whose slots share 0 … M-1,
//
//     push a symbol:  s = (s / size) M + start + s mod size      s grows by log2(M / size) bits, its information
//     pop:            s mod M is a position in the symbol's slot;   s = (s / M) size + s mod M - start
//
// and each undoes the other, exactly. What is pushed last is popped first: a stack, where arithmetic coding is a queue.
// Popping needs no message: from any number s it decodes a symbol that occurs as often as the table gives, as
// a draw from it. Bits-back coding uses this.
namespace hourglass::HOURGLASS_BUILD::codec {

/// The number, its upper 33 to 64 bits in `head`, the rest in words of 32 bits that spill over and come back.
class AnsStack {
 public:
  static constexpr int precision = 24;  ///< M = 2^24: the slots that are pushed and popped are parts of it

  /// A stack of random bits. Where more is popped than was pushed, it borrows further ones; they are still there after
  /// all has been undone.
  explicit AnsStack(std::uint64_t seed);
  /// The stack that `bytes()` returned. Popping more than it holds throws, naming `name`.
  AnsStack(std::string name, std::span<const std::uint8_t> bytes);

  /// Slots may be rotated modulo M by `turn` positions: a symbol is popped with the turn of its push. It takes no bits,
  /// and a random turn makes the next position uniformly distributed, whatever was pushed last. Throws unless the slot
  /// lies in M and is not empty.
  void push(const Slot& slot, std::uint32_t turn = 0);
  /// The position in M of the next symbol: look up whose slot it is, then pop that. Throws unless it lies in the slot.
  std::uint32_t place(std::uint32_t turn = 0) const { return static_cast<std::uint32_t>(head_ - turn) & (range - 1); }
  /// Undoes the push of this slot. Throws unless the next position lies in it, and where a stack that cannot borrow
  /// runs out.
  void pop(const Slot& slot, std::uint32_t turn = 0);

  /// The words from the bottom up, then the head, little-endian.
  io::Bytes bytes() const;
  /// log2 of the number: what is on the stack.
  double bits() const;
  /// What was there before anything was pushed, and 32 bits for each word that was borrowed later.
  double borrowed_bits() const { return borrowed_; }
  /// Throws unless what is left is what a stack of this seed has borrowed: a check sum for a message that has been
  /// popped to its end.
  void expect_only_borrowed(std::uint64_t seed) const;

 private:
  static constexpr std::uint32_t range = 1u << precision;  // M
  static constexpr std::uint64_t smallest_head = std::uint64_t{1} << 32;

  std::string name_;
  std::uint64_t head_;
  std::vector<std::uint32_t> words_;  // the last one is next
  Rng random_;
  bool borrows_;
  double borrowed_ = 0;
};

}  // namespace hourglass::HOURGLASS_BUILD::codec
