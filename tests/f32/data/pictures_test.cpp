#include <hourglass/data/pictures.h>

// jpeglib.h needs stdio.h before it
// clang-format off
#include <stdio.h>
#include <jpeglib.h>
// clang-format on

#include <algorithm>
#include <numeric>

#include <hourglass/data/decode.h>
#include <hourglass/io/writer.h>
#include <hourglass/report/picture.h>
#include "tests/check.h"
#include "tests/f32/faults.h"
#include "tests/f32/io/jpegs.h"

using namespace hourglass;

namespace {

using namespace std::string_literals;

io::Bytes from_hex(const std::string& digits) {
  io::Bytes bytes;
  for (std::size_t i = 0; i < digits.size(); i += 2)
    bytes.push_back(static_cast<std::uint8_t>(std::stoi(digits.substr(i, 2), nullptr, 16)));
  return bytes;
}

// 6 x 4 pixels, all 90, as Pillow compressed them
io::Bytes small_jpeg() {
  return from_hex(
      "ffd8ffdb0043000302020302020303030304030304050805050404050a070706080c0a0c0c0b0a0b0b0d0e12100d0e11"
      "0e0b0b1016101113141515150c0f171816141812141514ffc0000b080004000601011100ffc400140001000000000000"
      "00000000000000000007ffc40014100100000000000000000000000000000000ffda0008010100003f001a7fffd9");
}

long sum(const data::Images& images) { return std::accumulate(images.pixels.begin(), images.pixels.end(), 0L); }

}  // namespace

TEST_CASE("a PNG is decoded as Pillow decodes it") {
  const data::Images grass = data::read_picture(HOURGLASS_SOURCE "/data/grass.png");
  CHECK(grass.count == 1);
  CHECK(grass.height == 512);
  CHECK(grass.width == 512);
  CHECK(grass.pixels[1] == 114);
  CHECK(sum(grass) == 30991639);
}

TEST_CASE("a JPEG is decoded as Pillow decodes it") {
  const TemporaryFolder folder;
  io::write_file(folder / "x.jpg", small_jpeg());
  const data::Images picture = data::read_picture(folder / "x.jpg");
  CHECK(picture.height == 4);
  CHECK(picture.width == 6);
  CHECK(picture.pixels == std::vector<std::uint8_t>(24, 90));
}

TEST_CASE("a printer's colours without Adobe's marker are converted; a JPEG without a scan holds no picture") {
  const std::string folder = HOURGLASS_SOURCE "/tests/f32/data/pictures/";
  const data::Images inks = data::read_picture(folder + "cmyk_without_adobe_marker.jpg");
  CHECK(inks.height == 64);
  CHECK(inks.width == 64);
  CHECK(inks.pixels.front() == 127);  // as Pillow has it in mode L; cyan, which comes first, is 160
  CHECK(inks.pixels.back() == 137);
  CHECK(sum(inks) == 523264);
  CHECK_FAILS(
      data::read_picture(folder + "jpeg_without_scan.jpg"),
      "jpeg_without_scan.jpg: no JPEG picture that can be read: Invalid JPEG file structure: missing SOS marker");
}

TEST_CASE("a file's format is recognised by its bytes, not by its name") {
  const TemporaryFolder folder;
  io::Bytes jpeg = small_jpeg();
  io::write_file(folder / "x.png", jpeg);
  CHECK(data::read_picture(folder / "x.png").pixels == std::vector<std::uint8_t>(24, 90));
  jpeg.erase(jpeg.end() - 3, jpeg.end());
  io::write_file(folder / "x.png", jpeg);
  CHECK_FAILS(data::read_picture(folder / "x.png"),
              "x.png: no JPEG picture that can be read: Premature end of JPEG file");
  io::write_file(folder / "x.jpg", report::Picture(4, 3, 90).png());
  CHECK(data::read_picture(folder / "x.jpg").pixels == std::vector<std::uint8_t>(12, 90));
}

TEST_CASE("each allocation of reading a picture may fail: an error names the file, and the next reading is right") {
  if (!faults::counts_memory()) return;
  const TemporaryFolder folder;
  const jpegs::Pixels inks = jpegs::gradient(40, 30, 4);
  const std::string notes =
      "\xff\xe1\0\x22"
      "Exif\0\0MM\0*\0\0\0\x08\0\1\1\x12\0\3\0\0\0\1\0\6\0\0\0\0\0\0"s;
  io::write_file(folder / "a.jpg", jpegs::with(jpegs::file_of(inks), 2, notes));
  io::write_file(folder / "b.jpg", jpegs::file_of(inks, [](auto& info) { jpeg_simple_progression(&info); }));
  io::write_file(folder / "c.png", report::Picture(30, 40, 90).png());
  for (const char* name : {"a.jpg", "b.jpg", "c.png"}) {
    const std::string path = folder / name;
    const data::Images whole = data::read_picture(path);
    CHECK(whole.width == (name[0] == 'a' ? 40 : 30));
    long n = 1;
    for (bool reached = true; reached; ++n) {
      faults::arm(faults::Call::memory, n);
      std::string said;
      try {
        const data::Images again = data::read_picture(path);
        CHECK(again.pixels == whole.pixels);  // libjpeg requests less the second time
      } catch (const std::exception& error) {
        said = error.what();
      }
      reached = faults::disarm();
      CHECK_MESSAGE((said.empty() || said.starts_with(path + ": ")), said);
      CHECK((reached || said.empty()));
      CHECK(data::read_picture(path).pixels == whole.pixels);
    }
    CHECK(n > 5);
  }
}

