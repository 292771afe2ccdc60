#include <hourglass/data/decode.h>

#include <algorithm>
#include <string_view>

#include <hourglass/data/exif.h>
#include <hourglass/data/png.h>
#include <hourglass/io/jpeg.h>
#include <hourglass/io/with_memory.h>
#include <hourglass/tensor/error.h>

namespace hourglass::HOURGLASS_BUILD::data {
namespace {

constexpr std::size_t largest_file = std::size_t{64} << 20;

// The bytes that a file of some format has at a position.
struct Format {
  const char* name;
  std::size_t at;
  std::string_view bytes;
};

using namespace std::string_view_literals;

// Common image formats that are not read.
constexpr Format others[] = {{"GIF", 0, "GIF8"},
                             {"BMP", 0, "BM"},
                             {"TIFF", 0, "II*\0"sv},
                             {"TIFF", 0, "MM\0*"sv},
                             {"TIFF", 0, "II+\0"sv},
                             {"TIFF", 0, "MM\0+"sv},
                             {"WebP", 8, "WEBP"},
                             {"AVIF", 4, "ftypavi"},
                             {"HEIC", 4, "ftyphe"},
                             {"HEIC", 4, "ftypmif1"},
                             {"a film", 4, "ftyp"},
                             {"JPEG 2000", 0, "\0\0\0\x0cjP  "sv},
                             {"JPEG 2000", 0, "\xff\x4f\xff\x51"},
                             {"JPEG XL", 0, "\xff\x0a"},
                             {"JPEG XL", 0, "\0\0\0\x0cJXL "sv},
                             {"ICO", 0, "\0\0\1\0"sv},
                             {"Photoshop", 0, "8BPS"},
                             {"SVG", 0, "<svg"},
                             {"XML", 0, "<?xml"},
                             {"HTML", 0, "<!DOCTYPE html"},
                             {"HTML", 0, "<!doctype html"},
                             {"HTML", 0, "<html"},
                             {"PDF", 0, "%PDF"},
                             {"ZIP", 0, "PK\3\4"},
                             {"gzip", 0, "\x1f\x8b"}};

// What a file holds by its first bytes, whatever its name.
std::string format_of(std::span<const std::uint8_t> bytes) {
  if (bytes.empty()) return "an empty file";
  const std::string_view text(reinterpret_cast<const char*>(bytes.data()), bytes.size());
  for (const Format& other : others)
    if (text.size() > other.at && text.substr(other.at).starts_with(other.bytes)) return other.name;
  return "bytes " + io::hexadecimal(bytes.first(std::min<std::size_t>(8, bytes.size())));
}

io::Picture decode(const std::string& path) {
  const io::Bytes bytes = io::read_file(path, largest_file);
  if (is_png(bytes)) return read_png(path, bytes);
  if (bytes.size() >= 2 && bytes[0] == 0xff && bytes[1] == 0xd8) return io::read_jpeg(path, bytes);
  fail(path, ": no picture: expected a PNG or JPEG, found ", format_of(bytes));
}

}  // namespace

Images read_picture(const std::string& path) {
  return io::with_memory(path, [&] {
    io::Picture picture = upright(decode(path));
    return Images{1, picture.height, picture.width, std::move(picture.grey), {}};
  });
}

}  // namespace hourglass::HOURGLASS_BUILD::data
