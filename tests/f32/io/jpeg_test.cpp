#include <hourglass/io/jpeg.h>

// jpeglib.h needs stdio.h before it
// clang-format off
#include <stdio.h>
#include <jpeglib.h>
// clang-format on

#include <algorithm>
#include <cstdlib>
#include <thread>

#include "tests/check.h"
#include "tests/f32/io/jpegs.h"

using namespace hourglass;
using namespace std::string_literals;
using jpegs::file_of;
using jpegs::gradient;
using jpegs::last;
using jpegs::patched;
using jpegs::with;

namespace {

constexpr std::uint8_t start_of_scan = 0xda, end_of_image = 0xd9, frame = 0xc0;

io::Bytes grey_of(const io::Bytes& bytes) { return io::read_jpeg("x.jpg", bytes).grey; }

int largest_difference(const io::Bytes& a, const io::Bytes& b) {
  REQUIRE(a.size() == b.size());
  int largest = 0;
  for (std::size_t i = 0; i < a.size(); ++i) largest = std::max(largest, std::abs(a[i] - b[i]));
  return largest;
}

// The grey of each pixel by its definition: of red, green and blue, or of the light that inverted inks leave.
io::Bytes expected_grey(const jpegs::Pixels& pixels) {
  io::Bytes grey;
  for (auto at = pixels.values.begin(); at != pixels.values.end(); at += pixels.components) {
    const double light = pixels.components == 4 ? at[3] / 255. : 1;
    grey.push_back(static_cast<std::uint8_t>(light * (0.299 * at[0] + 0.587 * at[1] + 0.114 * at[2]) + 0.5));
  }
  return grey;
}

void refuses(const io::Bytes& bytes, const std::string& expected) {
  CHECK_FAILS(io::read_jpeg("x.jpg", bytes), "x.jpg: " + expected);
}

const std::string refused = "no JPEG picture that can be read: ";

}  // namespace

TEST_CASE("JPEG: every kind of grey file comes back, to the bit the same") {
  const jpegs::Pixels pixels = gradient(21, 37, 1);
  const io::Picture picture = io::read_jpeg("x.jpg", file_of(pixels));
  CHECK(picture.height == 21);
  CHECK(picture.width == 37);
  CHECK(picture.colors == 1);
  CHECK(picture.exif.empty());
  CHECK(largest_difference(picture.grey, pixels.values) <= 2);
  CHECK(grey_of(file_of(pixels, [](auto& info) { jpeg_simple_progression(&info); })) == picture.grey);
  CHECK(grey_of(file_of(pixels, [](auto& info) { info.arith_code = TRUE; })) == picture.grey);
  CHECK(grey_of(file_of(pixels, [](auto& info) { info.restart_interval = 1; })) == picture.grey);
  CHECK(grey_of(io::write_jpeg(pixels.values, 21, 37, 100)) == picture.grey);
}

TEST_CASE("JPEG: colours become grey, whichever way they are stored") {
  const jpegs::Pixels rgb = gradient(16, 24, 3);
  const io::Bytes grey = expected_grey(rgb);
  CHECK(io::read_jpeg("x.jpg", file_of(rgb)).colors == 3);
  CHECK(largest_difference(grey_of(file_of(rgb)), grey) <= 3);
  CHECK(largest_difference(grey_of(file_of(rgb, [](auto& i) { jpeg_set_colorspace(&i, JCS_RGB); })), grey) <= 3);
}

TEST_CASE("JPEG: a printer's colours are taken as inverted, with and without Adobe's marker") {
  const jpegs::Pixels inks = gradient(16, 24, 4);
  const io::Bytes grey = expected_grey(inks);
  CHECK(io::read_jpeg("x.jpg", file_of(inks)).colors == 4);
  CHECK(largest_difference(grey_of(file_of(inks)), grey) <= 3);
  CHECK(largest_difference(grey_of(file_of(inks, [](auto& i) { i.write_Adobe_marker = FALSE; })), grey) <= 3);
  CHECK(largest_difference(grey_of(file_of(inks, [](auto& i) { jpeg_set_colorspace(&i, JCS_YCCK); })), grey) <= 3);
  // without ink, and with all of the black one
  CHECK(grey_of(file_of({8, 8, 4, io::Bytes(256, 255)})) == io::Bytes(64, 255));
  CHECK(grey_of(file_of({8, 8, 4, io::Bytes(256, 0)})) == io::Bytes(64, 0));
}

