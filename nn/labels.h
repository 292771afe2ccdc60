#pragma once
#include <span>

#include <hourglass/nn/loss.h>

// Labels are whole numbers, `std::span<const int>`, one an image.
namespace hourglass::HOURGLASS_BUILD::nn {

/// [labels, classes]: a 1 at each label, 0 elsewhere. Throws, naming what is outside, unless all labels are in
/// 0 … classes - 1, and when there is none.
Tensor one_hot(std::span<const int> labels, Index classes);

/// -log softmax(z)[label], for logits z [n, classes]: nats per image. Throws as `one_hot`, and
/// unless there are n labels.
Loss cross_entropy(const Variable& logits, std::span<const int> labels);

}  // namespace hourglass::HOURGLASS_BUILD::nn
