#include <hourglass/codec/compressed.h>

#include <zlib.h>

#include <algorithm>
#include <cstring>

#include <hourglass/autograd/grad_mode.h>
#include <hourglass/models/undercomplete.h>
#include "tests/check.h"

using namespace hourglass;
using codec::Quantizer;

namespace {

bool same_bits(const Tensor& a, const Tensor& b) {
  return a.shape() == b.shape() && std::memcmp(a.data(), b.data(), a.values().size_bytes()) == 0;
}

// With its check sum corrected, so that the reader checks its content.
io::Bytes sealed(io::Bytes bytes) {
  const auto sum = static_cast<std::uint32_t>(crc32_z(0, bytes.data(), bytes.size() - 4));
  for (std::size_t i = 0; i < 4; ++i) bytes[bytes.size() - 4 + i] = static_cast<std::uint8_t>(sum >> 8 * i);
  return bytes;
}

io::Bytes changed(io::Bytes bytes, std::size_t at, std::initializer_list<std::uint8_t> to) {
  std::copy(to.begin(), to.end(), bytes.begin() + static_cast<std::ptrdiff_t>(at));
  return sealed(bytes);
}

}  // namespace

TEST_CASE("a compressed file gives the same codes, hence the same image, bit for bit") {
  Rng rng(1);
  models::Undercomplete model({.input = 60, .hidden = 20, .code = 6}, rng);
  const NoGrad evaluation;
  const Tensor training = model.encode(rng.uniform({500, 60})).value(),
               codes = model.encode(rng.uniform({100, 60})).value();
  const TemporaryFolder folder;
  for (double step : {10., 0.1, 0.001}) {
    const Quantizer quantizer = Quantizer::fit(training, step);
    const codec::CompressedSize size = codec::save_compressed(folder / "codes", quantizer, codes);
    const Tensor back = codec::load_compressed(folder / "codes");
    CHECK(same_bits(back, quantizer(codes)));
    CHECK(same_bits(model.decode(back).value(), model.decode(quantizer(codes)).value()));
    CHECK(size.file() == io::read_file(folder / "codes", 1 << 20).size());
    std::size_t tables = 0;
    for (const auto& column : quantizer.columns()) tables += 8 + 2 * static_cast<std::size_t>(column.table.symbols());
    CHECK(size.header == 8 + 4 + 8 + 8 + 8 + tables + 8 + 4);
    const double bits = quantizer.bits(quantizer.symbols(codes));
    CHECK(8. * static_cast<double>(size.payload) >= bits);
    CHECK(8. * static_cast<double>(size.payload) < bits + 8.1);
  }
  CHECK(codec::parameter_bytes(model.parameters()) == sizeof(Scalar) * (6 * 20 + 20 + 20 * 60 + 60));
  CHECK(codec::parameter_bytes(model.parameters(), "nothing.") == 0);
}

TEST_CASE("a file of codes that is cut, changed in any byte, or goes on is refused by name") {
  Rng rng(2);
  const Tensor codes = rng.normal({30, 3});
  const io::Bytes bytes = codec::compress(Quantizer::fit(codes, 0.5), codes);
  CHECK(codec::decompress("a.codes", bytes).shape() == codes.shape());
  for (std::size_t length = 0; length < bytes.size(); ++length)
    CHECK_FAILS(codec::decompress("a.codes", std::span(bytes).first(length)), "a.codes: truncated: ");
  for (std::size_t i = 0; i < bytes.size(); ++i) {
    io::Bytes wrong = bytes;
    wrong[i] ^= 0x40;
    CHECK_FAILS(codec::decompress("a.codes", wrong), "a.codes: ");
  }
  io::Bytes longer = bytes;
  longer.push_back(0);
  CHECK_FAILS(codec::decompress("a.codes", longer), "a.codes: 1 bytes too many");
  CHECK_FAILS(codec::load_compressed("/nowhere/a.codes"), "/nowhere/a.codes: cannot be opened");
}

TEST_CASE("a file of codes that lies with a right check sum is refused before anything is allocated for it") {
  Rng rng(3);
  const Tensor codes = rng.normal({30, 1});
  const io::Bytes bytes = codec::compress(Quantizer::fit(codes, 0.5), codes);
  const auto refused = [&](std::size_t at, std::initializer_list<std::uint8_t> to) {
    return failure([&] { codec::decompress("a", changed(bytes, at, to)); });
  };
  CHECK(refused(0, {'H'}) == "a: no file of compressed codes: it does not start with hourcode");
  CHECK(refused(8, {2}) == "a: version 2, expected 1");
  CHECK(refused(19, {1}).starts_with("a: 72057594037927966 x 1 codes, expected 1 to "));
  CHECK(refused(12, {0}).starts_with("a: 0 x 1 codes, expected 1 to "));
  CHECK(refused(27, {1}).starts_with("a: 30 x 72057594037927937 codes, expected 1 to "));
  CHECK(refused(35, {0xbf}).find("expected a positive number") != std::string::npos);
  CHECK(refused(34, {0xf8, 0x7f}).find("expected a positive number") != std::string::npos);  // NaN
  CHECK(refused(36, {0, 0, 0, 0x80}).starts_with("a: a lowest multiple of -2147483648"));
  CHECK(refused(40, {0, 0}).starts_with("a: 0 symbols in a column"));
  CHECK(refused(40, {0, 0, 0, 1}).starts_with("a: 16777216 symbols in a column"));
  CHECK(refused(12, {60}) != "(nothing was thrown)");  // more rows than were coded
  CHECK(refused(12, {15}).find("damaged: the coded symbols end after") != std::string::npos);
}
