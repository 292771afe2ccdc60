#pragma once
#include <hourglass/io/reader.h>
#include <hourglass/tensor/tensor.h>

namespace hourglass::HOURGLASS_BUILD::codec {

/// Eight numbers to a byte, the first in the highest bit, zeros behind the last one: as NumPy's `packbits`. Throws on a
/// number other than 0 and 1.
io::Bytes pack_bits(const Tensor& x);
/// The other way: the first `shape.size()` bits. Throws unless `bytes` are as many as `pack_bits` makes of them.
Tensor unpack_bits(std::span<const std::uint8_t> bytes, const Shape& shape);

}  // namespace hourglass::HOURGLASS_BUILD::codec
