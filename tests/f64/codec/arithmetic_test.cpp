#include <hourglass/codec/arithmetic.h>

#include <cmath>
#include <numeric>

#include <hourglass/codec/bits.h>
#include <hourglass/tensor/random.h>
#include "tests/check.h"

using namespace hourglass;
using codec::ArithmeticDecoder, codec::ArithmeticEncoder, codec::Frequencies;

namespace {

using Counts = std::vector<std::uint32_t>;
using Symbols = std::vector<int>;

// With the frequencies of the table.
Symbols drawn(const Frequencies& table, int count, Rng& rng) {
  Symbols symbols;
  for (int i = 0; i < count; ++i)
    symbols.push_back(table.symbol_at(static_cast<std::uint32_t>(rng.below(table.total()))));
  return symbols;
}

io::Bytes encoded(const Symbols& symbols, const Frequencies& table) {
  ArithmeticEncoder encoder;
  for (int symbol : symbols) encoder.put(symbol, table);
  return encoder.finish();
}

Symbols decoded(std::span<const std::uint8_t> bytes, std::size_t count, const Frequencies& table) {
  ArithmeticDecoder decoder("stream", bytes);
  Symbols symbols(count);
  for (int& symbol : symbols) symbol = decoder.get(table);
  decoder.finish();
  return symbols;
}

double information(const Symbols& symbols, const Frequencies& table) {
  return std::accumulate(symbols.begin(), symbols.end(), 0., [&](double sum, int s) { return sum + table.bits(s); });
}

}  // namespace

TEST_CASE("any symbols under any table come back, at the length of their information and a byte at most") {
  Rng rng(1);
  std::vector<Counts> tables = {
      {1}, {1, 1}, {1, 0, 0, 3}, {0, 0, 7, 0}, {1, (1u << 24) - 1}, {(1u << 24) - 1, 1}, Counts(65536, 256)};
  for (int i = 0; i < 20; ++i) {
    Counts counts(1 + rng.below(300));
    for (std::uint32_t& count : counts) count = static_cast<std::uint32_t>(rng.below(1u << rng.below(16)));
    counts[rng.below(counts.size())] += 1;
    tables.push_back(counts);
  }
  for (const Counts& counts : tables) {
    const Frequencies table{counts};
    for (int length : {0, 1, 2, 10, 5000}) {
      const Symbols symbols = drawn(table, length, rng);
      const io::Bytes bytes = encoded(symbols, table);
      CHECK(decoded(bytes, symbols.size(), table) == symbols);
      CHECK(8. * static_cast<double>(bytes.size()) < information(symbols, table) + 8.01);
    }
  }
}

TEST_CASE("carries run through any number of bytes of 255") {
  // 0xFF…FF, then a symbol that pushes the lower end over the edge: of 256 symbols the last one fills a byte with ones.
  for (int length = 1; length < 40; ++length) {
    const Frequencies bytewise = Frequencies::even(256), uneven(Counts{3, 5, 250});
    for (int last : {0, 1, 2}) {
      ArithmeticEncoder encoder;
      encoder.put(2, uneven);
      for (int i = 0; i < length; ++i) encoder.put(255, bytewise);
      for (int i = 0; i < 3; ++i) encoder.put(last, uneven);
      const io::Bytes bytes = encoder.finish();
      ArithmeticDecoder decoder("stream", bytes);
      CHECK(decoder.get(uneven) == 2);
      for (int i = 0; i < length; ++i) REQUIRE(decoder.get(bytewise) == 255);
      for (int i = 0; i < 3; ++i) CHECK(decoder.get(uneven) == last);
      decoder.finish();
    }
  }
  // In thirds, 0.111…₃ is a half: the bytes are 127, 255, 255, … or 128, 0, 0, …, and only the last symbol decides.
  const Frequencies thirds = Frequencies::even(3);
  for (int length = 1; length < 300; ++length) {
    Symbols symbols(static_cast<std::size_t>(length), 1);
    symbols.back() = length % 3;
    CHECK(decoded(encoded(symbols, thirds), symbols.size(), thirds) == symbols);
  }
}

