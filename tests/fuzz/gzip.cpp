#include <hourglass/io/gzip.h>

#include "tests/fuzz/file.h"

using namespace hourglass;

int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  return fuzz_file(data, size, [](const std::string& path) { io::read_gzip(path, 1 << 20); });
}
