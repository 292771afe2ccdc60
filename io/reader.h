#pragma once
#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include <hourglass/tensor/error.h>

/// Files: each is read completely and correctly, or refused.
namespace hourglass::HOURGLASS_BUILD::io {

using Bytes = std::vector<std::uint8_t>;

/// The largest file of tensors: a byte less than 4 GiB, which 32 bits can count, too.
constexpr std::size_t longest_file = 0xffff'ffff;

/// The whole file. Throws, naming it, when it cannot be read or is longer than `limit` bytes.
Bytes read_file(const std::string& path, std::size_t limit);

/// How many bytes `sizes` items of `item` bytes take. The one function that checks a size which a file states, before
/// anything is allocated for it: throws, naming `who`, when a size is below 1, when the product overflows, or when it
/// is more than the `left` bytes that there are.
std::size_t checked_bytes(std::span<const Index> sizes, std::size_t item, std::size_t left, std::string_view who);

/// The bytes as they stand in messages: "ff d8 00".
std::string hexadecimal(std::span<const std::uint8_t> bytes);

/// Reads bytes one after the other and never beyond the end; each failure names the file and the position in it.
class ByteReader {
 public:
  /// `name` stands in messages; the bytes must live as long.
  ByteReader(std::string name, std::span<const std::uint8_t> bytes) : name_(std::move(name)), bytes_(bytes) {}

  /// The next `count` bytes. Throws, stating what they are, when fewer are left.
  std::span<const std::uint8_t> take(std::size_t count, std::string_view what);
  /// The next 4 or 8 bytes as a number. Throw as `take`.
  /// @{
  std::uint32_t big_endian_32(std::string_view what);
  std::uint64_t little_endian_64(std::string_view what);
  /// @}
  /// Throws unless all has been read.
  void expect_end();

  /// How many bytes have not been read.
  std::size_t left() const { return bytes_.size() - at_; }
  /// As it stands in messages.
  const std::string& name() const { return name_; }

 private:
  std::string name_;
  std::span<const std::uint8_t> bytes_;
  std::size_t at_ = 0;
};

}  // namespace hourglass::HOURGLASS_BUILD::io
