#pragma once
#include <span>

#include <hourglass/nn/loss.h>

// Labels are whole numbers, `std::span<const int>`, one an image.
namespace hourglass::HOURGLASS_BUILD::nn {

/// [n, classes]: a 1 at each image's label, 0 elsewhere. Throws, naming what is missing or outside, unless there are n
/// labels, all of them in 0 … classes - 1.
Tensor one_hot(std::span<const int> labels, Index n, Index classes);

/// -log softmax(z)[label], for logits z [n, classes]: nats per image. Throws as `one_hot`.
Loss cross_entropy(const Variable& logits, std::span<const int> labels);

}  // namespace hourglass::HOURGLASS_BUILD::nn
