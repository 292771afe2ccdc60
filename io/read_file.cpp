#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstring>

#include <hourglass/io/reader.h>
#include <hourglass/io/with_memory.h>

namespace hourglass::HOURGLASS_BUILD::io {
namespace {

// Reads the whole size at once, so that memory is not allocated twice; a file that is not regular has no size.
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

}  // namespace hourglass::HOURGLASS_BUILD::io
