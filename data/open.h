#pragma once
#include <string>

#include "data/images.h"

namespace hourglass::inline HOURGLASS_BUILD::data {

/// "mnist", "fashion", or the path of a folder of PNG and JPEG images. Throws, saying what there is, on anything else.
Dataset open(const std::string& what);

/// The images of a folder and of its direct subfolders (whose names, in order, are the labels), made grey and resized
/// to height × width; sorted by name, so that runs repeat. Every fifth image is for testing. A file that is no picture
/// is left out and named in the note. Throws when the folder cannot be read or holds fewer than two pictures.
Dataset folder(const std::string& path, Index height = 28, Index width = 28);

}  // namespace hourglass::inline HOURGLASS_BUILD::data
