#pragma once
#include <hourglass/io/reader.h>

// What compressors that are not made for images make of bytes: how many are left, headers and
// check sums counted. bzip2 and xz with the settings, and so the sizes, of their command-line tools; gzip by zlib at
// its best level, as in Python (the tool of GNU has a deflate of its own, which leaves 0.9% more of the test digits).
namespace hourglass::HOURGLASS_BUILD::codec {

/// Deflate: Lempel & Ziv 1977 and Huffman codes, by zlib at level 9.
std::size_t gzip_size(std::span<const std::uint8_t> bytes);
/// The block-sorting transform of Burrows & Wheeler 1994 and Huffman codes, by libbz2, blocks of 900 kB.
std::size_t bzip2_size(std::span<const std::uint8_t> bytes);
/// LZMA: Lempel & Ziv again, with an adaptive arithmetic coder behind it, by liblzma, preset 6.
std::size_t xz_size(std::span<const std::uint8_t> bytes);

}  // namespace hourglass::HOURGLASS_BUILD::codec
