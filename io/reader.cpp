#include "io/reader.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <limits>

#include "tensor/error.h"

namespace hourglass::inline HOURGLASS_BUILD::io {

namespace {

// Asks for what is there at once, so that memory is not taken twice; what is no plain file tells no size.
Bytes read_all(const std::string& path, int file, std::size_t limit) {
  struct stat status {};
  require(::fstat(file, &status) == 0, path, ": cannot be read: ", std::strerror(errno));
  const bool plain = S_ISREG(status.st_mode);
  const auto known = plain ? static_cast<std::size_t>(status.st_size) : 0;
  Bytes bytes(std::min(known, limit) + 1);  // the one more finds the end
  for (std::size_t filled = 0;;) {
    const ssize_t count = ::read(file, bytes.data() + filled, bytes.size() - filled);
    if (count < 0 && errno == EINTR) continue;
    require(count >= 0, path, ": cannot be read: ", std::strerror(errno));
    filled += static_cast<std::size_t>(count);
    require(filled <= limit, path, ": longer than ", limit, " bytes, which is more than such a file may have");
    if (count == 0) {
      bytes.resize(filled);
      return bytes;
    }
    if (filled == bytes.size()) bytes.resize(std::min(limit, std::max<std::size_t>(2 * filled, 1 << 16)) + 1);
  }
}

}  // namespace

Bytes read_file(const std::string& path, std::size_t limit) {
  const int file = ::open(path.c_str(), O_RDONLY | O_CLOEXEC);
  require(file >= 0, path, ": cannot be opened: ", std::strerror(errno));
  struct Closing {
    int file;
    ~Closing() { ::close(file); }
  } const closing{file};
  return with_memory(path, [&] { return read_all(path, file, limit); });
}

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

}  // namespace hourglass::inline HOURGLASS_BUILD::io
