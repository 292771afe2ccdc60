#include <hourglass/data/pictures.h>

#include <algorithm>
#include <cmath>

#include <hourglass/data/decode.h>
#include <hourglass/data/mnist.h>
#include <hourglass/io/npy.h>
#include <hourglass/tensor/error.h>
#include <hourglass/tensor/random.h>

namespace hourglass::HOURGLASS_BUILD::data {
namespace {

constexpr Index side = 25;

}  // namespace

Images faces() {
  constexpr Index count = 100;  // the file goes on with 100 pictures of other things
  const std::string path = folder_of_data() + "/lfw_subset.npy";
  const io::Entry file = io::read_npy(path);
  require(file.sizes == std::vector<Index>{2 * count, side, side}, path, ": expected 200 pictures of 25 x 25");
  const Tensor grey = file.tensor();
  Images images{count, side, side, {}, {}};
  images.pixels.resize(static_cast<std::size_t>(count * side * side));
  std::transform(grey.data(), grey.data() + images.pixels.size(), images.pixels.begin(), [&](Scalar value) {
    require(value >= 0 && value <= 1, path, ": grey ", value, ", expected 0 to 1");
    return static_cast<std::uint8_t>(std::lround(value * 255));
  });
  return images;
}

Images grass_patches(int count, std::uint64_t seed) {
  require(count >= 1, "grass_patches: count ", count, ", expected at least 1");
  const std::string path = folder_of_data() + "/grass.png";
  const Images grass = read_picture(path);
  require(grass.height >= side && grass.width >= side, path, ": ", grass.height, " x ", grass.width,
          " pixels, expected at least 25 x 25");
  Rng rng(seed);
  const auto within = [&](Index size) {
    return static_cast<Index>(rng.below(static_cast<std::uint64_t>(size - side + 1)));
  };
  Images patches{count, side, side, {}, {}};
  patches.pixels.reserve(static_cast<std::size_t>(count * side * side));
  for (int i = 0; i < count; ++i) {
    const Index top = within(grass.height), left = within(grass.width);
    for (Index row = top; row < top + side; ++row) {
      const std::uint8_t* from = grass.pixels.data() + row * grass.width + left;
      patches.pixels.insert(patches.pixels.end(), from, from + side);
    }
  }
  return patches;
}

}  // namespace hourglass::HOURGLASS_BUILD::data
