#pragma once
#include <hourglass/io/picture.h>

namespace hourglass::HOURGLASS_BUILD::data {

/// Whether the bytes begin as a PNG file does.
bool is_png(std::span<const std::uint8_t> bytes);

/// The picture of a PNG file, in grey, white where it is transparent. Throws, naming `name`, unless the file is whole,
/// from its signature to its last chunk (IEND), and every checksum fits: that of each chunk, of the data too that are
/// no part of the picture, and that of the compressed pixels; and as `io::check_size`. What follows IEND is passed
/// over.
io::Picture read_png(const std::string& name, std::span<const std::uint8_t> bytes);

}  // namespace hourglass::HOURGLASS_BUILD::data
