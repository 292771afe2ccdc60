#include "nn/labels.h"

#include "autograd/ops.h"
#include "tensor/error.h"

namespace hourglass::inline HOURGLASS_BUILD::nn {

Tensor one_hot(std::span<const int> labels, Index n, Index classes) {
  require(static_cast<Index>(labels.size()) == n, "labels: ", n, " images come with ", labels.size(),
          " labels, expected one for each");
  Tensor y = Tensor::zeros({n, classes});
  Scalar* row = y.write_();
  for (const int label : labels) {
    require(label >= 0 && label < classes, "labels: ", label, " is not in 0 … ", classes - 1);
    row[label] = 1;
    row += classes;
  }
  return y;
}

Loss class_cross_entropy(const Variable& logits, std::span<const int> labels) {
  require(logits.rank() == 2, "class_cross_entropy: ", logits.shape(), " are not logits [n, classes]");
  const Variable y = one_hot(labels, logits.size(0), logits.size(1));
  return {-sum(y * log_softmax(logits, 1)) / static_cast<Scalar>(logits.size(0)), Unit::nats_per_image};
}

}  // namespace hourglass::inline HOURGLASS_BUILD::nn
