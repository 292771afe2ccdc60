#pragma once
#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include <hourglass/tensor/tensor.h>

/// Data sets.
namespace hourglass::HOURGLASS_BUILD::data {

/// Grey images, kept as bytes: the 60,000 training digits take 47 MB instead of 188.
struct Images {
  Index count = 0, height = 0, width = 0;
  std::vector<std::uint8_t> pixels;  ///< image by image, row by row; 0 is black
  std::vector<int> labels;           ///< one an image, or none at all

  /// height · width
  Index pixels_per_image() const { return height * width; }
  /// The images at these indices as numbers in [0, 1]: [n, height · width]. Throws when an index lies outside,
  /// and when there is none.
  Tensor batch(std::span<const int> indices) const;
  /// All of them: [count, height · width].
  Tensor tensor() const;
  /// `length` images from `first`, with their labels. Throws when they run out.
  Images slice(Index first, Index length) const;
  /// The first n images with their labels, or all where there are fewer. Throws unless n >= 1 and there is an image.
  Images first(Index n) const { return slice(0, n < count ? n : count); }
  /// The number of classes 0, 1, …: 1 + the largest label; 0 where there are no labels.
  int classes() const;
  /// Throws, naming `who`, unless there are pixels for `count` images, and as many labels or none.
  void check(const char* who) const;
};

/// A training set and a test set.
struct Dataset {
  std::string name;
  Images train, test;
  std::string note;  ///< a remark for readers of its figures; often empty
};

}  // namespace hourglass::HOURGLASS_BUILD::data
