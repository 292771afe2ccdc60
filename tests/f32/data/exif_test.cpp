#include <hourglass/data/exif.h>

#include <hourglass/data/decode.h>
#include <hourglass/io/writer.h>
#include "tests/check.h"
#include "tests/f32/data/pngs.h"
#include "tests/f32/io/jpegs.h"

using namespace hourglass;
using namespace std::string_literals;

namespace {

// A TIFF structure whose first directory has the tags 271 (the maker) and 274 (the orientation), the latter of some
// type (3: 16 bits) and count.
std::string exif(bool big_endian, int orientation, int type = 3, int count = 1) {
  const auto number = [&](int value, int bytes) {
    std::string out;
    for (int i = 0; i < bytes; ++i) out += static_cast<char>(value >> 8 * (big_endian ? bytes - 1 - i : i));
    return out;
  };
  const auto entry = [&](int tag, int of_type, int of_count, int value) {
    return number(tag, 2) + number(of_type, 2) + number(of_count, 4) + number(value, 2) + "\0\0"s;
  };
  return (big_endian ? "MM" : "II") + number(42, 2) + number(8, 4) + number(2, 2) + entry(271, 2, 1, 0) +
         entry(274, type, count, orientation) + number(0, 4);
}

int orientation(const std::string& bytes) {
  return data::orientation({reinterpret_cast<const std::uint8_t*>(bytes.data()), bytes.size()});
}

data::Images read(const TemporaryFolder& folder, const std::string& bytes) {
  io::write_file(folder / "x", bytes);
  return data::read_picture(folder / "x");
}

// What a viewer shows of the stored rows abc, def, for orientations 1 to 8 (as Pillow's exif_transpose has it).
struct Shown {
  int width;
  std::string pixels;
};
const Shown shown[] = {{3, "abcdef"}, {3, "cbafed"}, {3, "fedcba"}, {3, "defabc"},
                       {2, "adbecf"}, {2, "daebfc"}, {2, "fcebda"}, {2, "cfbead"}};

}  // namespace

TEST_CASE("a PNG stands upright, however the camera was held") {
  const TemporaryFolder folder;
  for (int held = 1; held <= 8; ++held)
    for (const bool big_endian : {false, true}) {
      const auto picture = read(folder, pngs::file_of("abcdef", 3, pngs::chunk("eXIf", exif(big_endian, held))));
      CHECK(picture.width == shown[held - 1].width);
      CHECK(std::string(picture.pixels.begin(), picture.pixels.end()) == shown[held - 1].pixels);
    }
}

TEST_CASE("a JPEG stands upright, however the camera was held") {
  const TemporaryFolder folder;
  jpegs::Pixels pixels{16, 24, 1, {}};  // six blocks of 8 x 8, each of one grey: nothing of it is lost
  for (int i = 0; i < 16 * 24; ++i) pixels.values.push_back(static_cast<std::uint8_t>('a' + i / 192 * 3 + i % 24 / 8));
  const io::Bytes plain = jpegs::file_of(pixels);
  for (int held = 1; held <= 8; ++held) {
    const std::string notes = "Exif\0\0"s + exif(held % 2 == 0, held);
    const io::Bytes bytes = jpegs::with(plain, 2, "\xff\xe1\0"s + static_cast<char>(notes.size() + 2) + notes);
    const data::Images picture = read(folder, {bytes.begin(), bytes.end()});
    REQUIRE(picture.width == 8 * shown[held - 1].width);
    REQUIRE(picture.height == 384 / picture.width);
    std::string blocks;
    for (Index y = 4; y < picture.height; y += 8)
      for (Index x = 4; x < picture.width; x += 8)
        blocks += static_cast<char>(picture.pixels[static_cast<std::size_t>(y * picture.width + x)]);
    CHECK(blocks == shown[held - 1].pixels);
  }
}

TEST_CASE("EXIF data that are not right state no orientation, wherever they end") {
  const std::string good = exif(true, 6);
  CHECK(orientation(good) == 6);
  for (std::size_t length = 0; length < good.size(); ++length)
    CHECK(orientation(good.substr(0, length)) == (length < 10 + 2 * 12 ? 1 : 6));
  CHECK(orientation(exif(false, 0)) == 1);
  CHECK(orientation(exif(false, 9)) == 1);
  CHECK(orientation(exif(false, 65535)) == 1);
  CHECK(orientation(exif(true, 6, 4)) == 1);
  CHECK(orientation(exif(true, 6, 3, 2)) == 1);
  CHECK(orientation("XX" + good.substr(2)) == 1);
  CHECK(orientation(good.substr(0, 4) + "\xff\xff\xff\xff" + good.substr(8)) == 1);  // a directory behind the end
  CHECK(orientation(good.substr(0, 8) + "\0\1"s + good.substr(10)) == 1);            // which has one entry alone
  CHECK(orientation(good.substr(0, 8) + "\xff\xff" + good.substr(10)) == 6);
  const TemporaryFolder folder;
  CHECK(read(folder, pngs::file_of("abcdef", 3, pngs::chunk("eXIf", "MM"))).width == 3);
}
