#pragma once
#include <hourglass/codec/frequencies.h>
#include <hourglass/io/reader.h>

// Arithmetic coding (Rissanen 1976; in whole numbers: Witten, Neal & Cleary 1987; byte by byte: Martin 1979).
//
// A message is a number in [0, 1). We start with the whole interval; each symbol selects the part of it that is its
// slot, whose length is proportional to its frequency, and that part is the interval for the next one. After n symbols
// the interval is p(s1) p(s2) … p(sn) long, so that a number in it can be written with -log2 of that many bits: the
// entropy, but for the last byte.
//
// The number is kept in bytes, base 256. `low` is the interval's lower end, `range` its length, both a window of 64
// bits on the digits that are still open; where the range falls below 2^56, the window's first digit is written and the
// window moves one digit on.
namespace hourglass::HOURGLASS_BUILD::codec {

/// Writes symbols as one number, each by a table that may be another every time.
class ArithmeticEncoder {
 public:
  /// Throws on a symbol that has no slot in the table.
  void put(int symbol, const Frequencies& table);
  /// The message: a number in the last interval that ends after one more byte. The encoder is then as new.
  io::Bytes finish();

 private:
  void add(std::uint64_t step);

  std::uint64_t low_ = 0, range_ = ~std::uint64_t{0};
  io::Bytes bytes_;
};

/// Reads back, with the same tables in the same order, what the encoder wrote. What goes beyond the end, or could not
/// come from the encoder, throws; `name` is for its message. Not all damage shows: a file adds a check sum.
class ArithmeticDecoder {
 public:
  /// `bytes` must outlive it.
  ArithmeticDecoder(std::string name, std::span<const std::uint8_t> bytes);
  /// The next symbol.
  int get(const Frequencies& table);
  /// Throws unless the message ends here.
  void finish() const;

 private:
  std::uint8_t next();

  std::string name_;
  std::span<const std::uint8_t> bytes_;
  std::size_t read_ = 0;
  std::uint64_t code_ = 0, range_ = ~std::uint64_t{0};  // code: the message's number, less the encoder's `low`
};

/// Codes symbols 0 … n-1 with a table that starts uniform and counts the symbols so far (order 0): encoder and decoder
/// both update it, and it is never sent. The length is log2 of (N + n - 1)! / ((n - 1)! Π count!) bits (Laplace's
/// rule).
io::Bytes adaptive_encode(std::span<const std::uint8_t> data, int symbols = 256);
/// The `count` symbols again. Throws, naming `name`, when the stream is damaged in a way that shows.
io::Bytes adaptive_decode(const std::string& name, std::span<const std::uint8_t> stream, std::size_t count,
                          int symbols = 256);

}  // namespace hourglass::HOURGLASS_BUILD::codec
