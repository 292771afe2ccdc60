#pragma once
#include <hourglass/io/reader.h>

namespace hourglass::HOURGLASS_BUILD::io {

/// The picture of a file, in grey, as it is stored there.
struct Picture {
  Index height = 0, width = 0;
  int colors = 1;  ///< components a pixel in the file
  Bytes grey;      ///< row by row; 0 is black
  Bytes exif;      ///< the camera's data on the picture, a TIFF structure (data/exif.h); often none
};

/// Throws, naming the file, unless each side is from 1 to 16,384 pixels and the area at most 2^26. Called on a file's
/// header, before memory is allocated for the picture.
void check_size(const std::string& name, Index height, Index width);

}  // namespace hourglass::HOURGLASS_BUILD::io
