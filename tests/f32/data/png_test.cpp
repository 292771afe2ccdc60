#include <hourglass/data/png.h>

#include "tests/check.h"
#include "tests/f32/data/pngs.h"

using namespace hourglass;
using namespace std::string_literals;

namespace {

io::Picture read(const std::string& bytes) {
  return data::read_png("x.png", {reinterpret_cast<const std::uint8_t*>(bytes.data()), bytes.size()});
}

std::string grey_of(const std::string& bytes) {
  const io::Picture picture = read(bytes);
  return {picture.grey.begin(), picture.grey.end()};
}

void refuses(const std::string& bytes, const std::string& expected) { CHECK_FAILS(read(bytes), "x.png: " + expected); }

std::string without_end(const std::string& bytes) { return bytes.substr(0, bytes.size() - pngs::end.size()); }

const std::string six = "abcdef", file = pngs::file_of(six, 3);

}  // namespace

TEST_CASE("PNG: what other programs write beside and behind the pixels does no harm") {
  CHECK(read(file).width == 3);
  CHECK(read(file).height == 2);
  CHECK(grey_of(file) == six);
  CHECK(grey_of(file + "\xff\xff\xff\xffmoov"s) == six);
  CHECK(grey_of(pngs::file_of(six, 3, pngs::chunk("tEXt", "Author\0me"s))) == six);
  const std::string packed = pngs::packed(pngs::rows(six, 3));
  const std::string halves = pngs::chunk("IDAT", packed.substr(0, 5)) + pngs::chunk("IDAT", packed.substr(5));
  CHECK(grey_of(pngs::header(3, 2) + halves + pngs::end) == six);
  CHECK(grey_of(pngs::header(3, 2) + pngs::chunk("IDAT", packed + "more") + pngs::end) == six);
  CHECK(grey_of(without_end(file) + pngs::chunk("tIME", "1234567") + pngs::end) == six);
}

TEST_CASE("PNG: a bit that is flipped anywhere is noticed, and the chunk named") {
  const std::string noted = pngs::file_of(six, 3, pngs::chunk("tEXt", "Author\0me"s));
  for (std::size_t i = pngs::signature.size(); i < noted.size(); ++i)
    for (int bit = 0; bit < 8; ++bit) {
      std::string damaged = noted;
      damaged[i] = static_cast<char>(damaged[i] ^ 1 << bit);
      CHECK_FAILS(read(damaged), "x.png: ");
    }
  const auto flipped = [&](const std::string& name) {
    std::string damaged = noted;
    damaged[damaged.find(name) + 4] ^= 1;  // its data's first byte, or its checksum's
    return damaged;
  };
  for (const char* name : {"IHDR", "tEXt", "IDAT", "IEND"})
    refuses(flipped(name), "damaged picture: the data of its chunk "s + name + " have the checksum ");
}

TEST_CASE("PNG: a file that is cut at any byte is refused") {
  for (std::size_t length = pngs::signature.size(); length < file.size(); ++length)
    refuses(file.substr(0, length), "truncated: the ");
  refuses(file.substr(0, 8 + 25 + 12), "truncated: the chunk IDAT at byte 41 needs ");
  refuses(without_end(file), "truncated: the length of a chunk");
}

TEST_CASE("PNG: data that are wrong although the chunks' checksums fit are refused") {
  const std::string packed = pngs::packed(pngs::rows(six, 3));
  const auto refuses_data = [&](const std::string& data, const std::string& expected) {
    refuses(pngs::header(3, 2) + pngs::chunk("IDAT", data) + pngs::end, expected);
  };
  std::string other_sum = packed;
  other_sum.back() ^= 1;
  refuses_data(other_sum, "damaged picture: its compressed data are damaged or incomplete");
  refuses_data(packed.substr(0, packed.size() - 1), "damaged picture: its compressed data are damaged or incomplete");
  refuses_data(packed.substr(1), "damaged picture: its compressed data are damaged or incomplete");
  refuses_data(pngs::packed(std::string(1 << 20, '\0')), "damaged picture: more data than its pixels take");
  refuses_data(pngs::packed("\0abc"s), "no PNG picture that can be read: ");  // one row of two
  refuses_data("", "no picture: a PNG file without the chunk IDAT");
  refuses(pngs::header(3, 2) + pngs::end, "no picture: a PNG file without the chunk IDAT");
  refuses(pngs::signature + pngs::end,
          "damaged picture: it begins with the chunk IEND of 0 bytes, expected IHDR of 13");
  refuses(pngs::signature + pngs::chunk("IHDR", "12"), "damaged picture: it begins with the chunk IHDR of 2 bytes");
  refuses(pngs::header(3, 2) + file.substr(8), "no PNG picture that can be read: ");  // two headers
  refuses(pngs::header(3, 2) + pngs::chunk("ID 1", ""), "damaged picture: a chunk is named 49 44 20 31, expected four");
  refuses(pngs::header(3, 2) + "\x7f\xff\xff\xffIDAT",
          "truncated: the chunk IDAT at byte 41 needs 2147483647 bytes, 0");
}

TEST_CASE("PNG: a size that is too large is given as it is, with every version of stb_image") {
  refuses(pngs::header(16384, 16384), "16384 x 16384 pixels, at most 67108864 are allowed");
  refuses(pngs::header(4097, 16384), "4097 x 16384 pixels, at most 67108864 are allowed");
  refuses(pngs::header(1, 1u << 31), "1 x 2147483648 pixels, expected 1 to 16384 a side");
  refuses(pngs::header(16385, 1), "16385 x 1 pixels, expected 1 to 16384 a side");
  refuses(pngs::header(0, 5), "0 x 5 pixels, expected 1 to 16384 a side");
  CHECK(grey_of(pngs::file_of(std::string(16384, 'a'), 16384)) == std::string(16384, 'a'));
}
