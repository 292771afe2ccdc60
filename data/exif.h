#pragma once
#include <cstdint>
#include <span>

#include <hourglass/io/picture.h>

// EXIF is what a camera writes beside a picture, as a TIFF structure: among other things, how the camera was held.
namespace hourglass::HOURGLASS_BUILD::data {

/// The orientation that EXIF data state (tag 274), 1 to 8; 1, which is upright, where there are no data, where they are
/// no TIFF structure, end before the tag, or hold anything but one 16-bit number from 1 to 8 there. The picture itself
/// is whole then, and other readers show it as it is stored.
int orientation(std::span<const std::uint8_t> exif);

/// The picture turned and mirrored so that it is upright: 1 … 8 give where its first row and column are shown.
io::Picture upright(io::Picture stored);

}  // namespace hourglass::HOURGLASS_BUILD::data
