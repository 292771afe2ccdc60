#pragma once
#include <string>
#include <vector>

#include "tensor/product.h"
#include "tensor/tensor.h"

namespace hourglass::inline HOURGLASS_BUILD::report {

/// y = φ(x Wᵀ + b), with W [out, in] and b [out].
struct DenseLayer {
  Tensor weight, bias;
  Activation activation = Activation::none;  ///< none, relu or sigmoid
};

/// A part of a page (for `Page::add_html`) where the visitor draws an image, or takes one of `examples` [n, height ·
/// width], dirties it, and sees what a denoising net makes of it, computed in the page with these weights. Works with
/// mouse, finger and keyboard (arrows move, space draws). Throws unless the layers fit together and lead from an image
/// to an image.
std::string drawing_pad(const std::vector<DenseLayer>& layers, const Tensor& examples, Index height, Index width);

}  // namespace hourglass::inline HOURGLASS_BUILD::report
