#pragma once
#include <span>
#include <vector>

#include <hourglass/models/autoencoder.h>
#include <hourglass/nn/corruption.h>

namespace hourglass::HOURGLASS_BUILD::models {

/// Stacked denoising autoencoders: each layer learns, one after the other and without labels, to restore the
/// corrupted code of the layers below it; then all of them are fine-tuned as one classifier.
///
///     layer i:      h_i = f_i(h_{i-1}),   L(h_{i-1}, g_i(f_i(h~_{i-1}))),   h_0 = x          L the cross-entropy
///
///     fine-tuning:  -log softmax(W h_last + b)[label]
///
/// Vincent et al. 2010, "Stacked denoising autoencoders", §3 and table 3. Units are sigmoid: every code is in [0, 1].
struct StackedDenoising : nn::Module {
  /// Sizes, and how each layer's input is corrupted.
  struct Options {
    std::vector<Index> sizes = {784, 1000, 1000, 1000};  ///< from the input up
    Index classes = 10;
    nn::Corruption corruption = {nn::Corruption::Kind::masking, 0.25};
  };
  /// Throws unless there are an input and a layer at least.
  StackedDenoising(const Options& options, Rng& rng);

  /// How many the encoder has.
  Index layers() const { return static_cast<Index>(up.size()); }
  /// The code after the first `count` layers; of all of them by default.
  Variable encode(const Variable& x, Index count = -1);
  /// Back through the first `count` layers' decoders.
  Variable decode(const Variable& h, Index count = -1);
  /// The loss of layer i (from 0) in pre-training; its gradient does not reach the layers below.
  Loss layer_loss(Index i, const Tensor& x, Rng& rng);
  /// Those that `layer_loss` trains: of f_i and g_i.
  nn::Parameters layer_parameters(Index i) const;
  /// The logits of the classes: [n, classes].
  Variable classify(const Variable& x) { return top.forward(encode(x)); }
  /// The loss of fine-tuning: nats per image. Throws unless there is a label for each image.
  Loss class_loss(const Tensor& x, std::span<const int> labels);
  /// Of the encoder and the classifier: what fine-tuning trains.
  nn::Parameters class_parameters() const;
  /// All: encoder.0.weight, …, classifier.weight, …, decoder.0.weight, …
  nn::Members members() override;
  /// `encoder` and `decoder`, as `encode` and `decode` are of all layers, and `classifier`, as `classify` is.
  nn::Networks networks() const override;

  std::vector<nn::Linear> up, down;  ///< f_i, g_i
  nn::Linear top;
  nn::Corruption corruption;
};

}  // namespace hourglass::HOURGLASS_BUILD::models
