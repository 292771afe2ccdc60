#include <hourglass/metrics/subspace.h>

#include <algorithm>
#include <cmath>
#include <numbers>

#include <hourglass/tensor/distances.h>
#include <hourglass/tensor/elementwise.h>
#include <hourglass/tensor/error.h>
#include <hourglass/tensor/linalg.h>
#include <hourglass/tensor/product.h>

namespace hourglass::HOURGLASS_BUILD::metrics {
namespace {

Tensor orthonormal_rows(const Tensor& a) {
  require(a.size(0) <= a.size(1), "principal_angles: ", a.shape(), " has more rows than columns");
  require_finite(a, "principal_angles");
  Tensor unit = a.clone();  // a row's length does not change the space: a power of two normalises it exactly
  for (Index i = 0; i < a.size(0); ++i) {
    Scalar* row = unit.write_() + i * a.size(1);
    double most = 0;
    for (Index j = 0; j < a.size(1); ++j) most = std::max(most, std::abs(double(row[j])));
    require(most > 0, "principal_angles: row ", i, " of ", a.shape(), " is 0");
    for (Index j = 0; j < a.size(1); ++j) row[j] = static_cast<Scalar>(std::scalbn(double(row[j]), -std::ilogb(most)));
  }
  const Svd factors = svd(unit);
  const double largest = factors.values.at({0}), smallest = factors.values.at({a.size(0) - 1});
  require(smallest > 1e-6 * largest, "principal_angles: the rows of ", a.shape(),
          " are not independent (singular values from ", largest, " to ", smallest, ")");
  return factors.vt;
}

}  // namespace

std::vector<double> principal_angles(const Tensor& a, const Tensor& b) {
  require(!a.empty() && !b.empty() && a.dim() == 2 && b.dim() == 2 && a.size(1) == b.size(1),
          "principal_angles: ", a.shape(), " against ", b.shape(), ", expected two matrices of equally many columns");
  if (a.size(0) < b.size(0)) return principal_angles(b, a);
  const Tensor qa = orthonormal_rows(a), qb = orthonormal_rows(b);
  const Tensor products = matmul(qb, qa, Transpose::no, Transpose::yes);  // [l, k], l <= k
  const Tensor cosines = svd(products).values;
  // what of the smaller space lies outside of the larger one: its singular values are the sines
  const Tensor sines = svd(qb - matmul(products, qa)).values;
  std::vector<double> angles;
  for (Index i = 0; i < cosines.numel(); ++i) {
    const double cosine = std::min(1.0, double(cosines.at({i}))),
                 sine = std::min(1.0, double(sines.at({cosines.numel() - 1 - i})));
    angles.push_back((cosine * cosine > 0.5 ? std::asin(sine) : std::acos(cosine)) * 180 / std::numbers::pi);
  }
  return angles;
}

}  // namespace hourglass::HOURGLASS_BUILD::metrics
