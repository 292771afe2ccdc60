#include <hourglass/models/made.h>

#include <algorithm>

#include <hourglass/autograd/grad_mode.h>
#include <hourglass/autograd/ops.h>
#include <hourglass/nn/corruption.h>
#include <hourglass/tensor/elementwise.h>
#include <hourglass/tensor/error.h>
#include <hourglass/tensor/layout.h>

namespace hourglass::HOURGLASS_BUILD::models {

namespace {

// M [out, in]: 1 where unit `to` is connected to unit `from`: degrees up to its own, or below it for an output.
Tensor mask(const std::vector<Index>& from, const std::vector<Index>& to, bool output) {
  Tensor m({static_cast<Index>(to.size()), static_cast<Index>(from.size())});
  Scalar* row = m.write_();
  for (const Index own : to)
    for (const Index other : from) *row++ = output ? other < own : other <= own;
  return m;
}

}  // namespace

MaskedLinear::MaskedLinear(Tensor mask, Activation activation, Rng& rng)
    : full_(mask.size(1), mask.size(0), activation, rng), mask_(std::move(mask)) {
  Tensor weight = full_.weight.value();
  weight.copy_(where(mask_, weight, 0));
}

Variable MaskedLinear::forward(const Variable& x) {
  return linear(x, where(mask_, full_.weight, 0), full_.bias, full_.activation);
}

void MaskedLinear::describe(nn::NetworkSpec& into, const std::string& prefix) const {
  const Tensor& weight = full_.weight.value();
  for (Index i = 0; i < weight.numel(); ++i)
    require(mask_.data()[i] != 0 || weight.data()[i] == 0, "describe: layer ", prefix, " has the weight ",
            weight.data()[i], " where its mask allows none");
  full_.describe(into, prefix);
}

Made::Made(const Options& o, Rng& rng) {
  require(o.input >= 2, "Made: an input of ", o.input, ", at least 2 are needed");
  std::vector<Index> pixels(static_cast<std::size_t>(o.input));  // their degrees: the first to be predicted has 1
  for (int place : rng.permutation(static_cast<int>(o.input))) {
    order.push_back(o.shuffled ? place : static_cast<Index>(order.size()));
    pixels[static_cast<std::size_t>(order.back())] = static_cast<Index>(order.size());
  }
  std::vector<Index> below = pixels;
  for (const Index size : o.hidden) {
    const Index least = *std::min_element(below.begin(), below.end());  // or the unit would have no input
    std::vector<Index> degrees(static_cast<std::size_t>(std::max<Index>(size, 0)));
    for (Index& m : degrees) m = least + static_cast<Index>(rng.below(static_cast<std::uint64_t>(o.input - least)));
    encoder.add(MaskedLinear(mask(below, degrees, false), Activation::relu, rng));
    below = degrees;
  }
  decoder.add(MaskedLinear(mask(below, pixels, true), Activation::none, rng));
}

Variable Made::decode(const Variable& h) { return sigmoid(logits(h)); }

Tensor Made::sample(Index n, Rng& rng) {
  const NoGrad drawing;
  const Index input = static_cast<Index>(order.size());
  Tensor x = Tensor::zeros({n, input});
  for (const Index i : order) {
    const Tensor drawn = nn::binarize(narrow(decode(encode(x)).value(), 1, i, 1), rng);
    for (Index j = 0; j < n; ++j) x.write_()[j * input + i] = drawn.data()[j];
  }
  return x;
}

nn::Networks Made::networks() const {
  nn::Networks all = Module::networks();
  all["decoder"].push_back({"activation", "", Activation::sigmoid});
  return all;
}

}  // namespace hourglass::HOURGLASS_BUILD::models
