#pragma once
#include <vector>

#include <hourglass/tensor/tensor.h>

namespace hourglass::HOURGLASS_BUILD::bench {

/// The matrix products of one layer in one step: how often each of the three is computed.
struct Layer {
  Index n, in, out;
  int forward = 1;          ///< x Wᵀ:   [n, in] x [in, out]
  int weight_gradient = 1;  ///< gyᵀ x:  [out, n] x [n, in]
  int input_gradient = 1;   ///< gy W:   [n, out] x [out, in]
};

/// A network of dense layers; the gradient of its own input is computed `input_gradient` times.
std::vector<Layer> mlp(Index n, const std::vector<Index>& sizes, int input_gradient = 0);
std::vector<Layer> operator+(std::vector<Layer> a, const std::vector<Layer>& b);

/// The lower bound of any framework on this BLAS: the products of a step alone. Two ways are timed, and
/// the faster one counts.
class Floor {
 public:
  explicit Floor(const std::vector<Layer>& layers);
  /// As version 0.1.0 of the library multiplied: up to four panels of single-threaded products.
  void panels();
  /// As OpenBLAS multiplies with its own threads.
  void blas_threads(int threads);

 private:
  struct Numbers {
    Layer layer;
    Tensor x, W, gy;   // the operands
    Tensor y, gW, gx;  // room for what OpenBLAS computes
  };
  std::vector<Numbers> all_;
};

}  // namespace hourglass::HOURGLASS_BUILD::bench
