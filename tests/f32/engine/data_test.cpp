#include <algorithm>
#include <cmath>
#include <numeric>

#include <hourglass/data/loader.h>
#include <hourglass/data/mnist.h>
#include <hourglass/io/writer.h>
#include "lessons/common/exercise/judge.h"
#include "tests/check.h"

using namespace hourglass;
using namespace std::string_literals;

namespace {

const std::string two_images = "\0\0\x08\x03\0\0\0\2\0\0\0\1\0\0\0\3abcdef"s;  // two images of 1 x 3
const std::string two_labels = "\0\0\x08\x01\0\0\0\2\7\x09"s;

data::Images read(const std::string& images, const std::string& labels) {
  const TemporaryFolder folder;
  io::write_file(folder / "images", images);
  io::write_file(folder / "labels", labels);
  return data::read_idx(folder / "images", folder / "labels");
}

// That these files are refused, with a message that has this.
void expect_refused(const std::string& what, const std::string& images, const std::string& labels,
                    const std::string& wanted) {
  const std::string found = failure([&] { read(images, labels); });
  expect(found.find(wanted) != std::string::npos, what + " is refused with \"" + wanted + "\", not: " + found);
}

// Image i has the grey value i and, if wanted, the label 100 + i.
data::Images greys(Index count, bool labelled = true) {
  data::Images images{count, 1, 1, {}, {}};
  for (Index i = 0; i < count; ++i) {
    images.pixels.push_back(static_cast<std::uint8_t>(i));
    if (labelled) images.labels.push_back(static_cast<int>(100 + i));
  }
  return images;
}

std::vector<int> in(const data::Batch& batch) {
  std::vector<int> all;
  for (const Scalar value : batch.values()) all.push_back(static_cast<int>(std::lround(value * 255)));
  return all;
}

// The images of an epoch, batches separated: "0 1 2 | 3 4".
std::string seen(const data::DataLoader& loader, std::uint64_t epoch = 1, Index done = 0) {
  std::string all;
  for (const data::Batch& batch : loader.epoch(epoch, done)) {
    if (!all.empty()) all += "| ";
    for (const int image : in(batch)) all += text(image, " ");
  }
  return all;
}

void expect_same(const std::string& what, const std::string& found, const std::string& expected) {
  expect(found == expected, what + " is " + expected + "and not " + found);
}

// The images of an epoch in one list.
std::vector<int> order(const data::Images& images, data::DataLoader::Options options, std::uint64_t epoch) {
  options.batch_size = images.count;
  options.shuffle = true;
  return in(*data::DataLoader(images, options).epoch(epoch).begin());
}

}  // namespace

TEST_CASE("an epoch has all images, or with drop_last those of full batches") {
  const data::Images ten = greys(10);
  const auto count = [&](Index size, bool drop) {
    return static_cast<double>(data::DataLoader(ten, {.batch_size = size, .drop_last = drop}).images());
  };
  expect_close("images of an epoch: 10 in batches of 4", count(4, false), 10);
  expect_close("the same with drop_last", count(4, true), 8);
  expect_close("10 in batches of 5 with drop_last", count(5, true), 10);
  expect_close("10 in batches of 7 with drop_last", count(7, true), 7);
}

TEST_CASE("a batch has its images as numbers in [0, 1], and their labels") {
  const data::Images seven = greys(7);
  const data::DataLoader loader(seven, {.batch_size = 3});
  expect_same("the epoch of 7 images in batches of 3", seen(loader), "0 1 2 | 3 4 5 | 6 ");
  expect_same("the epoch from its image 3 on", seen(loader, 1, 3), "3 4 5 | 6 ");
  Index done = 0;
  for (const data::Batch& batch : loader.epoch(1)) {
    std::vector<int> labels = in(batch);
    for (int& label : labels) label += 100;
    done += batch.size(0);
    expect(batch.labels == labels, "each image has the label of its own");
    expect_close("images of the epoch so far", static_cast<double>(batch.done), static_cast<double>(done));
  }
  const data::Images unlabelled = greys(3, false);
  const data::Batch batch = *data::DataLoader(unlabelled, {.batch_size = 3}).epoch(1).begin();
  expect(batch.labels.empty() && batch.size(0) == 3, "images without labels give a batch without labels");
}

