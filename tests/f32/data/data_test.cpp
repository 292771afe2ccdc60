#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cstdlib>
#include <ctime>
#include <fstream>

#include <hourglass/data/mnist.h>
#include <hourglass/data/open.h>
#include <hourglass/io/writer.h>
#include <hourglass/report/picture.h>
#include "tests/check.h"

using namespace hourglass;

TEST_CASE("MNIST is whole, and read in under half a second") {
  data::Dataset digits;
  double seconds = 1e9;  // of the processor, the best of three: another program's load is not ours
  for (int i = 0; i < 3; ++i) {
    const std::clock_t start = std::clock();
    digits = data::mnist();
    seconds = std::min(seconds, static_cast<double>(std::clock() - start) / CLOCKS_PER_SEC);
  }
#ifdef NDEBUG
  CHECK(seconds < 0.5);
#endif
  CHECK(digits.train.count == 60000);
  CHECK(digits.test.count == 10000);
  CHECK(digits.train.pixels_per_image() == 784);
  CHECK(digits.train.labels[0] == 5);
  CHECK(digits.test.labels[0] == 7);
  double sum = 0;
  for (std::uint8_t pixel : digits.train.pixels) sum += pixel;
  CHECK(sum / (60000.0 * 784 * 255) == doctest::Approx(0.1306604762738429));  // the mean that everybody normalises by
}

TEST_CASE("clothes state how they were split") {
  const data::Dataset clothes = data::fashion();
  const bool all = clothes.train.count == 60000;
  CHECK((all ? clothes.test.count == 10000 : clothes.train.count == 8000 && clothes.test.count == 2000));
  CHECK(clothes.note.empty() == all);
}

TEST_CASE("a batch is the images of the indices, as numbers from 0 to 1") {
  const data::Images images{3, 1, 2, {0, 255, 51, 102, 10, 20}, {4, 5, 6}};
  const Tensor x = images.batch(std::vector<int>{2, 1});
  CHECK(x.shape() == Shape{2, 2});
  CHECK(x.at({0, 0}) == doctest::Approx(10 / 255.0));
  CHECK(x.at({1, 1}) == doctest::Approx(0.4));
  CHECK(images.slice(1, 2).labels == std::vector<int>{5, 6});
  CHECK_FAILS(images.batch(std::vector<int>{3}), "batch: image 3 of 3");
  CHECK_FAILS(images.slice(2, 2), "slice: 2 images from 2 of 3");
}

TEST_CASE("the first images are as many as there are") {
  const data::Images images{3, 1, 2, {0, 255, 51, 102, 10, 20}, {4, 9, 6}};
  CHECK(images.first(2).labels == std::vector<int>{4, 9});
  CHECK(images.first(2).pixels == std::vector<std::uint8_t>{0, 255, 51, 102});
  CHECK(images.first(3).count == 3);
  CHECK(images.first(4).labels == images.labels);
  CHECK_FAILS(images.first(0), "slice: 0 images from 0 of 3");
  CHECK_FAILS(images.first(-1), "slice: -1 images from 0 of 3");
  CHECK_FAILS((data::Images{0, 1, 2, {}, {}}.first(5)), "slice: 0 images from 0 of 0");
}

TEST_CASE("the classes reach up to the largest label, whether each of them occurs or not") {
  CHECK(data::Images{3, 1, 1, {1, 2, 3}, {4, 9, 6}}.classes() == 10);
  CHECK(data::Images{1, 1, 1, {1}, {0}}.classes() == 1);
  CHECK(data::Images{1, 1, 1, {1}, {}}.classes() == 0);
}

namespace {

// A picture of one grey, below `folder`.
void save(const TemporaryFolder& folder, const std::string& name, int grey) {
  std::filesystem::create_directories((folder.path / name).parent_path());
  io::write_file(folder / name, report::Picture(40, 30, static_cast<std::uint8_t>(grey)).png());
}

// The greys of a part, in order.
std::vector<int> greys(const data::Images& images) {
  std::vector<int> found;
  for (Index i = 0; i < images.count; ++i)
    found.push_back(images.pixels[static_cast<std::size_t>(i * images.pixels_per_image())]);
  return found;
}

}  // namespace

