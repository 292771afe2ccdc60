#include <hourglass/nn/labels.h>

#include <hourglass/autograd/ops.h>

namespace hourglass::HOURGLASS_BUILD::nn {

namespace {

void check(std::span<const int> labels, Index n, Index classes) {
  require(static_cast<Index>(labels.size()) == n, "labels: ", n, " images come with ", labels.size(),
          " labels, expected one for each");
  for (const int label : labels)
    require(label >= 0 && label < classes, "labels: ", label, " is not in 0 … ", classes - 1);
}

}  // namespace

Tensor one_hot(std::span<const int> labels, Index classes) {
  check(labels, std::ssize(labels), classes);
  Tensor y = Tensor::zeros({std::ssize(labels), classes});
  Scalar* to = y.write_();
  for (std::size_t i = 0; i < labels.size(); ++i) to[static_cast<Index>(i) * classes + labels[i]] = 1;
  return y;
}

Loss cross_entropy(const Variable& logits, std::span<const int> labels) {
  require(logits.dim() == 2, "cross_entropy: ", logits.shape(), " are not logits [n, classes]");
  check(labels, logits.size(0), logits.size(1));
  return {-mean(gather(log_softmax(logits, 1), 1, labels, {logits.size(0), 1})), Unit::nats_per_image};
}

}  // namespace hourglass::HOURGLASS_BUILD::nn
