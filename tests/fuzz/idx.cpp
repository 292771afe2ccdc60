#include "data/mnist.h"
#include "io/writer.h"
#include "tests/fuzz/file.h"

using namespace hourglass;

// As images, and as the labels of two images.
int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  static const std::string images = "/proc/self/fd/" + std::to_string(::memfd_create("images", 0));
  static const bool written =
      (io::write_file(images, std::string_view("\0\0\x08\x03\0\0\0\2\0\0\0\1\0\0\0\1ab", 18)), true);
  static_cast<void>(written);
  fuzz_file(data, size, [](const std::string& path) { data::read_idx(path, path); });
  return fuzz_file(data, size, [](const std::string& path) { data::read_idx(images, path); });
}
