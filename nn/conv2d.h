#pragma once
#include <hourglass/nn/initialize.h>
#include <hourglass/nn/layer.h>
#include <hourglass/tensor/convolution.h>

namespace hourglass::HOURGLASS_BUILD::nn {

/// Sizes of a convolution: square kernels, moved by `stride` over `padding` zeros.
struct ConvSizes {
  Index in, out, kernel;
  Index stride = 1, padding = 0;
  Index output_padding = 0;  ///< rows and columns that a transposed convolution adds at the end
};

/// What a convolution and a transposed one have in common.
class Convolution : public WeightedLayer {
 public:
  int modules() const override { return activation == Activation::none ? 1 : 2; }

  ConvSizes sizes;
  Activation activation;

 protected:
  /// Weights start as PyTorch's, uniform in ±1/√fan_in. Throws, naming the layer, when a size is below 1.
  Convolution(const char* layer, const ConvSizes& sizes, Index first, Index second, Activation activation, Rng& rng);
  /// What `describe` adds.
  LayerSpec spec_of(const char* kind, const std::string& prefix) const;
};

/// y = φ(x * W + b), with x [n, in, h, w], W [out, in, kernel, kernel], b [out].
class Conv2d final : public Convolution {
 public:
  /// Weights start as those of `Convolution`.
  Conv2d(const ConvSizes& sizes, Activation activation, Rng& rng);
  Variable forward(const Variable& x) override;
  void describe(NetworkSpec& into, const std::string& prefix) const override {
    into.push_back(spec_of("conv2d", prefix));
  }
};

/// The transposed convolution: W [in, out, kernel, kernel]; an image of h becomes one of
/// (h - 1) stride - 2 padding + kernel + output_padding.
class ConvTranspose2d final : public Convolution {
 public:
  /// Weights start as those of `Convolution`.
  ConvTranspose2d(const ConvSizes& sizes, Activation activation, Rng& rng);
  Variable forward(const Variable& x) override;
  void describe(NetworkSpec& into, const std::string& prefix) const override {
    into.push_back(spec_of("conv_transpose2d", prefix));
  }
};

}  // namespace hourglass::HOURGLASS_BUILD::nn
