#include <hourglass/codec/rate.h>

#include <cmath>

#include <hourglass/codec/jpeg.h>
#include <hourglass/tensor/random.h>
#include "tests/check.h"

using namespace hourglass;
using namespace hourglass::codec;

TEST_CASE("a rate's PSNR is that of all pixels together") {
  const Tensor x({2, 2}, {0, 0, 1, 1}), r({2, 2}, {0.2f, 0, 1, 1});  // mean squared error 0.01
  CHECK(rate(7, r, x).psnr == doctest::Approx(20).epsilon(1e-5));
  CHECK(rate(7, r, x).bytes == 7);
  CHECK_FAILS(rate(7, Tensor({1, 4}, {0, 0, 0, 0}), x), "rate: [1, 4] beside [2, 2]");
}

TEST_CASE("JPEG's rate is the sum over its mosaics, and the coarsest one that is good enough is found") {
  Rng rng(1);
  const Tensor x = rng.uniform({8, 64});
  const Tensor half({4, 64}, std::vector<Scalar>(x.data(), x.data() + 256));
  const double bytes = static_cast<double>(jpeg(mosaic(half, 2, 2, 8, 8), 30).size());
  CHECK(jpeg_rate(half, 2, 8, 8, 30).bytes == bytes);
  CHECK(jpeg_rate(x, 2, 8, 8, 30).bytes > 1.5 * bytes);
  const Rate found = jpeg_rate_at(20, x, 2, 8, 8);
  CHECK(found.psnr >= 20);
  CHECK(found.quality > 1);
  CHECK(jpeg_rate(x, 2, 8, 8, found.quality - 1).psnr < 20);
  CHECK(jpeg_rate_at(200, x, 2, 8, 8).quality == 100);
  const Rate fits = jpeg_rate_within(found.bytes, x, 2, 8, 8);
  CHECK(fits.bytes <= found.bytes);
  CHECK(jpeg_rate(x, 2, 8, 8, fits.quality + 1).bytes > found.bytes);
  CHECK(jpeg_rate_within(1e9, x, 2, 8, 8).quality == 100);
  CHECK(jpeg_rate_within(1, x, 2, 8, 8).quality == 1);
  const double nan = std::nan("");
  CHECK_FAILS(jpeg_rate_at(nan, x, 2, 8, 8), "jpeg_rate_at: the quality wanted is nan dB");
  CHECK_FAILS(jpeg_rate_within(nan, x, 2, 8, 8), "jpeg_rate_within: the room is nan bytes");
  Tensor broken = x.clone();
  broken.write_()[65] = static_cast<Scalar>(nan);
  CHECK_FAILS(rate(1, broken, x), "rate: r: row 1, column 1 of [8, 64] is nan");
  CHECK_FAILS(jpeg_rate(broken, 2, 8, 8, 30), "jpeg: a pixel is nan, expected 0 to 1");
  CHECK(std::isinf(rate(1, x, x).psnr));
  CHECK_FAILS(jpeg_rate(x, 3, 8, 8, 30), "jpeg_rate: [8, 64] are not mosaics of 3 × 3 images of 8 × 8");
}

TEST_CASE("mosaics are whole ones, of 10 x 10 images or fewer") {
  Rng rng(1);
  const Tensor x = rng.uniform({250, 3});
  CHECK(mosaics(x).side == 10);
  CHECK(mosaics(x).x.shape() == Shape({200, 3}));
  CHECK(mosaics(x).x.data()[599] == x.data()[599]);
  CHECK(mosaics(rng.uniform({11, 3})).side == 3);
  CHECK(mosaics(rng.uniform({11, 3})).x.shape() == Shape({9, 3}));
  CHECK(mosaics(rng.uniform({1, 3})).side == 1);
}
