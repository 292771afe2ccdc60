#pragma once
#include <string>

#include <hourglass/data/images.h>

namespace hourglass::HOURGLASS_BUILD::data {

/// One picture of a PNG or JPEG file, recognised by its first bytes, not by its name: in grey, white where it is
/// transparent, upright by the orientation that the camera noted (data/exif.h); `count` is 1, no label. Throws, naming
/// the file, what was expected and what was found, on a file of another format, as `read_png` and `io::read_jpeg`, and
/// on one that is larger than 64 MiB.
Images read_picture(const std::string& path);

/// The picture at another size; at the same size it is left as it is.
Images resized(const Images& picture, Index height, Index width);

}  // namespace hourglass::HOURGLASS_BUILD::data
