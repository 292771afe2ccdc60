#include "data/decode.h"
#include "tests/fuzz/file.h"

using namespace hourglass;

int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  return fuzz_file(data, size, [](const std::string& path) {
    const data::Images picture = data::read_picture(path);
    if (picture.pixels_per_image() < 1 << 20) data::resized(picture, 28, 28);
  });
}
