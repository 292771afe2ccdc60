#include "data/decode.h"

#include <algorithm>
#include <cstdlib>
#include <cstring>
#include <memory>
#include <numeric>
#include <span>

#define STBI_ONLY_PNG
#define STBI_ONLY_JPEG
#define STBI_NO_STDIO
#define STBI_MAX_DIMENSIONS 16384
#define STB_IMAGE_STATIC
// stb_image reads tables that a damaged JPEG has not filled: they are 0 then, and not what lay there before. Found by
// tests/fuzz/picture.cpp.
#define STBI_MALLOC(size) std::calloc(1, size)
#define STBI_REALLOC(block, size) std::realloc(block, size)
#define STBI_FREE(block) std::free(block)
#define STB_IMAGE_IMPLEMENTATION
#define STB_IMAGE_RESIZE_STATIC
#define STB_IMAGE_RESIZE_IMPLEMENTATION
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wunused-function"
#include <stb_image.h>
#include <stb_image_resize.h>
#pragma GCC diagnostic pop

#include "io/reader.h"
#include "tensor/error.h"

namespace hourglass::inline HOURGLASS_BUILD::data {
namespace {

constexpr std::size_t largest_file = std::size_t{64} << 20;
constexpr Index most_pixels = Index{64} << 20;

// Whether no Huffman table between `at` and `end` counts more than 256 codes. The tables follow each other: class and
// place, 16 counts (0 beyond the file's end), the values that they count.
bool are_sound_tables(std::span<const std::uint8_t> bytes, std::size_t at, std::size_t end) {
  while (at < end && at < bytes.size()) {
    const auto counts = bytes.subspan(at + 1, std::min<std::size_t>(16, bytes.size() - at - 1));
    const auto codes = std::accumulate(counts.begin(), counts.end(), std::size_t{0});
    if (codes > 256) return false;
    at += 17 + codes;
  }
  return true;
}

// stb_image writes past its table for a JPEG whose Huffman table (marker FF C4) counts more than 256 codes, up to
// version 2.27 at least; such a file is damaged, and is refused before stb sees it. Found by tests/fuzz/picture.cpp.
// What lies in other segments (a camera's notes) and beyond the end (a short film) is not looked at, for stb reads no
// tables there; between segments it looks for the next marker as stb does, which passes over junk and coded data.
bool has_sound_tables(std::span<const std::uint8_t> bytes) {
  if (bytes.empty() || bytes[0] != 0xff) return true;  // no JPEG
  for (std::size_t at = 0; at + 3 < bytes.size();) {
    const std::uint8_t marker = bytes[at + 1];
    if (bytes[at] != 0xff || marker == 0xff) {  // junk, coded data, filling
      ++at;
      continue;
    }
    at += 2;
    if (marker == 0xd9) return true;                                         // the end
    if (marker <= 0x01 || (marker >= 0xd0 && marker <= 0xd8)) continue;      // these have no length
    const std::size_t length = std::size_t{bytes[at]} << 8 | bytes[at + 1];  // with its own two bytes
    if (marker == 0xc4 && !are_sound_tables(bytes, at + 2, at + length)) return false;
    at += length;
  }
  return true;
}

// stb_image makes room for as many bytes as a part of a PNG file says that it has, up to 1 GB, before it reads them; a
// part that runs out of the file is refused before stb sees it. Found by tests/fuzz/picture.cpp. Behind the last part,
// IEND, anything may follow.
bool has_whole_parts(std::span<const std::uint8_t> bytes) {
  if (bytes.empty() || bytes[0] != 0x89) return true;  // no PNG
  for (std::size_t at = 8; at + 8 <= bytes.size();) {  // length, kind, that many bytes, checksum
    const std::size_t length = std::size_t{bytes[at]} << 24 | std::size_t{bytes[at + 1]} << 16 |
                               std::size_t{bytes[at + 2]} << 8 | bytes[at + 3];
    if (length > bytes.size() - at - 8) return false;
    if (std::memcmp(&bytes[at + 4], "IEND", 4) == 0) return true;
    at += 12 + length;
  }
  return true;
}

std::uint8_t over_white(unsigned grey, unsigned alpha) {
  return static_cast<std::uint8_t>((grey * alpha + 255 * (255 - alpha) + 127) / 255);
}

}  // namespace

Images read_picture(const std::string& path) {
  const io::Bytes bytes = io::read_file(path, largest_file);
  const int length = static_cast<int>(bytes.size());
  require(has_sound_tables(bytes), path, ": damaged picture: a Huffman table of more than 256 codes");
  int width = 0, height = 0, channels = 0;
  require(stbi_info_from_memory(bytes.data(), length, &width, &height, &channels), path,
          ": no picture: expected a PNG or JPEG of at most ", STBI_MAX_DIMENSIONS, " pixels a side");
  const Index pixels = Index{width} * height;
  require(pixels <= most_pixels, path, ": ", width, " x ", height, " pixels, at most ", most_pixels, " are allowed");
  require(has_whole_parts(bytes), path, ": damaged picture: a part of it runs out of the file");
  const std::unique_ptr<stbi_uc, void (*)(void*)> decoded(
      stbi_load_from_memory(bytes.data(), length, &width, &height, &channels, STBI_grey_alpha), stbi_image_free);
  require(decoded != nullptr, path, ": damaged picture: ", stbi_failure_reason());
  Images picture{1, height, width, std::vector<std::uint8_t>(static_cast<std::size_t>(pixels)), {}};
  for (std::size_t i = 0; i < picture.pixels.size(); ++i)
    picture.pixels[i] = over_white(decoded.get()[2 * i], decoded.get()[2 * i + 1]);
  return picture;
}

Images resized(const Images& picture, Index height, Index width) {
  if (picture.height == height && picture.width == width) return picture;  // resizing to the same size would blur
  Images result{1, height, width, std::vector<std::uint8_t>(static_cast<std::size_t>(height * width)), {}};
  require(stbir_resize_uint8(picture.pixels.data(), static_cast<int>(picture.width), static_cast<int>(picture.height),
                             0, result.pixels.data(), static_cast<int>(width), static_cast<int>(height), 0, 1),
          "resized: no memory for a picture of ", picture.height, " x ", picture.width, " pixels");
  return result;
}

}  // namespace hourglass::inline HOURGLASS_BUILD::data
