#pragma once
#include <hourglass/tensor/product.h>

// For the kernels (tensor/*.cpp) alone: the parts of a product that convolutions share with it.
namespace hourglass::HOURGLASS_BUILD {

/// y_ij = φ(y_ij + b_j) on rows × columns numbers, rows `stride` apart: bias by column, as in linear. No b: null.
void finish_columns(Index rows, Index columns, Index stride, const Scalar* b, Activation activation, Scalar* y);
/// y_ij = φ(y_ij + b_i): bias by row, as in a convolution, whose rows are channels.
void finish_channels(Index channels, Index positions, const Scalar* b, Activation activation, Scalar* y);

/// The sides of a product: y [m, n] = op(a) [m, k] · op(b) [k, n].
struct Sides {
  Index m, n, k;
};
/// Whether a product overwrites y or is added to it.
enum class Add { no, yes };
/// One product on this thread, of numbers that lie somewhere inside tensors (product.cpp).
void multiply_block(const Sides& sides, const Scalar* a, Transpose ta, const Scalar* b, Transpose tb, Scalar* y,
                    Add add);

}  // namespace hourglass::HOURGLASS_BUILD
