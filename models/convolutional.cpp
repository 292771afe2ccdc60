#include <hourglass/models/convolutional.h>

#include <hourglass/nn/conv2d.h>
#include <hourglass/nn/function.h>
#include <hourglass/tensor/error.h>

namespace hourglass::HOURGLASS_BUILD::models {

Convolutional::Convolutional(const Options& o, Rng& rng) {
  require(!o.channels.empty(), "Convolutional: no channels given, at least one layer is needed");
  std::vector<Index> sides = {o.side}, channels = {1};  // from the image inwards
  for (const Index count : o.channels) {
    require(sides.back() >= 2, "Convolutional: an image of side ", o.side, " cannot be halved ", o.channels.size(),
            " times");
    sides.push_back((sides.back() + 1) / 2);
    channels.push_back(count);
  }
  const std::size_t last = o.channels.size();
  const Index inner = sides[last], features = channels[last] * inner * inner;

  encoder.add(nn::Reshape({1, o.side, o.side}));
  for (std::size_t i = 1; i <= last; ++i)
    encoder.add(nn::Conv2d({channels[i - 1], channels[i], 3, 2, 1}, Activation::relu, rng));
  encoder.add(nn::Reshape({features}));
  encoder.add(nn::Linear(features, o.code, Activation::none, rng));

  decoder.add(nn::Linear(o.code, features, Activation::relu, rng));
  decoder.add(nn::Reshape({channels[last], inner, inner}));
  for (std::size_t i = last; i >= 1; --i) {
    const Index even = sides[i - 1] % 2 == 0;  // (side - 1) · 2 - 2 + 3 is odd: an even image needs one row more
    decoder.add(nn::ConvTranspose2d({channels[i], channels[i - 1], 3, 2, 1, even},
                                    i > 1 ? Activation::relu : Activation::sigmoid, rng));
  }
  decoder.add(nn::Reshape({o.side * o.side}));
}

}  // namespace hourglass::HOURGLASS_BUILD::models
