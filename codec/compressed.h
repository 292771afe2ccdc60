#pragma once
#include <hourglass/codec/quantizer.h>
#include <hourglass/io/reader.h>
#include <hourglass/nn/layer.h>

// A file of compressed codes: what an autoencoder makes of images, in as few bytes as an entropy coder can. All numbers
// are little-endian.
//
//     "hourcode"   version: 4 bytes   rows: 8   columns: 8   step: 8, a double
//     for each column   lowest multiple: 4   symbols: 4   their frequencies: 2 each
//     length: 8   the symbols, row by row, by the arithmetic coder   check sum of all before: 4, CRC-32
namespace hourglass::HOURGLASS_BUILD::codec {

/// What a file takes, and what the reader must have besides: without the decoder, codes are no images.
struct CompressedSize {
  std::size_t header = 0;                                ///< bytes: all but the payload; most of it are the tables
  std::size_t payload = 0;                               ///< bytes of the coded symbols
  std::size_t file() const { return header + payload; }  ///< bytes of all
};

/// Codes [n, k], quantised, as the bytes of such a file. Throws as the quantiser does.
io::Bytes compress(const Quantizer& quantizer, const Tensor& codes, CompressedSize* size = nullptr);
/// The quantised codes again, bit for bit what `quantizer(codes)` is: so is the image that the same decoder makes of
/// them, in batches of the same size. Throws, naming `name`, what was expected and what was found, on anything else
/// than a whole, undamaged file of this version.
Tensor decompress(const std::string& name, std::span<const std::uint8_t> bytes);

/// Writes the file whole or not at all (io/writer.h), and returns its size.
CompressedSize save_compressed(const std::string& path, const Quantizer& quantizer, const Tensor& codes);
/// The quantised codes of such a file, [n, k]. Throws as `decompress`, and when the file cannot be read.
Tensor load_compressed(const std::string& path);

/// The bytes of the parameters whose names start so: `decoder.` for the half that a reader needs.
std::size_t parameter_bytes(const nn::Parameters& parameters, std::string_view start = "decoder.");

}  // namespace hourglass::HOURGLASS_BUILD::codec
