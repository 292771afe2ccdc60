#pragma once
#include <hourglass/io/reader.h>
#include <hourglass/tensor/tensor.h>

// JPEG: what a code of images is compared with. Grey, its Huffman tables optimised for the image (io/jpeg.h).
namespace hourglass::HOURGLASS_BUILD::codec {

/// The images [rows · columns, height · width] beside and below each other, row by row: 100 digits of 28 × 28 become
/// [280, 280]. One digit alone is smaller than JPEG's header. Throws unless the numbers multiply to what there is.
Tensor mosaic(const Tensor& images, Index rows = 10, Index columns = 10, Index height = 28, Index width = 28);

/// A grey image [height, width] in [0, 1] as a JPEG file. Throws on a quality outside 1 … 100 and a side above 65,500.
io::Bytes jpeg(const Tensor& image, int quality);
/// The image again, [height, width], with JPEG's loss. Throws, naming `name`, as `io::read_jpeg`, and on a file with
/// colours.
Tensor read_jpeg(const std::string& name, std::span<const std::uint8_t> bytes);

}  // namespace hourglass::HOURGLASS_BUILD::codec
