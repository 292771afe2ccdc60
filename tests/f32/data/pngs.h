#pragma once
#include <zlib.h>

#include <cstdint>
#include <string>

/// PNG files, put together by hand.
namespace pngs {

inline std::string big_endian(std::uint32_t value) {
  std::string out;
  for (int i = 24; i >= 0; i -= 8) out += static_cast<char>(value >> i);
  return out;
}

inline std::string chunk(const std::string& name, const std::string& data) {
  const std::string summed = name + data;
  const auto sum = crc32(0, reinterpret_cast<const Bytef*>(summed.data()), static_cast<uInt>(summed.size()));
  return big_endian(static_cast<std::uint32_t>(data.size())) + summed + big_endian(static_cast<std::uint32_t>(sum));
}

/// As zlib compresses.
inline std::string packed(const std::string& bytes) {
  std::string out(compressBound(bytes.size()), '\0');
  uLongf length = out.size();
  compress(reinterpret_cast<Bytef*>(out.data()), &length, reinterpret_cast<const Bytef*>(bytes.data()), bytes.size());
  out.resize(length);
  return out;
}

inline const std::string signature("\x89PNG\r\n\x1a\n", 8);

/// Grey, 8 bits a pixel.
inline std::string header(std::uint32_t width, std::uint32_t height) {
  return signature + chunk("IHDR", big_endian(width) + big_endian(height) + std::string("\x08\0\0\0\0", 5));
}

/// The pixels' rows, each behind a byte 0: no filter.
inline std::string rows(const std::string& pixels, std::size_t width) {
  std::string out;
  for (std::size_t at = 0; at < pixels.size(); at += width) out += '\0' + pixels.substr(at, width);
  return out;
}

inline const std::string end = chunk("IEND", "");

/// A grey picture, with more chunks before its pixels.
inline std::string file_of(const std::string& pixels, std::size_t width, const std::string& more = "") {
  return header(static_cast<std::uint32_t>(width), static_cast<std::uint32_t>(pixels.size() / width)) + more +
         chunk("IDAT", packed(rows(pixels, width))) + end;
}

}  // namespace pngs
