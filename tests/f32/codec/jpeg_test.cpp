#include <hourglass/codec/jpeg.h>

#include <cmath>

#include <hourglass/data/mnist.h>
#include <hourglass/tensor/random.h>
#include "tests/check.h"

using namespace hourglass;

namespace {

data::Images test_digits() {
  const std::string start = data::folder_of_data() + "/mnist/t10k-";
  return data::read_idx(start + "images-idx3-ubyte.gz", start + "labels-idx1-ubyte.gz");
}

double psnr(const Tensor& a, const Tensor& b) {
  double sum = 0;
  for (Index i = 0; i < a.numel(); ++i) sum += std::pow(a.data()[i] - b.data()[i], 2);
  return 10 * std::log10(static_cast<double>(a.numel()) / sum);
}

Tensor digits() { return codec::mosaic(test_digits().slice(0, 100).tensor()); }

}  // namespace

TEST_CASE("a mosaic sets each image into its position") {
  Rng rng(1);
  const Tensor images = rng.uniform({100, 784}), whole = codec::mosaic(images);
  CHECK(whole.shape() == Shape{280, 280});
  for (Index i : {0, 9, 10, 57, 99})
    for (Index y : {0, 27})
      for (Index x : {0, 27}) CHECK(whole.at({i / 10 * 28 + y, i % 10 * 28 + x}) == images.at({i, y * 28 + x}));
  CHECK(codec::mosaic(Tensor({2, 3}, {1, 2, 3, 4, 5, 6}), 1, 2, 3, 1).at({2, 1}) == 6);
  CHECK_FAILS(codec::mosaic(rng.uniform({99, 784})), "images are [99, 784], expected 10 x 10 of 28 x 28");
}

TEST_CASE("JPEG: a file, and the image again, the better the more bytes") {
  const Tensor image = digits();
  double before = 0;
  std::size_t bytes_before = 0;
  for (int quality : {5, 25, 50, 75, 95}) {
    const io::Bytes bytes = codec::jpeg(image, quality);
    CHECK(bytes.size() > bytes_before);
    CHECK((bytes[0] == 0xff && bytes[1] == 0xd8 && bytes[bytes.size() - 1] == 0xd9));  // start and end of image
    const Tensor back = codec::read_jpeg("digits.jpeg", bytes);
    CHECK(back.shape() == image.shape());
    CHECK(psnr(back, image) > before + 1);
    before = psnr(back, image), bytes_before = bytes.size();
  }
  // Even grey comes back to the half step of an 8-bit pixel.
  const Tensor grey = codec::read_jpeg("grey.jpeg", codec::jpeg(Tensor::full({9, 17}, Scalar(0.25)), 90));
  for (Scalar value : grey.values()) CHECK(std::abs(value - 0.25) < 0.004);
}

TEST_CASE("what is no grey JPEG file is refused by name") {
  const io::Bytes bytes = codec::jpeg(digits(), 50);
  CHECK_FAILS(codec::read_jpeg("a.jpeg", {}), "a.jpeg: no JPEG picture that can be read: it is empty");
  CHECK_FAILS(codec::read_jpeg("a.jpeg", io::Bytes(100, 7)), "a.jpeg: no JPEG picture that can be read: Not a JPEG");
  for (std::size_t length : {std::size_t{2}, std::size_t{50}, bytes.size() / 2, bytes.size() - 3})
    CHECK_FAILS(codec::read_jpeg("a.jpeg", std::span(bytes).first(length)), "a.jpeg: ");
  io::Bytes huge = bytes;
  for (std::size_t i = 0; i + 8 < huge.size(); ++i)
    if (huge[i] == 0xff && huge[i + 1] == 0xc0) huge[i + 5] = huge[i + 6] = huge[i + 7] = huge[i + 8] = 0xf0;  // sides
  CHECK_FAILS(codec::read_jpeg("a.jpeg", huge), "a.jpeg: 61680 x 61680 pixels, expected 1 to 16384 a side");
  CHECK_FAILS(codec::jpeg(digits(), 0), "quality 0, expected 1 to 100");
  CHECK_FAILS(codec::jpeg(Tensor({1, 1}, {2}), 50), "a pixel is 2, expected 0 to 1");
  CHECK_FAILS(codec::jpeg(Tensor({1}, {1}), 50), "the image is [1], expected [height, width]");
}
