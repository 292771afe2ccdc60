#pragma once
#include <hourglass/tensor/tensor.h>

// Small linear algebra by LAPACK, computed in double whatever Scalar is.
namespace hourglass::HOURGLASS_BUILD {

/// a = vectorsᵀ · diag(values) · vectors.
struct Eigen {
  Tensor values;   ///< [n], the largest first
  Tensor vectors;  ///< [n, n], one eigenvector a row, in the same order
};
/// The eigenvalues and eigenvectors of a symmetric matrix [n, n], of which the upper triangle is read (LAPACK dsyevd).
/// Throws unless it is square, or when the iteration does not converge.
Eigen eigen_symmetric(const Tensor& a);

/// a = u · diag(values) · vt.
struct Svd {
  Tensor u;       ///< [m, r]: orthonormal columns, r = min(m, n)
  Tensor values;  ///< [r], the largest first
  Tensor vt;      ///< [r, n]: orthonormal rows
};
/// The singular value decomposition of a matrix [m, n] (LAPACK dgesdd). Throws when the iteration does not converge.
Svd svd(const Tensor& a);

}  // namespace hourglass::HOURGLASS_BUILD
