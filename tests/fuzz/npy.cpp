#include <hourglass/io/npy.h>

#include "tests/fuzz/file.h"

using namespace hourglass;

int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  return fuzz_file(data, size, [](const std::string& path) {
    const io::Entry entry = io::read_npy(path);
    if (entry.sizes.size() <= 4)
      entry.type[0] == 'F' ? static_cast<void>(entry.tensor()) : static_cast<void>(entry.integers());
  });
}