TEST_CASE("an adaptive table is learnt at the cost of Laplace's rule") {
  Rng rng(2);
  const Frequencies skewed(Counts{900, 70, 0, 29, 1});
  io::Bytes data;
  for (int symbol : drawn(skewed, 20000, rng)) data.push_back(static_cast<std::uint8_t>(symbol));
  std::vector<double> counts(5);
  for (std::uint8_t symbol : data) ++counts[symbol];
  double nats = std::lgamma(20000 + 5) - std::lgamma(5);  // (N + n - 1)! / (n - 1)!
  for (double count : counts) nats -= std::lgamma(count + 1);
  const io::Bytes stream = codec::adaptive_encode(data, 5);
  const double bits = 8. * static_cast<double>(stream.size());
  CHECK(bits >= nats / std::log(2.));
  CHECK(bits < nats / std::log(2.) + 8.01);
  CHECK(codec::adaptive_decode("stream", stream, data.size(), 5) == data);

  CHECK(codec::adaptive_decode("stream", codec::adaptive_encode({}), 0).empty());
  const io::Bytes same(100000, 7);
  CHECK(codec::adaptive_encode(same).size() < 400);  // log2(100255! / (255! 100000!)) = 2953 bits
}

TEST_CASE("counts are halved before they outgrow the table") {
  Frequencies table(Counts{1, 0, 3});
  for (int i = 0; i < 100; ++i) table.add(2, 1u << 20);
  CHECK(table.total() <= Frequencies::largest_total);
  CHECK(table.count(0) == 1);  // what occurred keeps its code
  CHECK(table.count(1) == 0);
  CHECK(table.count(2) > 1u << 22);
  CHECK_FAILS(table.add(2, (1u << 20) + 1), "weight 1048577, expected 1 to 1048576");
  CHECK_FAILS(table.add(3), "symbol 3, expected 0 to 2");
}

TEST_CASE("a stream that is cut, goes on or is another one's is refused") {
  Rng rng(3);
  const Frequencies table = Frequencies::even(200);
  const Symbols symbols = drawn(table, 100, rng);
  const io::Bytes bytes = encoded(symbols, table);
  for (std::size_t length = 0; length < bytes.size(); ++length)
    CHECK_FAILS(decoded({bytes.data(), length}, symbols.size(), table), "stream: ");
  CHECK_FAILS(decoded({bytes.data(), 50}, symbols.size(), table), "truncated: the coded symbols go on after its 50");
  io::Bytes longer = bytes;
  longer.push_back(0);
  CHECK_FAILS(decoded(longer, symbols.size(), table), text("the coded symbols end after ", bytes.size(), " bytes, "));
  CHECK_FAILS(decoded(bytes, symbols.size() - 10, table), "damaged: the coded symbols end after ");
  const io::Bytes ones(bytes.size(), 255);  // 1 - 256^-n lies beyond the last slot of 200 whole ones
  CHECK_FAILS(decoded(ones, symbols.size(), table), "damaged: no symbol has the code found before byte ");
}

TEST_CASE("impossible tables and symbols are refused") {
  CHECK_FAILS(Frequencies(Counts{}), "no symbol that occurs, among 0");
  CHECK_FAILS(Frequencies(Counts{0, 0}), "no symbol that occurs, among 2");
  CHECK_FAILS(Frequencies(Counts{1u << 24, 1}), "sum to more than 16777216");
  CHECK_FAILS(Frequencies(Counts{~0u, ~0u, 2}), "sum to more than 16777216");
  CHECK_FAILS(Frequencies::even(0), "0 symbols, expected at least 1");
  ArithmeticEncoder encoder;
  CHECK_FAILS(encoder.put(1, Frequencies(Counts{4, 0})), "symbol 1 never occurs, so it has no code");
  CHECK_FAILS(encoder.put(-1, Frequencies(Counts{4, 0})), "symbol -1, expected 0 to 1");
}

TEST_CASE("bits are packed as NumPy packs them") {
  const Tensor x({2, 5}, {1, 0, 1, 1, 0, 0, 0, 1, 1, 0});  // numpy.packbits: 177, 128
  CHECK(codec::pack_bits(x) == io::Bytes{177, 128});
  const Tensor back = codec::unpack_bits(io::Bytes{177, 128}, {2, 5});
  CHECK(std::equal(back.data(), back.data() + 10, x.data()));
  CHECK_FAILS(codec::pack_bits(Tensor({2}, {1, 0.5})), "number 1 is 0.5, expected 0 or 1");
  CHECK_FAILS(codec::unpack_bits(io::Bytes{1}, {3, 3}), "1 bytes for [3, 3], expected 2");
}
