#include <hourglass/data/mnist.h>

#include <array>
#include <cstdlib>
#include <filesystem>

#include <hourglass/io/gzip.h>
#include <hourglass/io/reader.h>
#include <hourglass/tensor/error.h>

namespace hourglass::HOURGLASS_BUILD::data {
namespace {

constexpr std::uint32_t images_magic = 0x803, labels_magic = 0x801;  // bytes, of rank 3 and of rank 1
constexpr std::size_t largest = std::size_t{1} << 28;                // five times MNIST: what a bomb may unpack to

void expect_magic(io::ByteReader& reader, std::uint32_t expected, const char* kind) {
  // hole magic: the first four bytes are a number that names the kind of the file
  const std::uint32_t found = reader.big_endian_32("the magic number");
  require(found == expected, reader.name(), ": magic number ", found, ", expected ", expected, " (IDX ", kind, ")");
  // end of hole
}

Images read_images(const std::string& path) {
  io::Bytes bytes = io::read_gzip(path, largest);
  io::ByteReader reader(path, bytes);
  expect_magic(reader, images_magic, "images");
  // hole images: the sizes, big-endian, then a byte a pixel and nothing behind them
  const std::array<Index, 3> sizes{reader.big_endian_32("the number of images"), reader.big_endian_32("the height"),
                                   reader.big_endian_32("the width")};
  const std::size_t header = bytes.size() - reader.left();
  const std::size_t size = io::checked_bytes(sizes, 1, reader.left(), path + ": truncated");
  reader.take(size, "the pixels");
  reader.expect_end();
  bytes.erase(bytes.begin(), bytes.begin() + static_cast<std::ptrdiff_t>(header));
  return {sizes[0], sizes[1], sizes[2], std::move(bytes), {}};
  // end of hole
}

std::vector<int> read_labels(const std::string& path, Index images) {
  const io::Bytes bytes = io::read_gzip(path, largest);
  io::ByteReader reader(path, bytes);
  expect_magic(reader, labels_magic, "labels");
  // hole labels: their number, which is that of the images, then a byte a label and nothing behind them
  const Index count = reader.big_endian_32("the number of labels");
  require(count == images, path, ": ", count, " labels for ", images, " images");
  const auto labels = reader.take(static_cast<std::size_t>(count), "the labels");
  reader.expect_end();
  return {labels.begin(), labels.end()};
  // end of hole
}

Images read_pair(const std::string& folder, const std::string& which) {
  const std::string path = folder + "/" + which + "-images-idx3-ubyte.gz";
  Images images = read_idx(path, folder + "/" + which + "-labels-idx1-ubyte.gz");
  require(images.height == 28 && images.width == 28, path, ": images of ", images.height, " x ", images.width,
          ", expected 28 x 28");
  return images;
}

}  // namespace

std::string folder_of_data() {
  const char* elsewhere = std::getenv("HOURGLASS_DATA");
  if (elsewhere && *elsewhere) return elsewhere;
  // a library that was installed may have outlived the tree that it was built in
  for (const char* place : {HOURGLASS_DATA, "/usr/local/share/hourglass/data", "/usr/share/hourglass/data"})
    if (std::filesystem::is_directory(place)) return place;
  return HOURGLASS_DATA;
}

Images read_idx(const std::string& images_path, const std::string& labels_path) {
  Images images = read_images(images_path);
  images.labels = read_labels(labels_path, images.count);
  return images;
}

Dataset mnist() {
  const std::string folder = folder_of_data() + "/mnist";
  return {"MNIST digits", read_pair(folder, "train"), read_pair(folder, "t10k"), ""};
}

Dataset fashion() {
  const std::string package = "/usr/share/datasets/fashion-mnist";
  Images test = read_pair(folder_of_data() + "/fashion", "t10k");
  if (std::filesystem::exists(package + "/train-images-idx3-ubyte.gz"))
    return {"Fashion-MNIST clothes", read_pair(package, "train"), std::move(test), ""};
  return {"Fashion-MNIST clothes", test.slice(0, 8000), test.slice(8000, 2000),
          "trained on the first 8,000 of the 10,000 test images, tested on the last 2,000; all 60,000 training images "
          "are used where Debian's package dataset-fashion-mnist is installed"};
}

}  // namespace hourglass::HOURGLASS_BUILD::data
