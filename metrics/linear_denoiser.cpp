#include <hourglass/metrics/linear_denoiser.h>

#include <hourglass/metrics/columns.h>
#include <hourglass/tensor/distances.h>
#include <hourglass/tensor/elementwise.h>
#include <hourglass/tensor/error.h>
#include <hourglass/tensor/linalg.h>
#include <hourglass/tensor/product.h>

namespace hourglass::HOURGLASS_BUILD::metrics {
namespace {

// Σ (x - shift) / unit
void add_rows(const Tensor& x, const std::vector<double>& shift, double unit, std::vector<double>& sum) {
  sum.resize(shift.size(), 0);
  for (Index i = 0; i < x.numel(); ++i) {
    const std::size_t j = static_cast<std::size_t>(i) % sum.size();
    sum[j] += (double(x.data()[i]) - shift[j]) / unit;
  }
}

void add_product(const Tensor& a, const Tensor& b, std::vector<double>& sum) {
  const Tensor product = matmul(a, b, Transpose::yes, Transpose::no);
  sum.resize(static_cast<std::size_t>(product.numel()), 0);
  for (std::size_t i = 0; i < sum.size(); ++i) sum[i] += static_cast<double>(product.data()[i]);
}

std::vector<double> mean_of(const std::vector<double>& shift, std::vector<double> sum, double n, double unit) {
  for (std::size_t i = 0; i < sum.size(); ++i) sum[i] = shift[i] + sum[i] / n * unit;
  return sum;
}

// What is missing from the means once they are rounded to Scalar.
Tensor rest_of(std::vector<double> means) {
  for (double& mean : means) mean -= double(static_cast<Scalar>(mean));
  return row_of(means);
}

// Σ a bᵀ / n - mean(a) mean(b)ᵀ
Tensor covariance(const std::vector<double>& product, const std::vector<double>& a, const std::vector<double>& b,
                  double n) {
  const std::size_t d = a.size();
  Tensor c({static_cast<Index>(d), static_cast<Index>(d)});
  Scalar* to = c.write_();
  for (std::size_t i = 0; i < d; ++i)
    for (std::size_t j = 0; j < d; ++j)
      to[i * d + j] = static_cast<Scalar>(product[i * d + j] / n - a[i] / n * (b[j] / n));
  return c;
}

}  // namespace

Tensor LinearDenoiser::denoise(const Tensor& y) const {
  const Tensor about_mean = y - mean_noisy - rest;
  return matmul(about_mean, map, Transpose::no, Transpose::yes) + mean_clean;
}

void LinearDenoiserFit::add(const Tensor& noisy, const Tensor& clean) {
  require(!noisy.empty() && noisy.dim() == 2 && !clean.empty() && noisy.shape() == clean.shape(),
          "linear denoiser: ", noisy.shape(), " noisy and ", clean.shape(),
          " clean images, expected equal shapes [n, d]");
  require(count_ == 0 || noisy.size(1) == size_, "linear denoiser: a batch ", noisy.shape(), " after batches of ",
          size_, " columns");
  require_finite(noisy, "linear denoiser: noisy");
  require_finite(clean, "linear denoiser: clean");
  if (count_ == 0) {
    size_ = noisy.size(1);
    shift_noisy_ = column_means(noisy, "linear denoiser");
    shift_clean_ = column_means(clean, "linear denoiser");
    unit_noisy_ = safe_unit(largest_deviation(noisy, shift_noisy_));
    unit_clean_ = safe_unit(largest_deviation(clean, shift_clean_));
  }
  count_ += noisy.size(0);
  const Tensor y = centered(noisy, shift_noisy_, unit_noisy_), x = centered(clean, shift_clean_, unit_clean_);
  add_rows(noisy, shift_noisy_, unit_noisy_, sum_noisy_);
  add_rows(clean, shift_clean_, unit_clean_, sum_clean_);
  add_product(y, y, noisy_noisy_);
  add_product(x, y, clean_noisy_);
}

LinearDenoiser LinearDenoiserFit::finish() const {
  require(count_ >= 2, "linear denoiser: ", count_, " images given, at least 2 are needed");
  const auto n = static_cast<double>(count_);
  const Eigen eigen = eigen_symmetric(covariance(noisy_noisy_, sum_noisy_, sum_noisy_, n));
  Tensor inverse(eigen.values.shape());
  for (Index i = 0; i < size_; ++i) {
    const Scalar variance = eigen.values.data()[i];
    inverse.write_()[i] = variance > Scalar(1e-6) * eigen.values.data()[0] ? 1 / variance : 0;
  }
  // A = C_xy Vᵀ Λ⁻¹ V, with an eigenvector in each row of V
  const Tensor c = covariance(clean_noisy_, sum_clean_, sum_noisy_, n);
  const Tensor along = matmul(c, eigen.vectors, Transpose::no, Transpose::yes) * inverse;
  const std::vector<double> noisy = mean_of(shift_noisy_, sum_noisy_, n, unit_noisy_);
  const Tensor map = Scalar(unit_clean_ / unit_noisy_) * matmul(along, eigen.vectors);
  return {row_of(noisy), row_of(mean_of(shift_clean_, sum_clean_, n, unit_clean_)), map, rest_of(noisy)};
}

}  // namespace hourglass::HOURGLASS_BUILD::metrics
