#include "data/pictures.h"

#include <algorithm>
#include <numeric>

#include "data/decode.h"
#include "io/writer.h"
#include "report/picture.h"
#include "tests/check.h"

using namespace hourglass;

namespace {

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

// `more`, in hexadecimal digits, inserted at `place`
io::Bytes with(io::Bytes bytes, std::size_t place, const std::string& more) {
  const io::Bytes extra = from_hex(more);
  bytes.insert(bytes.begin() + static_cast<long>(place), extra.begin(), extra.end());
  return bytes;
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

TEST_CASE("what a camera writes beside the picture does no harm") {
  const TemporaryFolder folder;
  const auto pixels_of = [&](const io::Bytes& bytes) {
    io::write_file(folder / "x", bytes);
    return data::read_picture(folder / "x").pixels;
  };
  const std::vector<std::uint8_t> expected(24, 90);
  const io::Bytes jpeg = small_jpeg();
  const std::string as_table = "ffc4001400" + std::string(32, 'f');  // 16 x 255 codes, were it a table
  CHECK(pixels_of(with(jpeg, 2, "ffe50017" + as_table)) == expected);
  CHECK(pixels_of(with(jpeg, 2, "fffffe0017" + as_table)) == expected);  // a comment, and filling before it
  CHECK(pixels_of(with(jpeg, jpeg.size(), as_table)) == expected);
  const io::Bytes png = io::read_file(HOURGLASS_SOURCE "/data/grass.png", 1 << 20);
  const auto grass = pixels_of(png);
  CHECK(pixels_of(with(png, png.size(), "ffffffff6d6f6f76" + as_table)) == grass);
}

TEST_CASE("a Huffman table of too many codes is refused wherever the decoder would read it") {
  const TemporaryFolder folder;
  const auto refuses = [&](const io::Bytes& bytes) {
    io::write_file(folder / "x.jpg", bytes);
    CHECK_FAILS(data::read_picture(folder / "x.jpg"), "damaged picture: a Huffman table of more than 256 codes");
  };
  const io::Bytes jpeg = small_jpeg();
  const std::string table = "ffc4001400" + std::string(32, 'f');
  refuses(with(jpeg, 2, table));
  refuses(with(jpeg, 2, "ffe500041234" + table));
  refuses(with(jpeg, 2, "ffe50004123400a5ffff" + table));    // behind junk and filling
  refuses(with(jpeg, jpeg.size() - 4, "ff00ffd0" + table));  // in the coded data
  refuses(with(jpeg, jpeg.size() - 2, table));               // behind them
  const std::string empty = "00" + std::string(32, '0');
  refuses(with(jpeg, 2, "ffc40024" + empty + "10" + std::string(32, 'f')));  // the second of two
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

TEST_CASE("a file that is no picture is refused, and says why") {
  const TemporaryFolder folder;
  const std::string path = folder / "x.png";
  const auto refuses = [&](std::span<const std::uint8_t> bytes, const std::string& expected) {
    io::write_file(path, bytes);
    CHECK_FAILS(data::read_picture(path), path + ": " + expected);
  };
  CHECK_FAILS(data::read_picture(folder / "none.png"), "none.png: cannot be opened: No such file");
  refuses({}, "no picture: expected a PNG or JPEG");
  refuses(from_hex("474946383961"), "no picture: expected a PNG or JPEG");  // a GIF
  io::Bytes png = io::read_file(HOURGLASS_SOURCE "/data/grass.png", 1 << 20);
  refuses(std::span(png).first(1000), "damaged picture: ");
  // width and height, big-endian, stand at bytes 16 and 20
  png[18] = png[22] = 0x30;  // 12,288 x 12,288
  refuses(png, "12288 x 12288 pixels, at most 67108864 are allowed");
  png[16] = 1;
  refuses(png, "no picture: expected a PNG or JPEG of at most 16384 pixels a side");
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

TEST_CASE("patches of grass are cut from the picture, at places that repeat") {
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