TEST_CASE("JPEG: a file that is cut at any byte is refused") {
  const jpegs::Pixels pixels = gradient(16, 16, 3);
  const std::vector<jpegs::Change> kinds{{},
                                         [](auto& info) { jpeg_simple_progression(&info); },
                                         [](auto& info) { info.arith_code = TRUE; },
                                         [](auto& info) { info.restart_interval = 1; }};
  for (const jpegs::Change& kind : kinds) {
    io::Bytes bytes = file_of(pixels, kind);
    while (!bytes.empty()) {
      bytes.pop_back();
      refuses(bytes, refused);
    }
  }
  io::Bytes half = file_of(pixels);
  half.resize(half.size() - 100);
  refuses(half, refused + "Premature end of JPEG file");
  half.insert(half.end(), {0xff, end_of_image});  // the end is there, and part of the data is not
  refuses(half, refused + "Corrupt JPEG data: premature end of data segment");
}

TEST_CASE("JPEG: surplus bytes between and behind the parts do no harm, nor do numbers that nobody uses") {
  const io::Bytes bytes = file_of(gradient(16, 24, 3)), grey = grey_of(bytes);
  const std::size_t end = bytes.size() - 2, scan = last(bytes, start_of_scan);
  CHECK(grey_of(with(bytes, end, "\xff\0\x12\x34\xff\0\x12\x34\xff\0\x12\x34\xff\0"s)) == grey);
  CHECK(grey_of(with(bytes, 2, "\0junk\xff\xff\xff"s)) == grey);
  CHECK(grey_of(with(bytes, bytes.size(), "a film")) == grey);
  CHECK(grey_of(with(bytes, bytes.size(), std::string(bytes.begin(), bytes.end()))) == grey);
  CHECK(grey_of(with(bytes, 2, "\xff\xe5\0\x07\xff\xd8\xff\xc4\xff"s)) == grey);  // markers within a camera's notes
  CHECK(grey_of(with(bytes, 2, "\xff\xff\xff\xfe\0\x04hi"s)) == grey);            // filling before a comment
  CHECK(grey_of(patched(bytes, 11, "\x07")) == grey);                             // JFIF, version 7
  CHECK(grey_of(patched(bytes, scan + 11, "\0\0"s)) == grey);                     // a sequential scan's coefficients
  const io::Bytes rgb = file_of(gradient(16, 24, 3), [](auto& i) { jpeg_set_colorspace(&i, JCS_RGB); });
  CHECK_NOTHROW(grey_of(patched(rgb, last(rgb, 0xee) + 15, "\x09")));  // Adobe's transform, 9
}

TEST_CASE("JPEG: what is damaged, or of a kind that is not read, is refused by name") {
  const jpegs::Pixels pixels = gradient(16, 24, 3);
  const io::Bytes bytes = file_of(pixels);
  const std::size_t end = bytes.size() - 2, sizes = last(bytes, frame) + 4;
  refuses({}, refused + "it is empty");
  refuses(io::Bytes(100, 7), refused + "Not a JPEG file");
  refuses(patched(bytes, sizes, "\x0c"), refused + "Unsupported JPEG data precision 12");
  refuses(patched(bytes, sizes - 3, "\xc3"), refused);  // lossless
  refuses(patched(bytes, sizes + 1, "\xff\xff\xff\xff"), refused + "Maximum supported image dimension is 65500 pixels");
  refuses(patched(bytes, sizes + 1, "\0\1\xf0\0"s), "61440 x 1 pixels, expected 1 to 16384 a side");
  refuses(patched(bytes, sizes + 1, "\x40\0\x40\0"s), "16384 x 16384 pixels, at most 67108864 are allowed");
  refuses(patched(bytes, sizes + 1, "\0\0\0\1"s), refused + "Empty JPEG image");
  refuses(file_of(gradient(8, 8, 2)), refused + "2 components a pixel, expected 1, 3 or 4");
  const std::string many_codes = "\xff\xc4\0\x14\0"s + std::string(16, '\xff');
  refuses(with(bytes, 2, many_codes), refused + "Bogus Huffman table definition");
  refuses(with(bytes, end, many_codes), refused + "Bogus Huffman table definition");
  const io::Bytes restarts = file_of(pixels, [](auto& info) { info.restart_interval = 1; });
  refuses(patched(restarts, last(restarts, 0xd2), "\xff\xd5"), refused + "Corrupt JPEG data: found marker 0xd5");
  io::Bytes without_scan = bytes;
  without_scan.resize(last(bytes, start_of_scan));
  refuses(with(without_scan, without_scan.size(), "\xff\xd9"), refused + "Invalid JPEG file structure: missing SOS");
  refuses(with({}, 0, "\xff\xd8\xff\xd9"), refused + "JPEG datastream contains no image");
}

