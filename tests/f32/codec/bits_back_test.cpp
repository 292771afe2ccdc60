#include <hourglass/codec/bits_back.h>
#include <hourglass/models/variational.h>

#include <algorithm>

#include <hourglass/tensor/parallel.h>
#include "tests/check.h"

using namespace hourglass;

// In float, with networks so large that their products are spread over the threads.
TEST_CASE("bits-back: the decoder gets the encoder's bits, at any number of threads") {
  Rng rng(1);
  models::Variational model({.input = 784, .hidden = {100}, .code = 40}, rng);
  const Tensor images = rng.bernoulli({50, 784}, Scalar(0.2));
  const int before = threads();
  set_threads(1);
  const codec::BitsBack coded = codec::bits_back_encode(model, images);
  set_threads(2);
  const Tensor back = codec::bits_back_decode(model, coded.stream, 50, 784);
  CHECK(codec::bits_back_encode(model, images).stream == coded.stream);
  set_threads(before);
  CHECK(std::equal(back.data(), back.data() + back.numel(), images.data()));
}
