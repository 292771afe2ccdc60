#include <hourglass/io/reader.h>

#include <limits>

#include <hourglass/tensor/error.h>

namespace hourglass::HOURGLASS_BUILD::io {

std::size_t checked_bytes(std::span<const Index> sizes, std::size_t item, std::size_t left, std::string_view who) {
  std::size_t bytes = item;
  for (Index size : sizes) {
    require(size >= 1, who, ": size ", size, ", expected at least 1");
    require(bytes <= std::numeric_limits<std::size_t>::max() / static_cast<std::size_t>(size), who,
            ": the sizes multiply to more than fits in 64 bits");
    bytes *= static_cast<std::size_t>(size);
  }
  require(bytes <= left, who, ": ", bytes, " bytes expected, ", left, " found");
  return bytes;
}

std::string hexadecimal(std::span<const std::uint8_t> bytes) {
  constexpr char digits[] = "0123456789abcdef";
  std::string joined;
  for (std::uint8_t byte : bytes) {
    if (!joined.empty()) joined += ' ';
    joined += {digits[byte >> 4], digits[byte & 15]};
  }
  return joined;
}

std::span<const std::uint8_t> ByteReader::take(std::size_t count, std::string_view what) {
  require(count <= left(), name_, ": truncated: ", what, " at byte ", at_, " needs ", count, " bytes, ", left(),
          " are left");
  at_ += count;
  return bytes_.subspan(at_ - count, count);
}

std::uint32_t ByteReader::big_endian_32(std::string_view what) {
  std::uint32_t value = 0;
  for (std::uint8_t byte : take(4, what)) value = value << 8 | byte;
  return value;
}

std::uint64_t ByteReader::little_endian_64(std::string_view what) {
  const auto bytes = take(8, what);
  std::uint64_t value = 0;
  for (std::size_t i = 8; i-- > 0;) value = value << 8 | bytes[i];
  return value;
}

void ByteReader::expect_end() { require(left() == 0, name_, ": ", left(), " bytes too many after byte ", at_); }

}  // namespace hourglass::HOURGLASS_BUILD::io
