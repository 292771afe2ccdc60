#pragma once
#include <hourglass/io/picture.h>

// JPEG by libjpeg-turbo. io/jpeg.cpp is the only file that includes its header.
namespace hourglass::HOURGLASS_BUILD::io {

/// The picture of a JPEG file. Colours become grey as 0.299 R + 0.587 G + 0.114 B; those of a printer (CMYK and YCCK)
/// are taken as inverted, as Photoshop writes them and as Pillow and djpeg read them. Throws, naming `name` and
/// libjpeg's reason, on what these refuse: no JPEG file, one that is truncated or damaged, or lacks the scan of a
/// colour; on more than 100 scans; and as `check_size`. Bytes between and behind the picture's parts are passed over.
Picture read_jpeg(const std::string& name, std::span<const std::uint8_t> bytes);

/// Grey pixels, row by row, as a JPEG file, its Huffman tables optimised for the picture. Throws unless
/// there are height · width of them, each side is from 1 to 65,500 and the quality from 1 to 100.
Bytes write_jpeg(std::span<const std::uint8_t> grey, Index height, Index width, int quality);

}  // namespace hourglass::HOURGLASS_BUILD::io