TEST_CASE("JPEG: a component without a scan, and scans without end, are refused") {
  const jpegs::Pixels rgb = gradient(16, 24, 3), grey = gradient(16, 24, 1);
  io::Bytes bytes = jpegs::in_scans(rgb, {{0, 0, 63, 0, 0}, {1, 0, 63, 0, 0}, {2, 0, 63, 0, 0}});
  CHECK(grey_of(bytes) == grey_of(file_of(rgb)));
  bytes.resize(last(bytes, start_of_scan));
  refuses(with(bytes, bytes.size(), "\xff\xd9"), refused + "component 3 of 3 has no scan");
  std::vector<std::array<int, 5>> scans{{0, 0, 0, 0, 0}};
  for (int i = 1; i < 64; ++i) scans.push_back({0, i, i, 0, 1});
  CHECK_NOTHROW(grey_of(jpegs::in_scans(grey, scans)));
  for (int i = 1; i < 64; ++i) scans.push_back({0, i, i, 1, 0});
  refuses(jpegs::in_scans(grey, scans), refused + "more than 100 scans");
}

TEST_CASE("JPEG: the camera's data are found behind other notes") {
  const io::Bytes bytes = file_of(gradient(8, 8, 1));
  const io::Bytes noted = with(with(bytes, 2,
                                    "\xff\xe1\0\x0b"
                                    "Exif\0\0MM*"s),
                               2,
                               "\xff\xe1\0\x08"
                               "http:/"s);
  const io::Picture picture = io::read_jpeg("x.jpg", noted);
  CHECK(std::string(picture.exif.begin(), picture.exif.end()) == "MM*");
  CHECK(picture.grey == grey_of(bytes));
  CHECK(io::read_jpeg("x.jpg", with(bytes, 2,
                                    "\xff\xe1\0\x06"
                                    "Exif"s))
            .exif.empty());
}

TEST_CASE("JPEG: several threads may read at once, one file whole and the next one cut") {
  const io::Bytes whole = file_of(gradient(32, 32, 3)), grey = grey_of(whole);
  io::Bytes cut = whole;
  cut.resize(whole.size() / 2);
  std::vector<int> right(4);
  std::vector<std::thread> threads;
  for (int& count : right)
    threads.emplace_back([&] {
      for (int i = 0; i < 50; ++i)
        count += failure([&] { io::read_jpeg("cut.jpg", cut); }).starts_with("cut.jpg: ") && grey_of(whole) == grey;
    });
  for (std::thread& thread : threads) thread.join();
  CHECK(right == std::vector<int>(4, 50));
}

TEST_CASE("JPEG: what cannot be written is refused") {
  CHECK_FAILS(io::write_jpeg(io::Bytes(6), 2, 2, 50), "jpeg: 6 pixels for 2 x 2");
  CHECK_FAILS(io::write_jpeg({}, 0, 2, 50), "jpeg: 0 x 2 pixels, expected 1 to 65500 a side");
  CHECK_FAILS(io::write_jpeg(io::Bytes(65501), 1, 65501, 50), "jpeg: 1 x 65501 pixels, expected 1 to 65500 a side");
  CHECK_FAILS(io::write_jpeg(io::Bytes(4), 2, 2, 101), "jpeg: quality 101, expected 1 to 100");
}
