#include <hourglass/codec/arithmetic.h>

#include <utility>

#include <hourglass/tensor/error.h>

namespace hourglass::HOURGLASS_BUILD::codec {
namespace {

constexpr std::uint64_t smallest_range = std::uint64_t{1} << 56;
constexpr std::size_t window = 8;  // bytes

}  // namespace

// low += step. What overflows the window is carried into the bytes already written, as on paper: ...7 9 9 + 1 is
// ...8 0 0. It ends before the first byte, since the whole interval ends at 1.
void ArithmeticEncoder::add(std::uint64_t step) {
  low_ += step;
  if (low_ >= step) return;
  for (std::size_t i = bytes_.size(); ++bytes_[--i] == 0;) {
  }
}

void ArithmeticEncoder::put(int symbol, const Frequencies& table) {
  const Slot slot = table.slot(symbol);
  const std::uint64_t unit = range_ / table.total();  // of at least 2^32: rounding it down adds almost no bits
  add(unit * slot.start);
  range_ = unit * slot.size;
  for (; range_ < smallest_range; range_ <<= 8, low_ <<= 8) bytes_.push_back(static_cast<std::uint8_t>(low_ >> 56));
}

io::Bytes ArithmeticEncoder::finish() {
  add(smallest_range - 1);  // still inside; what is below the first digit can now be taken for zeros
  bytes_.push_back(static_cast<std::uint8_t>(low_ >> 56));
  return std::exchange(*this, {}).bytes_;
}

ArithmeticDecoder::ArithmeticDecoder(std::string name, std::span<const std::uint8_t> bytes)
    : name_(std::move(name)), bytes_(bytes) {
  for (std::size_t i = 0; i < window; ++i) code_ = code_ << 8 | next();
}

// The next byte; after the last one, the zeros of the last window.
std::uint8_t ArithmeticDecoder::next() {
  require(read_ < bytes_.size() + window - 1, name_, ": truncated: the coded symbols go on after its ", bytes_.size(),
          " bytes");
  ++read_;
  return read_ <= bytes_.size() ? bytes_[read_ - 1] : 0;
}

int ArithmeticDecoder::get(const Frequencies& table) {
  const std::uint64_t unit = range_ / table.total(), place = code_ / unit;
  require(place < table.total(), name_, ": damaged: no symbol has the code found before byte ", read_);
  const int symbol = table.symbol_at(static_cast<std::uint32_t>(place));
  const Slot slot = table.slot(symbol);
  code_ -= unit * slot.start;
  range_ = unit * slot.size;
  for (; range_ < smallest_range; range_ <<= 8) code_ = code_ << 8 | next();
  return symbol;
}

void ArithmeticDecoder::finish() const {
  require(read_ == bytes_.size() + window - 1, name_, ": damaged: the coded symbols end after ", read_ - window + 1,
          " bytes, ", bytes_.size(), " found");
}

io::Bytes adaptive_encode(std::span<const std::uint8_t> data, int symbols) {
  Frequencies table = Frequencies::even(symbols);
  ArithmeticEncoder encoder;
  for (int symbol : data) {
    encoder.put(symbol, table);
    table.add(symbol);
  }
  return encoder.finish();
}

io::Bytes adaptive_decode(const std::string& name, std::span<const std::uint8_t> stream, std::size_t count,
                          int symbols) {
  require(symbols <= 256, name, ": ", symbols, " symbols, a byte holds 256");
  Frequencies table = Frequencies::even(symbols);
  ArithmeticDecoder decoder(name, stream);
  io::Bytes data(count);
  for (std::uint8_t& symbol : data) {
    symbol = static_cast<std::uint8_t>(decoder.get(table));
    table.add(symbol);
  }
  decoder.finish();
  return data;
}

}  // namespace hourglass::HOURGLASS_BUILD::codec