TEST_CASE("pictures are not made smaller than one pixel") {
  const TemporaryFolder folder;
  for (const auto& size : {std::pair{0, 28}, std::pair{28, 0}, std::pair{-1, 28}, std::pair{28, -1}})
    CHECK_FAILS(data::folder(folder.path.string(), size.first, size.second),
                text("folder: pictures of ", size.first, " x ", size.second, ", expected at least 1 x 1"));
}

TEST_CASE("a folder of pictures becomes a data set") {
  const TemporaryFolder folder;
  for (int i = 10; i < 30; ++i) save(folder, text(i < 20 ? "a/" : "b/", i, i % 2 ? ".png" : ".PNG"), i);
  std::ofstream(folder / "b/broken.jpg") << "no picture at all";
  std::ofstream(folder / "b/notes.txt") << "no picture by name";
  std::filesystem::create_symlink("loop", folder / "loop");
  REQUIRE(::mkfifo((folder / "b/pipe.png").c_str(), 0600) == 0);  // to read it would wait for ever
  const data::Dataset set = data::open(folder.path.string() + "/");
  CHECK(set.name == folder.path.filename().string());
  CHECK(set.train.count == 16);
  CHECK(set.test.count == 4);
  CHECK(set.train.pixels_per_image() == 784);
  const std::string start = "1 file was left out: " + folder.path.string() + "/b/broken.jpg: no picture";
  CHECK(set.note.find(start) == 0);
  std::vector<int> test = greys(set.test);
  std::sort(test.begin(), test.end());
  CHECK(test == std::vector<int>{11, 16, 21, 26});
}

TEST_CASE("a folder that has several names, by links, counts once") {
  const TemporaryFolder folder;
  for (int i = 10; i < 30; ++i) save(folder, text(i < 20 ? "a/" : "", i, ".png"), i);
  std::filesystem::create_symlink(".", folder / "loop");
  std::filesystem::create_symlink("a", folder / "z");
  const data::Dataset set = data::folder(folder.path.string());
  CHECK(set.train.count + set.test.count == 20);
}

TEST_CASE("a picture that is damaged, or of a format that is not read, is left out, and the note gives the reason") {
  const TemporaryFolder folder;
  for (int i = 10; i < 30; ++i) save(folder, text(i, ".png"), i);
  std::ofstream(folder / "01.png") << "GIF89a";
  CHECK(data::folder(folder.path.string()).note ==
        "1 file was left out: " + folder / "01.png" + ": no picture: expected a PNG or JPEG, found GIF");
  std::string cut = "\xff\xd8\xff\xe0";
  std::ofstream(folder / "00.jpg") << cut;
  const data::Dataset set = data::folder(folder.path.string());
  CHECK(set.train.count + set.test.count == 20);
  CHECK(set.note == "2 files were left out: " + folder / "00.jpg" +
                        ": no JPEG picture that can be read: Premature end of JPEG file");
}

TEST_CASE("what is no folder of pictures is refused") {
  CHECK_FAILS(data::open("nowhere"), "'nowhere' is neither mnist, nor fashion, nor a folder");
  CHECK_FAILS(data::open(std::string(5000, 'a')), "is neither mnist, nor fashion, nor a folder");
  const TemporaryFolder folder;
  CHECK_FAILS(data::open(folder.path.string()), "0 PNG or JPEG pictures found, at least 20 are needed, of which every");
  for (int i = 10; i < 29; ++i) save(folder, text(i, ".png"), i);
  CHECK_FAILS(data::open(folder.path.string()), "19 PNG or JPEG pictures found, at least 20");
}

TEST_CASE("the first pictures of a folder are a sample of all its classes, the same one each time") {
  const TemporaryFolder folder;
  for (int i = 0; i < 60; ++i) save(folder, text("class ", i / 20, "/", 10 + i, ".png"), 100 * (i / 20));
  const data::Dataset set = data::folder(folder.path.string()), again = data::folder(folder.path.string());
  CHECK(set.train.pixels == again.train.pixels);
  CHECK(set.train.labels == again.train.labels);
  for (const data::Images* part : {&set.train, &set.test}) {
    const auto half = part->labels.begin() + part->count / 2;
    for (const int label : {0, 1, 2}) CHECK(std::find(part->labels.begin(), half, label) != half);
    const std::vector<int> seen = greys(*part);
    for (std::size_t i = 0; i < seen.size(); ++i) CHECK(seen[i] == 100 * part->labels[i]);
  }
}

