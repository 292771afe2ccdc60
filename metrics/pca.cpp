#include <hourglass/metrics/pca.h>

#include <hourglass/metrics/columns.h>
#include <hourglass/tensor/distances.h>
#include <hourglass/tensor/elementwise.h>
#include <hourglass/tensor/error.h>
#include <hourglass/tensor/layout.h>
#include <hourglass/tensor/linalg.h>
#include <hourglass/tensor/product.h>
#include <hourglass/tensor/reduce.h>

namespace hourglass::HOURGLASS_BUILD::metrics {

Tensor Pca::encode(const Tensor& x, Index k) const {
  require(k >= 1 && k <= mean.numel(), "pca: ", k, " components of ", mean.numel(), ", expected 1 to ", mean.numel());
  const Tensor directions = narrow(components, 0, 0, k);
  Tensor about_mean = x - mean;
  if (!mean_rest.empty()) about_mean = about_mean - mean_rest;
  return matmul(about_mean, directions, Transpose::no, Transpose::yes);
}

Tensor Pca::decode(const Tensor& h) const {
  const Tensor directions = narrow(components, 0, 0, h.size(1));
  return matmul(h, directions) + mean;
}

Tensor Pca::mean_like(const Tensor& x) const { return broadcast_to(mean, x.shape()); }

void PcaFit::add(const Tensor& x) {
  require(!x.empty() && x.dim() == 2, "pca: ", x.shape(), " is not a batch of images [n, d]");
  require_finite(x, "pca");
  if (count_ == 0) {
    size_ = x.size(1);
    shift_ = column_means(x, "pca");
    unit_ = safe_unit(largest_deviation(x, shift_));
    sum_.assign(static_cast<std::size_t>(size_), 0);
    product_.assign(static_cast<std::size_t>(size_ * size_), 0);
  }
  require(x.size(1) == size_, "pca: a batch ", x.shape(), " after batches of ", size_, " columns");
  const Tensor moved = centered(x, shift_, unit_);
  const Tensor product = matmul(moved, moved, Transpose::yes, Transpose::no);
  for (std::size_t i = 0; i < product_.size(); ++i) product_[i] += static_cast<double>(product.data()[i]);
  for (Index row = 0; row < x.size(0); ++row)
    for (Index i = 0; i < size_; ++i)
      sum_[static_cast<std::size_t>(i)] +=
          (double(x.data()[row * size_ + i]) - shift_[static_cast<std::size_t>(i)]) / unit_;
  count_ += x.size(0);
}

Pca PcaFit::finish() const {
  require(count_ >= 2, "pca: ", count_, " images given, at least 2 are needed");
  const auto n = static_cast<double>(count_);
  const auto d = static_cast<std::size_t>(size_);
  Tensor mean({size_}), rest({size_}), covariance({size_, size_});
  Scalar *m = mean.write_(), *c = covariance.write_();
  for (std::size_t i = 0; i < d; ++i) {
    m[i] = static_cast<Scalar>(shift_[i] + sum_[i] / n * unit_);
    rest.write_()[i] = static_cast<Scalar>(shift_[i] - double(m[i]) + sum_[i] / n * unit_);
  }
  for (std::size_t i = 0; i < d; ++i)
    for (std::size_t j = 0; j < d; ++j)
      c[i * d + j] = static_cast<Scalar>(product_[i * d + j] / n - sum_[i] / n * (sum_[j] / n));
  Eigen eigen = eigen_symmetric(covariance);
  Scalar* variance = eigen.values.write_();
  const double square = unit_ * unit_;
  for (std::size_t i = 0; i < d; ++i)  // rounding must not make one negative
    variance[i] = variance[i] < 0 ? 0 : static_cast<Scalar>(double(variance[i]) * square);
  return {mean, eigen.vectors, eigen.values, rest};
}

}  // namespace hourglass::HOURGLASS_BUILD::metrics