TEST_CASE("a shuffled epoch has each image once, in an order of its own") {
  const data::Images images = greys(100);
  const std::vector<int> first = order(images, {.seed = 1}, 1);
  std::vector<int> sorted = first, all(100);
  std::sort(sorted.begin(), sorted.end());
  std::iota(all.begin(), all.end(), 0);
  expect(sorted == all, "each of the 100 images is there once");
  expect(first != all, "the order is random");
  expect(order(images, {.seed = 1}, 1) == first, "the same epoch of the same seed has the same order again");
  expect(order(images, {.seed = 1}, 2) != first, "another epoch has another order");
  expect(order(images, {.seed = 2}, 1) != first, "another seed gives another order");
  expect(order(images, {.seed = 1, .stream = 5}, 1) != first, "another stream gives another order");
  const data::DataLoader plain(images, {.batch_size = 100});
  expect(in(*plain.epoch(3).begin()) == all, "without shuffle the images keep their order");
}

TEST_CASE("each rank has a part of every batch, and together they have it") {
  const data::Images seven = greys(7);
  const auto part = [&](int rank, int ranks) {
    return seen(data::DataLoader(seven, {.batch_size = 5, .rank = rank, .ranks = ranks}));
  };
  expect_same("the part of rank 0 of 2, of the batches 0 1 2 3 4 and 5 6", part(0, 2), "0 1 | 5 ");
  expect_same("the part of rank 1 of 2", part(1, 2), "2 3 4 | 6 ");
  const data::Images ten = greys(10);
  const auto third = [&](int rank) { return seen(data::DataLoader(ten, {.batch_size = 5, .rank = rank, .ranks = 3})); };
  expect_same("rank 0 of 3, batches of 5", third(0), "0 | 5 ");
  expect_same("rank 1 of 3", third(1), "1 2 | 6 7 ");
  expect_same("rank 2 of 3", third(2), "3 4 | 8 9 ");
}

TEST_CASE("a file of another kind is refused by its magic number") {
  expect_refused("a file of labels in place of images", two_labels, two_labels,
                 "magic number 2049, expected 2051 (IDX images)");
  expect_refused("a file of images in place of labels", two_images, two_images,
                 "magic number 2051, expected 2049 (IDX labels)");
  expect_refused("a little-endian file", "\x03\x08\0\0\2\0\0\0\1\0\0\0\3\0\0\0abcdef"s, two_labels,
                 "magic number 50855936, expected 2051");
}

TEST_CASE("the images of an IDX file: number, height and width, then the pixels") {
  const data::Images found = read(two_images, two_labels);
  expect_close("the number of images", static_cast<double>(found.count), 2);
  expect_close("the height", static_cast<double>(found.height), 1);
  expect_close("the width", static_cast<double>(found.width), 3);
  expect(found.pixels == std::vector<std::uint8_t>{'a', 'b', 'c', 'd', 'e', 'f'},
         "the pixels are the bytes behind the header");
  expect_refused("a file that lacks its last pixel", two_images.substr(0, two_images.size() - 1), two_labels,
                 "truncated");
  expect_refused("a file with a byte behind the last pixel", two_images + "g", two_labels, "images");
  expect_refused("a file that states 2³² - 1 images of 2³² - 1 rows and columns",
                 "\0\0\x08\x03\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff"s, two_labels, "truncated");
  expect_refused("a file of no images", "\0\0\x08\x03\0\0\0\0\0\0\0\1\0\0\0\3"s, two_labels, "images");
}

TEST_CASE("the labels of an IDX file: as many as there are images") {
  const std::vector<int> found = read(two_images, "\0\0\x08\x01\0\0\0\2\x03\xff"s).labels;
  expect(found == std::vector<int>{3, 255}, "the labels are the bytes behind the header, from 0 to 255");
  expect_refused("one label for two images", two_images, "\0\0\x08\x01\0\0\0\1\7"s, "1 labels for 2 images");
  expect_refused("three labels for two images", two_images, "\0\0\x08\x01\0\0\0\3\7\7\7"s, "3 labels for 2 images");
  expect_refused("a file that lacks its last label", two_images, two_labels.substr(0, 9), "labels");
  expect_refused("a file with a byte behind the last label", two_images, two_labels + "\1", "labels");
}
