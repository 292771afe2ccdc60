#pragma once
#include <cstdint>
#include <functional>
#include <span>

#include <hourglass/nn/layer.h>

namespace hourglass::HOURGLASS_BUILD::metrics {

using Labels = std::span<const int>;

/// How long `fit_labels` trains, and how fast.
struct FitOptions {
  int epochs = 12;
  Index batch = 128;
  Number learning_rate = 2e-3, weight_decay = 0.01;                  ///< AdamW's; the rate of the first step
  std::uint64_t seed = 1;                                            ///< of the order of the images
};

/// Trains parameters to predict labels by AdamW, its rate falling to 0 along half a cosine: each step takes the rows of
/// a batch (every image once an epoch, in an order that depends on the seed; what fills no batch waits for the next
/// epoch) and their labels, and minimises `loss`. Throws unless a batch has from 1 to as many images as
/// there are, and when the loss is not finite.
void fit_labels(const nn::Parameters& parameters, Labels labels, const FitOptions& options,
                const std::function<Variable(std::span<const int> rows, Labels chosen)>& loss);

}  // namespace hourglass::HOURGLASS_BUILD::metrics
