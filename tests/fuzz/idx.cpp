#include <hourglass/data/mnist.h>
#include "tests/fuzz/file.h"

using namespace hourglass;

// As images, and as the labels of two images.
int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  static const std::string two("\0\0\x08\x03\0\0\0\2\0\0\0\1\0\0\0\1ab", 18);
  static const int file = ::memfd_create("images", 0);
  static const std::string images = "/proc/self/fd/" + std::to_string(file);
  if (::pwrite(file, two.data(), two.size(), 0) != static_cast<ssize_t>(two.size())) std::abort();
  fuzz_file(data, size, [](const std::string& path) { data::read_idx(path, path); });
  return fuzz_file(data, size, [](const std::string& path) { data::read_idx(images, path); });
}
