#pragma once
#include <string>

#include <hourglass/data/images.h>

namespace hourglass::HOURGLASS_BUILD::data {

/// "mnist", "fashion", or the path of a folder of PNG and JPEG images. Throws, listing what exists, on anything else.
Dataset open(const std::string& what);

/// The images of a folder and of its direct subfolders (whose names, in order, are the labels), made grey and resized
/// to height × width. Every fifth image by name is for testing. Both parts are in a random order, the same each time,
/// so that the first few are a sample of all. There are no labels where all images of a part have the same one, nor
/// where images lie beside the subfolders, too. A file that is no picture, a folder that cannot be read and folders
/// that lie deeper are left out, and the note lists them; names that start with a dot are passed over. A folder to
/// which several names lead, by links, counts once. Throws when the folder cannot be read or holds fewer than 20
/// pictures.
Dataset folder(const std::string& path, Index height = 28, Index width = 28);

}  // namespace hourglass::HOURGLASS_BUILD::data
