#include <sys/stat.h>

#include <algorithm>
#include <cstdlib>
#include <ctime>
#include <fstream>

#include "data/mnist.h"
#include "data/open.h"
#include "report/picture.h"
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

TEST_CASE("clothes say how they were split") {
  const data::Dataset clothes = data::fashion();
  const bool all = clothes.train.count == 60000;
  CHECK((all ? clothes.test.count == 10000 : clothes.train.count == 8000 && clothes.test.count == 2000));
  CHECK(clothes.note.empty() == all);
}

TEST_CASE("a batch is the images asked for, as numbers from 0 to 1") {
  const data::Images images{3, 1, 2, {0, 255, 51, 102, 10, 20}, {4, 5, 6}};
  const Tensor x = images.batch(std::vector<int>{2, 1});
  CHECK(x.shape() == Shape{2, 2});
  CHECK(x.at({0, 0}) == doctest::Approx(10 / 255.0));
  CHECK(x.at({1, 1}) == doctest::Approx(0.4));
  CHECK(images.slice(1, 2).labels == std::vector<int>{5, 6});
  CHECK_FAILS(images.batch(std::vector<int>{3}), "batch: image 3 of 3");
  CHECK_FAILS(images.slice(2, 2), "slice: 2 images from 2 of 3");
}

TEST_CASE("a folder of pictures becomes a data set") {
  const TemporaryFolder folder;
  const auto save = [&](const std::string& name, std::uint8_t grey) {
    const auto bytes = report::Picture(40, 30, grey).png();
    std::ofstream(folder / name, std::ios::binary)
        .write(reinterpret_cast<const char*>(bytes.data()), static_cast<std::streamsize>(bytes.size()));
  };
  CHECK_FAILS(data::open(folder.path.string()), "0 PNG or JPEG pictures found, at least 2");
  std::filesystem::create_directories(folder.path / "a");
  std::filesystem::create_directories(folder.path / "b");
  save("a/1.png", 10);
  save("a/2.PNG", 20);
  save("b/1.png", 250);
  std::ofstream(folder / "b/broken.jpg") << "no picture at all";
  std::ofstream(folder / "b/notes.txt") << "no picture by name";
  std::filesystem::create_symlink("loop", folder / "loop");
  REQUIRE(::mkfifo((folder / "b/pipe.png").c_str(), 0600) == 0);  // to read it would wait for ever
  const data::Dataset set = data::open(folder.path.string() + "/");
  CHECK(set.name == folder.path.filename().string());
  CHECK(set.train.count == 2);
  CHECK(set.test.count == 1);
  CHECK(set.train.pixels_per_image() == 784);
  CHECK(set.train.labels == std::vector<int>{0, 1});
  CHECK(set.train.pixels[0] == 10);
  CHECK(set.train.pixels[784] == 250);
  CHECK(set.note.find("1 file was left out") == 0);
  CHECK(set.note.find("broken.jpg: no picture") != std::string::npos);
  CHECK_FAILS(data::open("nowhere"), "'nowhere' is neither mnist, nor fashion, nor a folder");
  CHECK_FAILS(data::open(std::string(5000, 'a')), "is neither mnist, nor fashion, nor a folder");
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
