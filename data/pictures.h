#pragma once
#include <cstdint>

#include <hourglass/data/images.h>

// Images unlike a digit model's training data, for lesson 03. 25 × 25 pixels each, without labels.
namespace hourglass::HOURGLASS_BUILD::data {

/// 100 faces (Huang et al. 2007, "Labeled Faces in the Wild"), from `data/lfw_subset.npy`; their grey is rounded to
/// bytes.
Images faces();

/// `count` patches of the picture of grass, at positions that depend on `seed` alone; they may overlap. Throws unless
/// `count` is at least 1.
Images grass_patches(int count, std::uint64_t seed = 1);

}  // namespace hourglass::HOURGLASS_BUILD::data
