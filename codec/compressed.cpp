#include <hourglass/codec/compressed.h>

#include <zlib.h>

#include <algorithm>
#include <bit>

#include <hourglass/codec/arithmetic.h>
#include <hourglass/io/writer.h>
#include <hourglass/tensor/error.h>

namespace hourglass::HOURGLASS_BUILD::codec {
namespace {

constexpr std::string_view magic = "hourcode";
constexpr std::uint32_t version = 1;
constexpr std::uint64_t most_numbers = std::uint64_t{1} << 27;  // rows × columns, 1 GB as doubles
constexpr std::size_t longest_file = std::size_t{1} << 30;

void put(io::Bytes& bytes, std::uint64_t number, int size) {
  for (int i = 0; i < size; ++i) bytes.push_back(static_cast<std::uint8_t>(number >> 8 * i));
}

std::uint64_t number(io::ByteReader& reader, std::size_t size, std::string_view what) {
  const auto bytes = reader.take(size, what);
  std::uint64_t value = 0;
  for (std::size_t i = size; i-- > 0;) value = value << 8 | bytes[i];
  return value;
}

std::uint32_t check_sum(std::span<const std::uint8_t> bytes) {
  return static_cast<std::uint32_t>(crc32_z(0, bytes.data(), bytes.size()));
}

struct Header {
  std::size_t rows;
  Quantizer quantizer;
};

void put_header(io::Bytes& bytes, Index rows, const Quantizer& quantizer) {
  bytes.assign(magic.begin(), magic.end());
  put(bytes, version, 4);
  put(bytes, static_cast<std::uint64_t>(rows), 8);
  put(bytes, quantizer.columns().size(), 8);
  put(bytes, std::bit_cast<std::uint64_t>(quantizer.step()), 8);
  for (const auto& [low, table] : quantizer.columns()) {
    put(bytes, static_cast<std::uint32_t>(low), 4);
    put(bytes, static_cast<std::uint64_t>(table.symbols()), 4);
    for (int s = 0; s < table.symbols(); ++s) {
      require(table.count(s) < 1u << 16, "compress: a frequency of ", table.count(s), ", expected at most 65535");
      put(bytes, table.count(s), 2);
    }
  }
}

Quantizer::Column read_column(io::ByteReader& reader) {
  const auto low = static_cast<std::int32_t>(number(reader, 4, "the lowest multiple of a column"));
  const std::uint64_t symbols = number(reader, 4, "the number of symbols of a column");
  require(symbols >= 1 && symbols <= Quantizer::most_symbols, reader.name(), ": ", symbols,
          " symbols in a column, expected 1 to ", Quantizer::most_symbols);
  require(std::abs(std::int64_t{low}) <= Quantizer::largest_multiple, reader.name(), ": a lowest multiple of ", low,
          ", expected at most 2^29 either way");
  const auto bytes = reader.take(2 * symbols, "the frequencies of a column");
  std::vector<std::uint32_t> counts;
  for (std::size_t i = 0; i < bytes.size(); i += 2) counts.push_back(bytes[i] | std::uint32_t{bytes[i + 1]} << 8);
  require(std::count(counts.begin(), counts.end(), 0u) < static_cast<std::ptrdiff_t>(counts.size()), reader.name(),
          ": a column's frequencies are all 0");
  return {low, Frequencies(counts)};
}

Header read_header(io::ByteReader& reader) {
  const auto start = reader.take(magic.size(), "the magic text");
  require(std::equal(start.begin(), start.end(), magic.begin()), reader.name(),
          ": no file of compressed codes: it does not start with ", magic);
  const std::uint64_t found = number(reader, 4, "the version");
  require(found == version, reader.name(), ": version ", found, ", expected ", version);
  const std::uint64_t rows = number(reader, 8, "the number of rows"), columns = number(reader, 8, "that of columns");
  require(rows >= 1 && columns >= 1 && rows <= most_numbers / columns, reader.name(), ": ", rows, " x ", columns,
          " codes, expected 1 to ", most_numbers);
  const double step = std::bit_cast<double>(number(reader, 8, "the step"));
  require(step > 0 && step < 1e300, reader.name(), ": a step of ", step, ", expected a positive number");
  std::vector<Quantizer::Column> all;
  for (std::uint64_t j = 0; j < columns; ++j) all.push_back(read_column(reader));
  return {rows, Quantizer(step, std::move(all))};
}

}  // namespace

io::Bytes compress(const Quantizer& quantizer, const Tensor& codes, CompressedSize* size) {
  const std::vector<int> symbols = quantizer.symbols(codes);
  ArithmeticEncoder encoder;
  for (std::size_t i = 0; i < symbols.size(); ++i)
    encoder.put(symbols[i], quantizer.columns()[i % quantizer.columns().size()].table);
  const io::Bytes payload = encoder.finish();
  io::Bytes bytes;
  put_header(bytes, codes.size(0), quantizer);
  put(bytes, payload.size(), 8);
  bytes.insert(bytes.end(), payload.begin(), payload.end());
  put(bytes, check_sum(bytes), 4);
  if (size) *size = {bytes.size() - payload.size(), payload.size()};
  return bytes;
}

Tensor decompress(const std::string& name, std::span<const std::uint8_t> bytes) {
  io::ByteReader reader(name, bytes);
  const auto [rows, quantizer] = read_header(reader);
  const auto payload = reader.take(number(reader, 8, "the length of the coded symbols"), "the coded symbols");
  const std::uint64_t found = number(reader, 4, "the check sum");
  reader.expect_end();
  const std::uint32_t expected = check_sum(bytes.first(bytes.size() - 4));
  require(found == expected, name, ": damaged: the check sum is ", found, ", that of its bytes ", expected);
  ArithmeticDecoder decoder(name, payload);
  std::vector<int> symbols(rows * quantizer.columns().size());
  for (std::size_t i = 0; i < symbols.size(); ++i)
    symbols[i] = decoder.get(quantizer.columns()[i % quantizer.columns().size()].table);
  decoder.finish();
  return quantizer.codes(symbols);
}

CompressedSize save_compressed(const std::string& path, const Quantizer& quantizer, const Tensor& codes) {
  CompressedSize size;
  io::write_file(path, compress(quantizer, codes, &size));
  return size;
}

Tensor load_compressed(const std::string& path) { return decompress(path, io::read_file(path, longest_file)); }

std::size_t parameter_bytes(const nn::Parameters& parameters, std::string_view start) {
  std::size_t bytes = 0;
  for (const auto& p : parameters)
    if (p.name.starts_with(start)) bytes += static_cast<std::size_t>(p.variable.numel()) * sizeof(Scalar);
  return bytes;
}

}  // namespace hourglass::HOURGLASS_BUILD::codec
