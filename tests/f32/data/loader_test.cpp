#include <hourglass/data/loader.h>

#include <algorithm>
#include <cmath>
#include <limits>
#include <thread>

#include <hourglass/autograd/ops.h>
#include <hourglass/tensor/random.h>
#include "tests/check.h"

using namespace hourglass;

namespace {

// Image i is of the grey i, with the label 100 + i.
data::Images greys(Index count) {
  data::Images images{count, 1, 2, {}, {}};
  for (Index i = 0; i < count; ++i) {
    images.pixels.insert(images.pixels.end(), 2, static_cast<std::uint8_t>(i));
    images.labels.push_back(static_cast<int>(100 + i));
  }
  return images;
}

int grey(const Tensor& x, Index row) { return static_cast<int>(std::lround(x.at({row, 1}) * 255)); }

// The greys that a loop sees, in order.
std::vector<int> seen(const data::DataLoader::Epoch& epoch) {
  std::vector<int> all;
  for (const Tensor& x : epoch)
    for (Index row = 0; row < x.size(0); ++row) all.push_back(grey(x, row));
  return all;
}

std::vector<int> sorted(std::vector<int> values) {
  std::sort(values.begin(), values.end());
  return values;
}

}  // namespace

TEST_CASE("a loader hands out all images in mini-batches, with their labels") {
  const data::Images images = greys(10);
  const data::DataLoader loader(images, {.batch_size = 4, .shuffle = true, .seed = 3});
  CHECK(loader.images() == 10);
  CHECK(loader.batches() == 3);
  std::vector<Index> sizes, done;
  for (const data::Batch& x : loader.epoch(1)) {
    sizes.push_back(x.size(0));
    done.push_back(x.done);
    REQUIRE(x.shape() == Shape{x.size(0), 2});
    for (Index row = 0; row < x.size(0); ++row) CHECK(x.labels.at(static_cast<std::size_t>(row)) == 100 + grey(x, row));
  }
  CHECK(sizes == std::vector<Index>{4, 4, 2});
  CHECK(done == std::vector<Index>{4, 8, 10});
}

TEST_CASE("the order is a function of seed, stream and epoch") {
  const data::Images images = greys(100);
  const auto order = [&](std::uint64_t seed, std::uint64_t stream, std::uint64_t epoch) {
    const data::DataLoader loader(images, {.batch_size = 7, .shuffle = true, .seed = seed, .stream = stream});
    return seen(loader.epoch(epoch));
  };
  const std::vector<int> first = order(1, 0, 1);
  CHECK(first == Rng(1).fork(1).permutation(100));
  CHECK(order(1, 0, 1) == first);
  for (const std::vector<int>& other : {order(2, 0, 1), order(1, 1, 1), order(1, 0, 2)}) {
    CHECK(other != first);
    CHECK(sorted(other) == sorted(first));
  }
  CHECK(seen(data::DataLoader(images, {.batch_size = 9}).epoch(5)) == sorted(first));
}

TEST_CASE("each loop over a loader gives all batches: after a break, within another, in many threads") {
  const data::Images images = greys(10);
  const data::DataLoader loader(images, {.batch_size = 3, .shuffle = true});
  const std::vector<int> all = seen(loader.epoch(1));
  const auto epoch = loader.epoch(1);
  for ([[maybe_unused]] const data::Batch& x : epoch) break;
  CHECK(seen(epoch) == all);
  CHECK(seen(epoch) == all);
  int outer = 0;
  for ([[maybe_unused]] const data::Batch& x : epoch) {
    ++outer;
    CHECK(seen(epoch) == all);
  }
  CHECK(outer == 4);
  std::vector<int> found(4);
  std::vector<std::thread> threads;
  for (int& same : found) threads.emplace_back([&] { same = seen(loader.epoch(1)) == all; });
  for (std::thread& thread : threads) thread.join();
  CHECK(found == std::vector<int>{1, 1, 1, 1});
}

