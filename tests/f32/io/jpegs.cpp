#include "tests/f32/io/jpegs.h"

// jpeglib.h needs stdio.h before it
// clang-format off
#include <stdio.h>
#include <jpeglib.h>
// clang-format on

#include <algorithm>
#include <cstdlib>

#include "tests/check.h"

using hourglass::io::Bytes;

namespace jpegs {
namespace {

J_COLOR_SPACE space_of(int components) {
  constexpr J_COLOR_SPACE spaces[] = {JCS_GRAYSCALE, JCS_UNKNOWN, JCS_RGB, JCS_CMYK};
  return spaces[components - 1];
}

}  // namespace

Pixels gradient(int height, int width, int components) {
  Pixels pixels{height, width, components, {}};
  for (int y = 0; y < height; ++y)
    for (int x = 0; x < width; ++x)
      for (int c = 0; c < components; ++c)
        pixels.values.push_back(static_cast<std::uint8_t>(60 + 40 * c + 2 * x + (c % 2 ? y : 3 * y / 2)));
  return pixels;
}

Bytes file_of(const Pixels& pixels, const Change& change) {
  jpeg_error_mgr errors;
  jpeg_compress_struct info;
  info.err = jpeg_std_error(&errors);
  jpeg_create_compress(&info);
  unsigned char* buffer = nullptr;
  unsigned long size = 0;
  jpeg_mem_dest(&info, &buffer, &size);
  info.image_height = static_cast<JDIMENSION>(pixels.height);
  info.image_width = static_cast<JDIMENSION>(pixels.width);
  info.input_components = pixels.components;
  info.in_color_space = space_of(pixels.components);
  jpeg_set_defaults(&info);
  jpeg_set_quality(&info, 100, TRUE);
  for (int c = 0; c < info.num_components; ++c) info.comp_info[c].h_samp_factor = info.comp_info[c].v_samp_factor = 1;
  if (change) change(info);
  jpeg_start_compress(&info, TRUE);
  while (info.next_scanline < info.image_height) {
    auto* row =
        const_cast<std::uint8_t*>(pixels.values.data()) +
        static_cast<std::size_t>(info.next_scanline) * static_cast<std::size_t>(pixels.width * pixels.components);
    jpeg_write_scanlines(&info, &row, 1);
  }
  jpeg_finish_compress(&info);
  jpeg_destroy_compress(&info);
  Bytes bytes(buffer, buffer + size);
  std::free(buffer);
  return bytes;
}

Bytes in_scans(const Pixels& pixels, const std::vector<std::array<int, 5>>& scans) {
  std::vector<jpeg_scan_info> infos;
  for (const auto& [component, first, last, high, low] : scans)
    infos.push_back({1, {component, 0, 0, 0}, first, last, high, low});
  return file_of(pixels, [&](jpeg_compress_struct& info) {
    info.scan_info = infos.data();
    info.num_scans = static_cast<int>(infos.size());
  });
}

std::size_t last(const Bytes& bytes, std::uint8_t code) {
  for (std::size_t at = bytes.size() - 1; at-- > 0;)
    if (bytes[at] == 0xff && bytes[at + 1] == code) return at;
  FAIL("the file has no such marker");
  return 0;
}

Bytes with(Bytes bytes, std::size_t at, const std::string& more) {
  bytes.insert(bytes.begin() + static_cast<long>(at), more.begin(), more.end());
  return bytes;
}

Bytes patched(Bytes bytes, std::size_t at, const std::string& other) {
  std::copy(other.begin(), other.end(), bytes.begin() + static_cast<long>(at));
  return bytes;
}

}  // namespace jpegs
