#pragma once
#include <array>
#include <functional>
#include <vector>

#include <hourglass/io/jpeg.h>

struct jpeg_compress_struct;

/// JPEG files of every kind, by libjpeg.
namespace jpegs {

/// So many components a pixel, each of them over the whole picture.
struct Pixels {
  int height, width, components;
  std::vector<std::uint8_t> values;  ///< pixel by pixel, row by row
};
/// Smooth, so that little is lost, and different in each component.
Pixels gradient(int height, int width, int components);

/// Changes libjpeg's settings before a file is written.
using Change = std::function<void(jpeg_compress_struct&)>;
/// At quality 100, without chroma subsampling.
hourglass::io::Bytes file_of(const Pixels& pixels, const Change& change = {});
/// The same with scans of its own: {component, first coefficient, last, Ah, Al} each.
hourglass::io::Bytes in_scans(const Pixels& pixels, const std::vector<std::array<int, 5>>& scans);

/// Where the marker FF `code` stands; the last one.
std::size_t last(const hourglass::io::Bytes& bytes, std::uint8_t code);
/// With more bytes at a place.
hourglass::io::Bytes with(hourglass::io::Bytes bytes, std::size_t at, const std::string& more);
/// With other bytes there.
hourglass::io::Bytes patched(hourglass::io::Bytes bytes, std::size_t at, const std::string& other);

}  // namespace jpegs