TEST_CASE("a training that is resumed goes on behind the batch that it reached") {
  const data::Images images = greys(10);
  const data::DataLoader loader(images, {.batch_size = 4, .shuffle = true});
  const std::vector<int> all = seen(loader.epoch(2));
  for (const data::Batch& x : loader.epoch(2))
    CHECK(seen(loader.epoch(2, x.done)) == std::vector<int>(all.begin() + x.done, all.end()));
  CHECK_FAILS(loader.epoch(2, 11), "DataLoader: 11 images are done of an epoch of 10");
  CHECK_FAILS(loader.epoch(2, -1), "DataLoader: -1 images are done");
}

TEST_CASE("drop_last leaves out a smaller last batch") {
  const data::Images images = greys(10);
  const data::DataLoader loader(images, {.batch_size = 4, .shuffle = true, .drop_last = true});
  CHECK(loader.images() == 8);
  CHECK(loader.batches() == 2);
  const std::vector<int> order = Rng(1).fork(1).permutation(10);
  CHECK(seen(loader.epoch(1)) == std::vector<int>(order.begin(), order.begin() + 8));
  CHECK(data::DataLoader(images, {.batch_size = 5, .drop_last = true}).images() == 10);
  CHECK_FAILS(data::DataLoader(images, {.batch_size = 11, .drop_last = true}),
              "drop_last leaves nothing: batches of 11 from 10 images");
}

TEST_CASE("the parts of all ranks are the mini-batches of one process") {
  const data::Images images = greys(20);
  const data::DataLoader whole(images, {.batch_size = 7, .shuffle = true, .seed = 3});
  for (const int ranks : {1, 2, 3, 6}) {
    std::vector<data::DataLoader> loaders;
    for (int rank = 0; rank < ranks; ++rank)
      loaders.emplace_back(
          images, data::DataLoader::Options{.batch_size = 7, .shuffle = true, .seed = 3, .rank = rank, .ranks = ranks});
    for (const data::Batch& batch : whole.epoch(2)) {
      std::vector<int> expected, labels, found;
      for (Index row = 0; row < batch.size(0); ++row) expected.push_back(grey(batch, row));
      for (const data::DataLoader& loader : loaders) {
        CHECK(loader.images() == 20);
        CHECK(loader.batches() == 3);
        const data::Batch part = *loader.epoch(2, batch.done - batch.size(0)).begin();
        CHECK(part.done == batch.done);  // a resumed training goes on at one place in all ranks
        const Index share = batch.size(0) / ranks;
        CHECK((part.size(0) == share || part.size(0) == share + 1));
        for (Index row = 0; row < part.size(0); ++row) found.push_back(grey(part, row));
        labels.insert(labels.end(), part.labels.begin(), part.labels.end());
      }
      CHECK(found == expected);
      CHECK(labels == batch.labels);
    }
  }
}

TEST_CASE("a loader refuses a rank that is none, and a batch with too few images for all ranks") {
  const data::Images images = greys(10);
  CHECK_FAILS(data::DataLoader(images, {.rank = 2, .ranks = 2}), "DataLoader: rank 2, expected 0 to 1");
  CHECK_FAILS(data::DataLoader(images, {.rank = -1, .ranks = 2}), "DataLoader: rank -1, expected 0 to 1");
  CHECK_FAILS(data::DataLoader(images, {.ranks = 0}), "DataLoader: 0 ranks, expected at least 1");
  CHECK_FAILS(
      data::DataLoader(images, {.batch_size = 4, .ranks = 3}),
      "DataLoader: a batch of 2 images for 3 ranks, expected at least one each; drop_last leaves the last batch out");
  CHECK(data::DataLoader(images, {.batch_size = 4, .drop_last = true, .ranks = 3}).images() == 8);
  CHECK_FAILS(data::DataLoader(images, {.batch_size = 2, .ranks = 3}),
              "2 images for 3 ranks, expected at least one each");
}

