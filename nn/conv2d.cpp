#include <hourglass/nn/conv2d.h>

#include <hourglass/autograd/ops.h>

namespace hourglass::HOURGLASS_BUILD::nn {

// The weight's axes are [first, second, kernel, kernel]; as in PyTorch, the second one counts as what a unit meets.
Convolution::Convolution(const char* layer, const ConvSizes& s, Index first, Index second, Activation act, Rng& rng)
    : sizes(s), activation(act) {
  require(s.in >= 1 && s.out >= 1 && s.kernel >= 1, layer, ": ", s.in, " to ", s.out, " channels by a kernel of ",
          s.kernel, ": all must be at least 1");
  const Index area = s.kernel * s.kernel;
  const auto start = [&](const Shape& shape) {
    return initial(Init::uniform_fan_in, shape, second * area, first * area, rng);
  };
  weight = Variable::parameter(start({first, second, s.kernel, s.kernel}));
  bias = Variable::parameter(start({s.out}));
}

LayerSpec Convolution::spec_of(const char* kind, const std::string& prefix) const {
  LayerSpec made{kind, prefix, activation};
  made.numbers["stride"] = static_cast<double>(sizes.stride);
  made.numbers["padding"] = static_cast<double>(sizes.padding);
  made.numbers["output_padding"] = static_cast<double>(sizes.output_padding);
  return made;
}

Conv2d::Conv2d(const ConvSizes& s, Activation act, Rng& rng) : Convolution("Conv2d", s, s.out, s.in, act, rng) {}

Variable Conv2d::forward(const Variable& x) {
  return conv2d(x, weight, bias, {sizes.stride, sizes.padding}, activation);
}

ConvTranspose2d::ConvTranspose2d(const ConvSizes& s, Activation act, Rng& rng)
    : Convolution("ConvTranspose2d", s, s.in, s.out, act, rng) {}

Variable ConvTranspose2d::forward(const Variable& x) {
  return conv_transpose2d(x, weight, bias, {sizes.stride, sizes.padding}, sizes.output_padding, activation);
}

}  // namespace hourglass::HOURGLASS_BUILD::nn
