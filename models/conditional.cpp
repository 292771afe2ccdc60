#include <hourglass/models/conditional.h>

#include <hourglass/autograd/ops.h>
#include <hourglass/nn/labels.h>

namespace hourglass::HOURGLASS_BUILD::models {

namespace {

Variable beside(const Variable& x, std::span<const int> labels, Index classes) {
  require(static_cast<Index>(labels.size()) == x.size(0), "labels: ", x.size(0), " images come with ", labels.size(),
          " labels, expected one for each");
  return cat({x, nn::one_hot(labels, classes)}, 1);
}

}  // namespace

Conditional::Conditional(const Options& o, Rng& rng) : classes(o.classes), code(o.code) {
  encoder = nn::mlp(stack(o.input + o.classes, o.hidden, 2 * o.code), Activation::relu, Activation::none, rng);
  decoder = nn::mlp(stack(o.code + o.classes, mirrored(o.hidden), o.input), Activation::relu, Activation::none, rng);
}

Posterior Conditional::posterior(const Variable& x, std::span<const int> labels) {
  return split_posterior(encoder.forward(beside(x, labels, classes)));
}

Variable Conditional::logits(const Variable& h, std::span<const int> labels) {
  return decoder.forward(beside(h, labels, classes));
}

Variable Conditional::decode(const Variable& h, std::span<const int> labels) { return sigmoid(logits(h, labels)); }

Loss Conditional::loss(const Tensor& x, std::span<const int> labels, Rng& rng) {
  const Posterior q = posterior(x, labels);
  return negative_elbo(logits(q.sample(rng), labels), x, q, 1);
}

}  // namespace hourglass::HOURGLASS_BUILD::models
