#pragma once
#include <hourglass/data/images.h>

namespace hourglass::HOURGLASS_BUILD::data {

/// Images and labels, 0 to 255, in the IDX format, gzipped or not (http://yann.lecun.com/exdb/mnist). Throws, naming
/// the file, what was expected and what was found, when a file is missing, truncated, damaged, of another kind, or when
/// the counts of images and labels differ.
Images read_idx(const std::string& images_path, const std::string& labels_path);

/// 60,000 + 10,000 handwritten digits of 28 × 28 (LeCun et al. 1998), from `data/mnist`.
Dataset mnist();
/// Clothes in the same format (Xiao et al. 2017). The 60,000 training images are those of Debian's package
/// dataset-fashion-mnist where it is installed; else the first 8,000 test images train, the last 2,000 test, and the
/// note states it.
Dataset fashion();

/// The folder that holds the data: the environment's HOURGLASS_DATA, else the one of the source tree, else where an
/// installed library has it, in /usr/local/share or /usr/share.
std::string folder_of_data();

}  // namespace hourglass::HOURGLASS_BUILD::data
