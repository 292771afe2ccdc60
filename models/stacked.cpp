#include <hourglass/models/stacked.h>

#include <hourglass/autograd/ops.h>
#include <hourglass/nn/labels.h>
#include <hourglass/tensor/error.h>

namespace hourglass::HOURGLASS_BUILD::models {

StackedDenoising::StackedDenoising(const Options& o, Rng& rng)
    : top(o.sizes.empty() ? 1 : o.sizes.back(), o.classes, Activation::none, rng), corruption(o.corruption) {
  require(o.sizes.size() >= 2, "StackedDenoising: ", o.sizes.size(), " sizes given, an input and a layer are needed");
  for (std::size_t i = 1; i < o.sizes.size(); ++i) {
    up.emplace_back(o.sizes[i - 1], o.sizes[i], Activation::sigmoid, rng, nn::Init::xavier_uniform);
    down.emplace_back(o.sizes[i], o.sizes[i - 1], Activation::none, rng, nn::Init::xavier_uniform);  // to logits
  }
}

Variable StackedDenoising::encode(const Variable& x, Index count) {
  Variable h = x;
  for (Index i = 0; i < (count < 0 ? layers() : count); ++i) h = up.at(static_cast<std::size_t>(i)).forward(h);
  return h;
}

Variable StackedDenoising::decode(const Variable& h, Index count) {
  Variable r = h;
  for (Index i = count < 0 ? layers() : count; i-- > 0;) r = sigmoid(down.at(static_cast<std::size_t>(i)).forward(r));
  return r;
}

Loss StackedDenoising::layer_loss(Index i, const Tensor& x, Rng& rng) {
  require(i >= 0 && i < layers(), "StackedDenoising: there is no layer ", i, ", expected 0 to ", layers() - 1);
  const std::size_t at = static_cast<std::size_t>(i);
  const Variable below = stop_gradient(encode(x, i));
  const Variable h = up[at].forward(corruption(below.value(), rng));
  return nn::binary_cross_entropy_with_logits(down[at].forward(h), below);
}

Loss StackedDenoising::class_loss(const Tensor& x, std::span<const int> labels) {
  return nn::cross_entropy(classify(x), labels);
}

nn::Parameters StackedDenoising::layer_parameters(Index i) const {
  nn::Parameters all;
  const std::size_t at = static_cast<std::size_t>(i);
  up.at(at).collect(all, "encoder." + std::to_string(2 * i) + ".");
  down.at(at).collect(all, "decoder." + std::to_string(2 * (layers() - 1 - i)) + ".");
  return all;
}

nn::Parameters StackedDenoising::class_parameters() const {
  nn::Parameters all;
  for (Index i = 0; i < layers(); ++i)
    up[static_cast<std::size_t>(i)].collect(all, "encoder." + std::to_string(2 * i) + ".");
  top.collect(all, "classifier.");
  return all;
}

nn::Parameters StackedDenoising::parameters() const {
  nn::Parameters all = class_parameters();
  for (Index i = layers(); i-- > 0;)
    down[static_cast<std::size_t>(i)].collect(all, "decoder." + std::to_string(2 * (layers() - 1 - i)) + ".");
  return all;
}

nn::Networks StackedDenoising::networks() const {
  nn::Notes encoder, decoder;
  for (Index i = 0; i < layers(); ++i) {
    const std::size_t from_below = static_cast<std::size_t>(i), from_above = up.size() - 1 - from_below;
    up[from_below].describe(encoder, "encoder." + std::to_string(2 * i) + ".");
    down[from_above].describe(decoder, "decoder." + std::to_string(2 * i) + ".");
    decoder.back().activation = Activation::sigmoid;
  }
  nn::Notes classifier = encoder;
  top.describe(classifier, "classifier.");
  return {{"encoder", encoder}, {"decoder", decoder}, {"classifier", classifier}};
}

}  // namespace hourglass::HOURGLASS_BUILD::models
