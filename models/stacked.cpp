#include <hourglass/models/stacked.h>

#include <hourglass/autograd/ops.h>
#include <hourglass/nn/labels.h>
#include <hourglass/tensor/error.h>

namespace hourglass::HOURGLASS_BUILD::models {
namespace {

// The i-th layer's name in PyTorch, where its activation is a module too.
std::string layer_name(const char* network, std::size_t i) { return network + ("." + std::to_string(2 * i)); }

}  // namespace

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
  const Variable below = encode(x, i).detach();
  const Variable h = up[at].forward(corruption(below.value(), rng));
  return nn::binary_cross_entropy_with_logits(down[at].forward(h), below);
}

Loss StackedDenoising::class_loss(const Tensor& x, std::span<const int> labels) {
  return nn::cross_entropy(classify(x), labels);
}

nn::Members StackedDenoising::members() {
  nn::Members all;
  for (std::size_t i = 0; i < up.size(); ++i) all.emplace_back(layer_name("encoder", i), up[i]);
  all.emplace_back("classifier", top);
  for (std::size_t i = down.size(); i-- > 0;) all.emplace_back(layer_name("decoder", down.size() - 1 - i), down[i]);
  return all;
}

nn::Parameters StackedDenoising::layer_parameters(Index i) const {
  const std::size_t at = static_cast<std::size_t>(i);
  nn::Parameters all = up.at(at).parameters(layer_name("encoder", at) + ".");
  for (const nn::Parameter& p : down[at].parameters(layer_name("decoder", down.size() - 1 - at) + "."))
    all.push_back(p);
  return all;
}

nn::Parameters StackedDenoising::class_parameters() const {
  nn::Parameters all = parameters();
  std::erase_if(all, [](const nn::Parameter& p) { return p.name.starts_with("decoder."); });
  return all;
}

nn::Networks StackedDenoising::networks() const {
  nn::NetworkSpec encoder, decoder;
  for (std::size_t i = 0; i < up.size(); ++i) {
    up[i].describe(encoder, layer_name("encoder", i) + ".");
    down[up.size() - 1 - i].describe(decoder, layer_name("decoder", i) + ".");
    decoder.back().activation = Activation::sigmoid;
  }
  nn::NetworkSpec classifier = encoder;
  top.describe(classifier, "classifier.");
  return {{"encoder", encoder}, {"decoder", decoder}, {"classifier", classifier}};
}

}  // namespace hourglass::HOURGLASS_BUILD::models