TEST_CASE("a loader refuses what gives no batches, and images that are not whole") {
  const data::Images images = greys(3), none{0, 1, 2, {}, {}};
  data::Images unlabelled = greys(3), torn = greys(3), odd = greys(3);
  unlabelled.labels.clear();
  torn.pixels.pop_back();
  odd.labels.pop_back();
  CHECK_FAILS(data::DataLoader(images, {.batch_size = 0}), "DataLoader: a batch size of 0, expected at least 1");
  CHECK_FAILS(data::DataLoader(images, {.batch_size = -1}), "a batch size of -1");
  CHECK_FAILS(data::DataLoader(none, {}), "DataLoader: 0 images, expected 1 to 2147483647");
  CHECK_FAILS(data::DataLoader(torn, {}), "DataLoader: 5 pixels, expected 3 images of 1 x 2");
  CHECK_FAILS(data::DataLoader(odd, {}), "DataLoader: 2 labels for 3 images");
  CHECK_FAILS(torn.batch(std::vector<int>{0}), "batch: 5 pixels, expected 3 images of 1 x 2");
  CHECK_FAILS(odd.slice(0, 2), "slice: 2 labels for 3 images");
  for (const data::Batch& x : data::DataLoader(unlabelled, {.batch_size = 2}).epoch(1)) CHECK(x.labels.empty());
  for (const data::Batch& x : data::DataLoader(images, {.batch_size = Index{1} << 62}).epoch(1)) CHECK(x.size(0) == 3);
}

TEST_CASE("a loader keeps the images of a temporary, and a loop those of a loader that is one") {
  const data::DataLoader loader(greys(3).slice(1, 2), {.batch_size = 2});
  for (int epoch = 1; epoch <= 2; ++epoch) CHECK(seen(loader.epoch(1)) == std::vector<int>{1, 2});
  for (const data::Batch& x : data::DataLoader(greys(5), {.batch_size = 5}).epoch(1)) CHECK(grey(x, 4) == 4);
  data::DataLoader copy = loader;
  copy = data::DataLoader(greys(1), {});
  CHECK(seen(copy.epoch(1)) == std::vector<int>{0});
  CHECK(seen(loader.epoch(1)) == std::vector<int>{1, 2});
}

TEST_CASE("a batch is a tensor in every expression") {
  const data::Images images = greys(3);
  const Tensor all = images.tensor();
  for (const data::Batch& x : data::DataLoader(images, {.batch_size = 3}).epoch(1)) {
    const auto same = [](const Tensor& a, const Tensor& b) { return std::ranges::equal(a.values(), b.values()); };
    CHECK(same(2 * x - 1, 2 * all - 1));
    CHECK(same(x / all.size(1) + x * all, all / all.size(1) + all * all));
    CHECK(same(x > 0.005, all > 0.005));
    CHECK(same((Variable(all) - x).value(), all - all));
    CHECK(same(reshape(x, {2, -1}), reshape(all, {2, -1})));
    CHECK(same(permute(x, {1, 0}), transpose(all)));
    CHECK(same(split(x, 1, 1)[1], split(all, 1, 1)[1]));
    CHECK(same(sum(x, {0, 1}), sum(all)));
    CHECK(same(mean(x, {0, 1}), mean(all, {0, 1})));
    CHECK(amax(x).item() == amax(all).item());
  }
}

TEST_CASE("a batch of no images is refused, and a slice does not overflow") {
  const data::Images images = greys(3);
  CHECK_FAILS(images.batch({}), "batch: no indices, expected at least one");
  CHECK_FAILS(images.batch(std::vector<int>{-1}), "batch: image -1 of 3");
  const Index most = std::numeric_limits<Index>::max();
  CHECK_FAILS(images.slice(1, most), "images from 1 of 3");
  CHECK_FAILS(images.slice(most, 1), "images from");
  CHECK_FAILS(images.slice(0, 0), "slice: 0 images from 0 of 3");
  CHECK_FAILS(images.slice(-1, 2), "slice: 2 images from -1 of 3");
}