TEST_CASE("what shows through a transparent pixel is white") {
  const TemporaryFolder folder;
  io::write_file(
      folder / "x.png",  // grey and alpha: 0 and 255, 0 and 0, 100 and 128, 200 and 51
      from_hex("89504e470d0a1a0a0000000d49484452000000040000000108040000005335c746000000114944415478da6360f8cfc090d2"
               "70c218000bd502df148922510000000049454e44ae426082"));
  // g a + 255 (1 - a), a in [0, 1]
  CHECK(data::read_picture(folder / "x.png").pixels == std::vector<std::uint8_t>{0, 255, 177, 244});
}

TEST_CASE("a file that is no picture is refused, and its format named, whatever the file is called") {
  const TemporaryFolder folder;
  const std::string path = folder / "x.png";
  const auto refuses = [&](const std::string& bytes, const std::string& expected) {
    io::write_file(path, bytes);
    CHECK_FAILS(data::read_picture(path), path + ": no picture: expected a PNG or JPEG, found " + expected);
  };
  CHECK_FAILS(data::read_picture(folder / "none.png"), "none.png: cannot be opened: No such file");
  refuses("", "an empty file");
  refuses("GIF89a", "GIF");
  refuses("BM\x36\0\0\0"s, "BMP");
  refuses("II*\0\x08\0\0\0"s, "TIFF");
  refuses("MM\0*\0\0\0\x08"s, "TIFF");
  refuses("RIFF\x24\0\0\0WEBPVP8 "s, "WebP");
  refuses(
      "\0\0\0\x18"
      "ftypheic\0\0\0\0"s,
      "HEIC");
  refuses(
      "\0\0\0\x1c"
      "ftypmif1\0\0\0\0"s,
      "HEIC");
  refuses(
      "\0\0\0\x1c"
      "ftypavif\0\0\0\0"s,
      "AVIF");
  refuses(
      "\0\0\0\x1c"
      "ftypisom\0\0\0\0"s,
      "a film");
  refuses("\0\0\0\x0cJXL \r\n\x87\n"s, "JPEG XL");
  refuses("<!doctype html><p>404", "HTML");
  refuses("BM", "BMP");
  refuses("\x89PNG", "bytes 89 50 4e 47");
  refuses("no picture at all", "bytes 6e 6f 20 70 69 63 74 75");
}

TEST_CASE("a picture takes another size, and at its own stays as it is") {
  data::Images halves{1, 60, 40, std::vector<std::uint8_t>(2400, 10), {}};
  std::fill(halves.pixels.begin() + 1200, halves.pixels.end(), 250);  // dark above, light below
  const data::Images small = data::resized(halves, 28, 28);
  CHECK(small.height == 28);
  CHECK(small.width == 28);
  CHECK(small.pixels.size() == 784);
  CHECK(std::all_of(small.pixels.begin(), small.pixels.begin() + 280, [](int grey) { return grey == 10; }));
  CHECK(std::all_of(small.pixels.end() - 280, small.pixels.end(), [](int grey) { return grey == 250; }));
  CHECK(data::resized(halves, 60, 40).pixels == halves.pixels);
}

TEST_CASE("the faces are the first hundred pictures of their file") {
  const data::Images faces = data::faces();
  CHECK(faces.count == 100);
  CHECK(faces.pixels_per_image() == 625);
  CHECK(faces.pixels.size() == 62500);
  CHECK(faces.labels.empty());
  // NumPy's round(255 x): the first pixels of the first face, the last of the last, the mean of all
  CHECK(std::equal(faces.pixels.begin(), faces.pixels.begin() + 5, std::begin({74, 84, 97, 128, 122})));
  CHECK(std::equal(faces.pixels.end() - 5, faces.pixels.end(), std::begin({57, 51, 46, 37, 44})));
  CHECK(static_cast<double>(sum(faces)) / 62500 == doctest::Approx(115.82408).epsilon(1e-6));
}

TEST_CASE("patches of grass are cut from the picture, at positions that repeat") {
  const data::Images grass = data::read_picture(HOURGLASS_SOURCE "/data/grass.png");
  const data::Images patches = data::grass_patches(200);
  CHECK(patches.count == 200);
  CHECK(patches.pixels.size() == 200 * 625);
  CHECK(patches.pixels == data::grass_patches(200).pixels);
  CHECK(patches.pixels != data::grass_patches(200, 2).pixels);
  const auto stands_at = [&](std::size_t patch, std::size_t top, std::size_t left) {
    for (std::size_t row = 0; row < 25; ++row)
      if (!std::equal(patches.pixels.begin() + static_cast<long>(patch * 625 + row * 25),
                      patches.pixels.begin() + static_cast<long>(patch * 625 + row * 25 + 25),
                      grass.pixels.begin() + static_cast<long>((top + row) * 512 + left)))
        return false;
    return true;
  };
  const auto found = [&](std::size_t patch) {
    for (std::size_t place = 0; place < 488 * 488; ++place)
      if (stands_at(patch, place / 488, place % 488)) return true;
    return false;
  };
  for (std::size_t patch : {0, 1, 100, 199}) CHECK(found(patch));
  CHECK(static_cast<double>(sum(patches)) / (200 * 625) == doctest::Approx(30991639.0 / (512 * 512)).epsilon(0.05));
  CHECK_FAILS(data::grass_patches(0), "grass_patches: count 0, expected at least 1");
}
