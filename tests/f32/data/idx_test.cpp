#include <zlib.h>

#include <array>

#include <hourglass/data/mnist.h>
#include <hourglass/io/gzip.h>
#include <hourglass/io/writer.h>
#include "tests/check.h"

using namespace hourglass;

namespace {

using namespace std::string_literals;

const std::string images = "\0\0\x08\x03\0\0\0\2\0\0\0\1\0\0\0\3abcdef"s;  // two images of 1 x 3
const std::string labels = "\0\0\x08\x01\0\0\0\2\7\x09"s;

std::string zipped(const std::string& content) {
  std::string packed(compressBound(content.size()) + 32, '\0');
  z_stream stream{};
  REQUIRE(deflateInit2(&stream, 9, Z_DEFLATED, 16 + MAX_WBITS, 9, Z_DEFAULT_STRATEGY) == Z_OK);
  stream.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(content.data()));
  stream.avail_in = static_cast<uInt>(content.size());
  stream.next_out = reinterpret_cast<Bytef*>(packed.data());
  stream.avail_out = static_cast<uInt>(packed.size());
  REQUIRE(deflate(&stream, Z_FINISH) == Z_STREAM_END);
  packed.resize(stream.total_out);
  deflateEnd(&stream);
  return packed;
}

struct Pair {
  TemporaryFolder folder;
  std::string images_path = folder / "images", labels_path = folder / "labels";
  data::Images read(const std::string& images_bytes, const std::string& labels_bytes) const {
    io::write_file(images_path, images_bytes);
    io::write_file(labels_path, labels_bytes);
    return data::read_idx(images_path, labels_path);
  }
};

}  // namespace

TEST_CASE("IDX files are read plain and gzipped") {
  const Pair pair;
  for (bool gzip : {false, true}) {
    const data::Images two = pair.read(gzip ? zipped(images) : images, gzip ? zipped(labels) : labels);
    CHECK(two.count == 2);
    CHECK(two.height == 1);
    CHECK(two.width == 3);
    CHECK(two.pixels == std::vector<std::uint8_t>{'a', 'b', 'c', 'd', 'e', 'f'});
    CHECK(two.labels == std::vector<int>{7, 9});
  }
}

TEST_CASE("IDX labels may be any byte, and a file may be several gzip files, one after the other") {
  const Pair pair;
  CHECK(pair.read(images, "\0\0\x08\x01\0\0\0\2\x3d\xff"s).labels == std::vector<int>{61, 255});  // EMNIST has 62
  const auto halves = [](const std::string& all) { return zipped(all.substr(0, 9)) + zipped(all.substr(9)); };
  CHECK(pair.read(halves(images), halves(labels)).labels == std::vector<int>{7, 9});
}

TEST_CASE("the test digits are as many of each kind as LeCun counted") {
  const std::string path = HOURGLASS_SOURCE "/data/mnist/t10k-";
  std::array<int, 10> counts{};
  for (int label : data::read_idx(path + "images-idx3-ubyte.gz", path + "labels-idx1-ubyte.gz").labels)
    ++counts[static_cast<std::size_t>(label)];
  CHECK(counts == std::array<int, 10>{980, 1135, 1032, 1010, 982, 892, 958, 1028, 974, 1009});
}

TEST_CASE("an IDX file that is not right is refused, with its name and the reason") {
  const Pair pair;
  const auto refuses_images = [&](const std::string& bytes, const std::string& expected) {
    CHECK_FAILS(pair.read(bytes, labels), pair.images_path + ": " + expected);
  };
  const auto refuses_labels = [&](const std::string& bytes, const std::string& expected) {
    CHECK_FAILS(pair.read(images, bytes), pair.labels_path + ": " + expected);
  };
  CHECK_FAILS(data::read_idx(pair.folder / "none", pair.labels_path), "none: cannot be opened: No such file");
  CHECK_FAILS(data::read_idx(pair.folder.path.string(), pair.labels_path), "cannot be read: Is a directory");
  refuses_images("", "truncated: the magic number at byte 0 needs 4 bytes, 0 are left");
  refuses_images(labels, "magic number 2049, expected 2051");
  refuses_images("\0\0\x0d\x03"s + images.substr(4), "magic number 3331, expected 2051");  // floats, not bytes
  refuses_images(images.substr(0, 6), "truncated: the number of images at byte 4 needs 4 bytes, 2 are left");
  refuses_images(images.substr(0, 10), "truncated: the height at byte 8");
  refuses_images(images.substr(0, 15), "truncated: the width at byte 12");
  refuses_images(images.substr(0, 21), "truncated: 6 bytes expected, 5 found");
  refuses_images(images + "x", "1 bytes too many after byte 22");
  refuses_images("\0\0\x08\x03\0\0\0\0\0\0\0\1\0\0\0\3"s, "truncated: size 0, expected at least 1");
  refuses_images("\0\0\x08\x03\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff"s, "truncated: the sizes multiply");
  refuses_images("\0\0\x08\x03\xff\xff\xff\xff\0\0\0\x1c\0\0\0\x1c"s, "truncated: 3367254359280 bytes expected, 0");
  refuses_images(zipped(images).substr(0, 20), "truncated: the gzip stream breaks off");
  std::string damaged = zipped(images);
  damaged[damaged.size() - 8] ^= 1;  // the first byte of the check sum
  refuses_images(damaged, "damaged gzip data after 22 unpacked bytes: incorrect data check");
  refuses_labels("", "truncated: the magic number");
  refuses_labels(images, "magic number 2051, expected 2049");
  refuses_labels(labels.substr(0, 9), "truncated: the labels at byte 8 needs 2 bytes, 1 are left");
  refuses_labels(labels + "\1", "1 bytes too many after byte 10");
  refuses_labels("\0\0\x08\x01\0\0\0\1\7"s, "1 labels for 2 images");
  refuses_labels(zipped(labels) + zipped("\1"), "1 bytes too many after byte 10");  // two, one after the other
  refuses_labels(zipped(labels) + zipped("\1").substr(0, 9), "truncated: the gzip stream breaks off after 10 unpacked");
}

TEST_CASE("a small file that claims gigabytes is refused before it takes the memory") {
  const Pair pair;
  io::write_file(pair.images_path, zipped(std::string(std::size_t{8} << 20, '\0')));
  CHECK(std::filesystem::file_size(pair.images_path) < 10000);
  CHECK_FAILS(io::read_gzip(pair.images_path, 1 << 20), "unpacks to more than 1048576 bytes");
}
