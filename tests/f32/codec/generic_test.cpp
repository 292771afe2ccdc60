#include <hourglass/codec/generic.h>

#include <algorithm>
#include <cmath>

#include <hourglass/codec/bits.h>
#include <hourglass/data/mnist.h>
#include <hourglass/tensor/random.h>
#include "tests/check.h"

using namespace hourglass;

// What `printf '' | gzip -9 | wc -c` and its like print.
TEST_CASE("nothing takes as many bytes as the command-line tools need for it") {
  CHECK(codec::gzip_size({}) == 20);
  CHECK(codec::bzip2_size({}) == 14);
  CHECK(codec::xz_size({}) == 32);
}

namespace {

data::Images test_digits() {
  const std::string start = data::folder_of_data() + "/mnist/t10k-";
  return data::read_idx(start + "images-idx3-ubyte.gz", start + "labels-idx1-ubyte.gz");
}

double rate(std::size_t bytes, const Tensor& pixels) {
  return 8 * static_cast<double>(bytes) / static_cast<double>(pixels.numel());
}

}  // namespace

// Over the first 1,000 images, 784,000 bytes: what `bzip2` 1.0.8, `xz` 5.4.1 and Python's `gzip.compress(data, 9)`
// make of them. Over all 10,000, bzip2's rate is in print as 1.42 (Townsend et al. 2019).
TEST_CASE("the grey test digits as one stream take what the tools take") {
  const data::Images test = test_digits();
  const std::span<const std::uint8_t> first(test.pixels.data(), 784000);
  CHECK(codec::gzip_size(first) == 155845);
  CHECK(codec::bzip2_size(first) == 140424);
  CHECK(codec::xz_size(first) == 137236);
  CHECK(rate(codec::bzip2_size(test.pixels), test.tensor()) == doctest::Approx(1.415).epsilon(5e-4));
}

// 0.328, 0.250 and 0.278 with another draw of the pixels (measured with the command-line tools).
TEST_CASE("the binarised test digits, packed, as one stream: gzip, bzip2 and xz") {
  Rng rng(1);
  Tensor x = test_digits().tensor();
  const Tensor threshold = rng.uniform(x.shape());
  std::transform(threshold.data(), threshold.data() + x.numel(), x.data(), x.write_(),
                 [](Scalar u, Scalar grey) { return Scalar(u < grey); });
  const io::Bytes bits = codec::pack_bits(x);
  CHECK(std::abs(rate(codec::gzip_size(bits), x) - 0.328) < 2e-3);
  CHECK(std::abs(rate(codec::bzip2_size(bits), x) - 0.250) < 2e-3);
  CHECK(std::abs(rate(codec::xz_size(bits), x) - 0.278) < 2e-3);
}
