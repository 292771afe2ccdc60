#include <hourglass/data/loader.h>

#include <limits>
#include <numeric>
#include <span>

#include <hourglass/tensor/error.h>
#include <hourglass/tensor/random.h>

namespace hourglass::HOURGLASS_BUILD::data {
namespace {

std::vector<int> in_order(int count) {
  std::vector<int> order(static_cast<std::size_t>(count));
  std::iota(order.begin(), order.end(), 0);
  return order;
}

}  // namespace

DataLoader::DataLoader(Shared shared, const Options& options) : images_(std::move(shared)), options_(options) {
  const Images& images = *images_;
  const Index size = options.batch_size;
  images.check("DataLoader");
  require(images.count >= 1 && images.count <= std::numeric_limits<int>::max(), "DataLoader: ", images.count,
          " images, expected 1 to ", std::numeric_limits<int>::max());
  require(size >= 1, "DataLoader: a batch size of ", size, ", expected at least 1");
  // hole count: how many images an epoch has: all, or with drop_last those of full batches
  count_ = options.drop_last ? images.count / size * size : images.count;
  // end of hole
  require(count_ >= 1, "DataLoader: drop_last leaves nothing: batches of ", size, " from ", images.count, " images");
  require(options.ranks >= 1, "DataLoader: ", options.ranks, " ranks, expected at least 1");
  require(options.rank >= 0 && options.rank < options.ranks, "DataLoader: rank ", options.rank, ", expected 0 to ",
          options.ranks - 1);
  const Index last = (count_ - 1) % size + 1;  // images of the last batch
  require(last >= options.ranks, "DataLoader: a batch of ", last, " images for ", options.ranks,
          " ranks, expected at least one each", size >= options.ranks ? "; drop_last leaves the last batch out" : "");
}

DataLoader::Epoch DataLoader::epoch(std::uint64_t number, Index done) const {
  require(done >= 0 && done <= count_, "DataLoader: ", done, " images are done of an epoch of ", count_);
  // hole shuffle: a permutation that depends on seed, stream and number alone; or the given order
  const int all = static_cast<int>(images_->count);
  Rng rng = Rng(options_.seed, options_.stream).fork(number);
  return Epoch(images_, options_, count_, done, options_.shuffle ? rng.permutation(all) : in_order(all));
  // end of hole
}

Batch DataLoader::Epoch::behind(Index done) const {
  require(done >= 0 && done < count_, "DataLoader: no batch is left behind ", done, " of ", count_, " images");
  const Index size = size_behind(done);
  Index first = 0, last = size;  // of this rank's part, counted in the batch
  // hole part: those from r n / R up to (r + 1) n / R, rounded down, for rank r of R and a batch of n
  first = options_.rank * size / options_.ranks;
  last = (options_.rank + 1) * size / options_.ranks;
  // end of hole
  // hole batch: the images of this part, in the order of the epoch, and their labels where there are labels
  const auto indices =
      std::span(order_).subspan(static_cast<std::size_t>(done + first), static_cast<std::size_t>(last - first));
  Batch batch{images_->batch(indices), {}, done + size};
  if (images_->labels.empty()) return batch;
  batch.labels.reserve(indices.size());
  for (const int index : indices) batch.labels.push_back(images_->labels[static_cast<std::size_t>(index)]);
  return batch;
  // end of hole
}

}  // namespace hourglass::HOURGLASS_BUILD::data
