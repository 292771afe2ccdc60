#include <hourglass/codec/bits.h>

#include <hourglass/tensor/error.h>

namespace hourglass::HOURGLASS_BUILD::codec {

io::Bytes pack_bits(const Tensor& x) {
  io::Bytes bytes((static_cast<std::size_t>(x.numel()) + 7) / 8);
  std::size_t i = 0;
  for (Scalar value : x.values()) {
    require(value == 0 || value == 1, "pack_bits: number ", i, " is ", value, ", expected 0 or 1");
    if (value == 1) bytes[i / 8] |= static_cast<std::uint8_t>(0x80 >> i % 8);
    ++i;
  }
  return bytes;
}

Tensor unpack_bits(std::span<const std::uint8_t> bytes, const Shape& shape) {
  const auto count = static_cast<std::size_t>(shape.numel());
  require(bytes.size() == (count + 7) / 8, "unpack_bits: ", bytes.size(), " bytes for ", shape, ", expected ",
          (count + 7) / 8);
  Tensor x(shape);
  Scalar* to = x.write_();
  for (std::size_t i = 0; i < count; ++i) to[i] = static_cast<Scalar>(bytes[i / 8] >> (7 - i % 8) & 1);
  return x;
}

}  // namespace hourglass::HOURGLASS_BUILD::codec
