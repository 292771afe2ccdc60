#include <functional>

#include <hourglass/autograd/backward.h>
#include <hourglass/io/checkpoint.h>
#include <hourglass/io/reader.h>
#include <hourglass/models/adversarial.h>
#include <hourglass/models/undercomplete.h>
#include <hourglass/models/variational.h>
#include <hourglass/nn/adam.h>
#include <hourglass/tensor/parallel.h>
#include "tests/check.h"

using namespace hourglass;

namespace {

// Steps of training, on batches whose last one is smaller; large enough that the work is split.
template <class Train>
void batches(Rng& rng, const Train& train) {
  for (const Index n : {128, 128, 128, 37}) train(rng.uniform({n, 784}));
}

nn::Parameters undercomplete(Rng& rng) {
  models::Undercomplete model({}, rng);
  nn::Adam adam(model.parameters());
  batches(rng, [&](const Tensor& x) {
    adam.zero_grad();
    backward(model.loss(x).value);
    adam.step();
  });
  return model.parameters();
}

nn::Parameters variational(Rng& rng) {
  models::Variational model({}, rng);
  nn::Adam adam(model.parameters());
  batches(rng, [&](const Tensor& x) {
    adam.zero_grad();
    backward(model.loss(x, rng).value);
    adam.step();
  });
  return model.parameters();
}

nn::Parameters adversarial(Rng& rng) {
  models::Gan model({}, rng);
  nn::Adam discriminator(model.discriminator.parameters()), generator(model.generator.parameters());
  batches(rng, [&](const Tensor& x) {
    discriminator.zero_grad();
    backward(model.discriminator_loss(x, rng).value);
    discriminator.step();
    generator.zero_grad();
    backward(model.generator_loss(x.size(0), rng).value);
    generator.step();
  });
  return model.parameters();
}

}  // namespace

TEST_CASE("the same seed trains three models to the same files at 1, 2 and 4 threads, and again") {
  const int threads_before = threads();
  const TemporaryFolder folder;
  const std::string path = folder / "weights";
  for (const auto& train : {undercomplete, variational, adversarial}) {
    io::Bytes first;
    for (const int count : {1, 2, 4, 1}) {
      set_threads(count);
      Rng rng(7);
      io::save_weights(path, train(rng));
      const io::Bytes bytes = io::read_file(path, std::size_t{1} << 24);
      if (first.empty()) first = bytes;
      CHECK_MESSAGE(bytes == first, count << " threads");
    }
    Rng rng(8);
    io::save_weights(path, train(rng));
    CHECK(io::read_file(path, std::size_t{1} << 24) != first);  // the comparison can fail
  }
  set_threads(threads_before);
}