TEST_CASE("pictures of one class have no labels") {
  const TemporaryFolder folder;
  for (int i = 10; i < 31; ++i) save(folder, text("a/", i, ".png"), i);
  CHECK(data::folder(folder.path.string()).train.labels.empty());
  CHECK(data::folder(folder.path.string()).test.labels.empty());
  save(folder, "b/1.png", 0);  // of the second class, the twenty-second picture tests
  const data::Dataset set = data::folder(folder.path.string());
  CHECK(set.train.labels.empty());
  CHECK(set.test.labels.empty());
}

TEST_CASE("pictures beside the folders of others remove the labels, and the note reports it") {
  const TemporaryFolder folder;
  for (int i = 10; i < 40; ++i) save(folder, text(i % 2 ? "a/" : "b/", i, ".png"), i);
  std::ofstream(folder / "preview.png") << "no picture, so that it is left out";
  CHECK(data::folder(folder.path.string()).test.labels.size() == 6);
  save(folder, "loose.png", 1);
  const data::Dataset set = data::folder(folder.path.string());
  CHECK(set.train.count + set.test.count == 31);
  CHECK(set.train.labels.empty());
  CHECK(set.test.labels.empty());
  CHECK(set.note.ends_with("; there are no labels, since pictures lie beside the folders, too"));
  const TemporaryFolder flat;
  for (int i = 10; i < 30; ++i) save(flat, text(i, ".png"), i);
  CHECK(data::folder(flat.path.string()).train.labels.empty());
  CHECK(data::folder(flat.path.string()).note.empty());
}

TEST_CASE("a folder's note lists what was not read") {
  const TemporaryFolder folder;
  std::filesystem::permissions(folder.path, std::filesystem::perms::all);
  for (int i = 10; i < 30; ++i) save(folder, text(i % 2 ? "a/" : "b/", i, ".png"), i);
  save(folder, "a/in/1.png", 1), save(folder, ".trash/1.png", 1), save(folder, "a/.1.png", 1);
  CHECK(data::folder(folder.path.string()).note == "1 folder lies deeper and was not looked into");
  save(folder, "b/in/1.png", 1), save(folder, "shut/1.png", 1);
  std::filesystem::permissions(folder.path / "shut", std::filesystem::perms::none);
  const uid_t user = ::geteuid();
  [[maybe_unused]] const int as_anybody = ::seteuid(65534);  // to root no folder is shut
  const std::string note = data::folder(folder.path.string()).note;
  REQUIRE(::seteuid(user) == 0);
  CHECK(note == "1 folder was left out: " + (folder / "shut") +
                    ": cannot be read: Permission denied; 2 folders lie deeper and were not looked into");
  const TemporaryFolder nested;
  save(nested, "a/in/1.png", 1);
  CHECK_FAILS(data::folder(nested.path.string()), "0 PNG or JPEG pictures found, at least 20 are needed");
  CHECK_FAILS(data::folder(nested.path.string()), "1 folder lies deeper and was not looked into");
}

TEST_CASE("digits of another size are refused before a model meets them; an empty HOURGLASS_DATA is none") {
  const TemporaryFolder folder;
  std::filesystem::create_directories(folder.path / "mnist");
  std::ofstream(folder / "mnist/train-images-idx3-ubyte.gz")
      << std::string("\0\0\x08\x03\0\0\0\1\0\0\0\1\0\0\0\2ab", 18);
  std::ofstream(folder / "mnist/train-labels-idx1-ubyte.gz") << std::string("\0\0\x08\x01\0\0\0\1\7", 9);
  ::setenv("HOURGLASS_DATA", folder.path.c_str(), 1);
  CHECK_FAILS(data::mnist(), "train-images-idx3-ubyte.gz: images of 1 x 2, expected 28 x 28");
  ::setenv("HOURGLASS_DATA", "", 1);
  CHECK(data::folder_of_data().ends_with("/data"));
  ::unsetenv("HOURGLASS_DATA");
}
