#include <hourglass/codec/ans.h>

#include <cmath>

#include "tests/check.h"

using namespace hourglass;
using codec::AnsStack, codec::Slot;

namespace {

constexpr std::uint32_t total = 1u << AnsStack::precision;

// A slot of any size, small ones as often as large ones, now and then all there is.
Slot any_slot(Rng& rng) {
  if (rng.below(20) == 0) return {0, total};
  const auto size = static_cast<std::uint32_t>(1 + rng.below(1ull << rng.below(AnsStack::precision + 1)));
  return {static_cast<std::uint32_t>(rng.below(total - size + 1)), size};
}

std::uint32_t turn(std::size_t i) { return static_cast<std::uint32_t>(i * 7654321 % total); }

double information(const Slot& slot) { return std::log2(static_cast<double>(total) / slot.size); }

}  // namespace

TEST_CASE("what is pushed is popped, last first, and the number grows by its information") {
  Rng rng(1);
  for (std::size_t count : {0, 1, 2, 3000}) {
    std::vector<Slot> slots;
    AnsStack stack(7);
    double expected = stack.bits();
    for (std::size_t i = 0; i < count; ++i) {
      slots.push_back(any_slot(rng));
      stack.push(slots.back(), turn(i));
      expected += information(slots.back());
    }
    CHECK(std::abs(stack.bits() - expected) < 0.01 + 1e-6 * expected);     // a step is off by 2^-8 of itself at most
    CHECK(8 * static_cast<double>(stack.bytes().size()) < expected + 32);  // the head is kept in 64 bits
    AnsStack back("stream", stack.bytes());
    for (std::size_t i = slots.size(); i-- > 0;) {
      REQUIRE(back.place(turn(i)) - slots[i].start < slots[i].size);
      back.pop(slots[i], turn(i));
    }
    back.expect_only_borrowed(7);
  }
}

TEST_CASE("popping draws symbols as often as their slots are long, and pushing gives the bits back") {
  const std::vector<std::uint32_t> counts = {total / 2, total / 4, total / 8, total / 8};
  const codec::Frequencies table(counts);
  AnsStack stack(3);
  std::vector<int> drawn, count(4);
  constexpr int draws = 20000;
  for (int i = 0; i < draws; ++i) {
    drawn.push_back(table.symbol_at(stack.place()));
    ++count[static_cast<std::size_t>(drawn.back())];
    stack.pop(table.slot(drawn.back()));
  }
  for (std::size_t i = 0; i < 4; ++i) {
    const double p = counts[i] / double{total}, deviation = std::sqrt(p * (1 - p) / draws);
    CHECK(std::abs(count[i] / double{draws} - p) < 4 * deviation);
  }
  CHECK(stack.borrowed_bits() == doctest::Approx(draws * 1.75).epsilon(0.01));  // the entropy of the four
  AnsStack back("stream", stack.bytes());
  for (std::size_t i = drawn.size(); i-- > 0;) back.push(table.slot(drawn[i]));
  back.expect_only_borrowed(3);
  CHECK_FAILS(back.expect_only_borrowed(4), "stream: damaged: what is left at the end is not what the encoder began");
}

TEST_CASE("a stack that is cut or damaged is refused, as are impossible slots") {
  AnsStack stack(1);
  for (std::uint32_t i = 0; i < 100; ++i) stack.push({i, 1});
  const io::Bytes bytes = stack.bytes();
  const auto popped = [&](std::span<const std::uint8_t> stream) {
    AnsStack back("stream", stream);
    for (int i = 0; i < 100; ++i) back.pop({back.place(), 1});
    back.expect_only_borrowed(1);
  };
  popped(bytes);
  for (std::size_t length = 0; length < bytes.size(); ++length)
    CHECK_FAILS(popped(std::span(bytes).first(length)), "stream: ");
  CHECK_FAILS(popped(std::span(bytes).first(10)), "stream: 10 bytes, expected words of 4 and a head of 8");
  CHECK_FAILS(popped(std::span(bytes).subspan(4)), "stream: truncated: more is popped than there is");
  CHECK_FAILS(popped(io::Bytes(12)), "stream: damaged: the head is 0, expected at least 2^32");
  CHECK_FAILS(stack.push({0, 0}), "damaged, or not this model's: a symbol is pushed that has no slot");
  CHECK_FAILS(stack.push({total, 1}), "slot 16777216 + 1, expected a part of 16777216");
  CHECK_FAILS(stack.push({2, total - 1}), "slot 2 + 16777215, expected a part of 16777216");
  CHECK_FAILS(stack.pop({stack.place() + 1, 1}), "is not in the slot");
}
