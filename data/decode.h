#pragma once
#include <string>

#include "data/images.h"

namespace hourglass::inline HOURGLASS_BUILD::data {

/// One PNG or JPEG, made grey, white where it is transparent: `count` is 1, no label. Throws, naming the file and the
/// reason, when it cannot be read, is no such picture, or is larger than 64 MB or 64 million pixels (asked of its
/// header, before anything is decoded).
Images read_picture(const std::string& path);

/// The picture at another size; at the same size it is left as it is.
Images resized(const Images& picture, Index height, Index width);

}  // namespace hourglass::inline HOURGLASS_BUILD::data
