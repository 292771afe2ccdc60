#include <hourglass/io/safetensors.h>

#include "tests/fuzz/file.h"

using namespace hourglass;

int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  return fuzz_file(data, size, [](const std::string& path) {
    const io::Archive archive = io::load(path);
    const io::Bytes bytes = io::pack(archive);
    if (io::pack(io::unpack("again", bytes)) != bytes) std::abort();  // what was read is written, and is then the same
  });
}
