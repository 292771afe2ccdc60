#include "nn/convolution.h"

#include "autograd/ops.h"
#include "tensor/error.h"

namespace hourglass::inline HOURGLASS_BUILD::nn {
namespace {

void check(const ConvSizes& s, const char* layer) {
  require(s.in >= 1 && s.out >= 1 && s.kernel >= 1, layer, ": ", s.in, " to ", s.out, " channels by a kernel of ",
          s.kernel, ": all must be at least 1");
}

}  // namespace

Conv2d::Conv2d(const ConvSizes& s, Activation act, Rng& rng) : sizes(s), activation(act) {
  check(s, "Conv2d");
  const Index area = s.kernel * s.kernel;
  weight = Variable::parameter(
      initial(Init::uniform_fan_in, {s.out, s.in, s.kernel, s.kernel}, s.in * area, s.out * area, rng));
  bias = Variable::parameter(initial(Init::uniform_fan_in, {s.out}, s.in * area, s.out * area, rng));
}

Variable Conv2d::forward(const Variable& x) {
  return conv2d(x, weight, bias, {sizes.stride, sizes.padding}, activation);
}

void Conv2d::collect(Parameters& into, const std::string& prefix) const {
  into.push_back({prefix + "weight", weight});
  into.push_back({prefix + "bias", bias});
}

ConvTranspose2d::ConvTranspose2d(const ConvSizes& s, Activation act, Rng& rng) : sizes(s), activation(act) {
  check(s, "ConvTranspose2d");
  const Index area = s.kernel * s.kernel;  // PyTorch counts the output as the fan in here
  weight = Variable::parameter(
      initial(Init::uniform_fan_in, {s.in, s.out, s.kernel, s.kernel}, s.out * area, s.in * area, rng));
  bias = Variable::parameter(initial(Init::uniform_fan_in, {s.out}, s.out * area, s.in * area, rng));
}

Variable ConvTranspose2d::forward(const Variable& x) {
  return conv_transpose2d(x, weight, bias, {sizes.stride, sizes.padding}, sizes.output_padding, activation);
}

void ConvTranspose2d::collect(Parameters& into, const std::string& prefix) const {
  into.push_back({prefix + "weight", weight});
  into.push_back({prefix + "bias", bias});
}

}  // namespace hourglass::inline HOURGLASS_BUILD::nn
