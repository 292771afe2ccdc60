#include <hourglass/data/exif.h>

#include <algorithm>
#include <iterator>

namespace hourglass::HOURGLASS_BUILD::data {
namespace {

// A whole number of `count` bytes; the bytes must be there.
std::size_t number(std::span<const std::uint8_t> bytes, std::size_t at, std::size_t count, bool big_endian) {
  std::size_t value = 0;
  for (std::size_t i = 0; i < count; ++i) value = value << 8 | bytes[at + (big_endian ? i : count - 1 - i)];
  return value;
}

}  // namespace

int orientation(std::span<const std::uint8_t> exif) {
  constexpr std::uint8_t little[] = {'I', 'I', 42, 0}, big[] = {'M', 'M', 0, 42};
  if (exif.size() < 8) return 1;
  const bool is_big = std::equal(std::begin(big), std::end(big), exif.begin());
  if (!is_big && !std::equal(std::begin(little), std::end(little), exif.begin())) return 1;
  std::size_t at = number(exif, 4, 4, is_big);  // of the first directory: a count, then entries of 12 bytes
  if (at + 2 > exif.size()) return 1;
  std::size_t entries = number(exif, at, 2, is_big);
  at += 2;
  for (; entries > 0 && at + 12 <= exif.size(); --entries, at += 12) {
    if (number(exif, at, 2, is_big) != 274) continue;
    const std::size_t type = number(exif, at + 2, 2, is_big), count = number(exif, at + 4, 4, is_big);
    const std::size_t value = number(exif, at + 8, 2, is_big);
    return type == 3 && count == 1 && value >= 1 && value <= 8 ? static_cast<int>(value) : 1;
  }
  return 1;
}

io::Picture upright(io::Picture stored) {
  const int held = orientation(stored.exif);
  if (held == 1) return stored;
  const bool transposed = held >= 5;
  const bool from_below = held == 3 || held == 4 || held == 6 || held == 7;
  const bool from_right = held == 2 || held == 3 || held == 7 || held == 8;
  io::Picture turned = stored;
  if (transposed) std::swap(turned.height, turned.width);
  std::uint8_t* to = turned.grey.data();
  for (Index y = 0; y < turned.height; ++y)
    for (Index x = 0; x < turned.width; ++x) {
      const Index down = transposed ? x : y, across = transposed ? y : x;
      const Index row = from_below ? stored.height - 1 - down : down;
      const Index column = from_right ? stored.width - 1 - across : across;
      *to++ = stored.grey[static_cast<std::size_t>(row * stored.width + column)];
    }
  return turned;
}

}  // namespace hourglass::HOURGLASS_BUILD::data
