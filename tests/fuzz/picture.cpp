#include <zlib.h>

#include <hourglass/data/decode.h>
#include <hourglass/data/png.h>
#include "tests/fuzz/file.h"

using namespace hourglass;

namespace {

using Bytes = io::Bytes;

void append(Bytes& bytes, std::size_t value) {
  for (int i = 24; i >= 0; i -= 8) bytes.push_back(static_cast<std::uint8_t>(value >> i));
}

Bytes packed(const Bytes& bytes) {
  uLongf length = compressBound(bytes.size());
  Bytes out(length);
  compress2(out.data(), &length, bytes.data(), bytes.size(), 1);
  out.resize(length);
  return out;
}

// A PNG with its chunks' data as they are and checksums that fit; the data of IDAT are taken for pixels and compressed.
// A fuzzer finds no checksum by itself, and would never come to what lies behind.
Bytes mended(std::span<const std::uint8_t> bytes) {
  Bytes out(bytes.begin(), bytes.begin() + 8);
  for (bytes = bytes.subspan(8); bytes.size() >= 8;) {
    const std::size_t claimed = std::size_t{bytes[2]} << 8 | bytes[3];
    const std::size_t length = std::min(claimed, bytes.size() - 8);
    const Bytes name(bytes.begin() + 4, bytes.begin() + 8);
    Bytes data(bytes.begin() + 8, bytes.begin() + static_cast<std::ptrdiff_t>(8 + length));
    if (name == Bytes{'I', 'D', 'A', 'T'}) data = packed(data);
    append(out, data.size());
    out.insert(out.end(), name.begin(), name.end());
    out.insert(out.end(), data.begin(), data.end());
    append(out, crc32(0, out.data() + out.size() - data.size() - 4, static_cast<uInt>(data.size() + 4)));
    bytes = bytes.subspan(std::min(bytes.size(), 12 + length));
  }
  return out;
}

int read(std::span<const std::uint8_t> bytes) {
  return fuzz_file(bytes.data(), bytes.size(), [](const std::string& path) {
    const data::Images picture = data::read_picture(path);
    if (picture.pixels_per_image() < 1 << 20) data::resized(picture, 28, 28);
  });
}

}  // namespace

int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::span<const std::uint8_t> bytes(data, size);
  if (data::is_png(bytes)) read(mended(bytes));
  return read(bytes);
}
