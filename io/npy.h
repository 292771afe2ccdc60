#pragma once
#include <hourglass/io/safetensors.h>

// NumPy's format for one array: a magic text, a version, the header as a Python dictionary, the numbers.
// https://numpy.org/doc/stable/reference/generated/numpy.lib.format.html
namespace hourglass::HOURGLASS_BUILD::io {

/// The array of a .npy file (versions 1 to 3; <f4, <f8, <i4, <i8 or u1; rows first), its path as the entry's name: its
/// numbers are `tensor()` for F32 and F64, `integers()` for I64 (<i4 too, widened) and U8. Throws, naming the file,
/// what was expected and what was found, on anything else, and on a size of 0.
Entry read_npy(const std::string& path);

/// Writes what `numpy.load` reads as an array of this shape and number type, whole or not at all (io/writer.h).
void write_npy(const std::string& path, const Tensor& tensor);

}  // namespace hourglass::HOURGLASS_BUILD::io
