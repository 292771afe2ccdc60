#include <hourglass/models/gaussian_mixture.h>

#include <algorithm>
#include <cmath>
#include <iterator>

#include <hourglass/tensor/distances.h>
#include <hourglass/tensor/elementwise.h>
#include <hourglass/tensor/error.h>
#include <hourglass/tensor/linalg.h>
#include <hourglass/tensor/product.h>

namespace hourglass::HOURGLASS_BUILD::models {

namespace {

constexpr double log_two_pi = 1.8378770664093453;

double log_sum_exp(const Scalar* v, Index n) {
  const double top = *std::max_element(v, v + n);
  if (std::isinf(top)) return top;
  double sum = 0;
  for (Index k = 0; k < n; ++k) sum += std::exp(double(v[k]) - top);
  return top + std::log(sum);
}

// An index drawn with probability proportional to its weight.
Index draw(const std::vector<double>& weights, Rng& rng) {
  double total = 0;
  for (const double w : weights) total += w;
  double at = double(rng.uniform({1}).item()) * total;
  for (std::size_t i = 0; i + 1 < weights.size(); ++i)
    if ((at -= weights[i]) < 0) return static_cast<Index>(i);
  return static_cast<Index>(weights.size()) - 1;
}

// k codes far from each other: each drawn ∝ the squared distance from those before it. As one-hot shares [n, k] of the
// nearest, with which the first M step begins.
Tensor nearest_seeds(const Tensor& h, Index components, Rng& rng) {
  const Index n = h.size(0), d = h.size(1);
  std::vector<double> distance(static_cast<std::size_t>(n), 1e300);
  std::vector<Index> nearest(static_cast<std::size_t>(n), 0);
  Index seed = static_cast<Index>(rng.below(static_cast<std::uint64_t>(n)));
  for (Index k = 0; k < components; ++k) {
    for (Index i = 0; i < n; ++i) {
      double sum = 0;
      for (Index j = 0; j < d; ++j) sum += std::pow(double(h.data()[i * d + j]) - double(h.data()[seed * d + j]), 2);
      if (sum < distance[static_cast<std::size_t>(i)]) {
        distance[static_cast<std::size_t>(i)] = sum;
        nearest[static_cast<std::size_t>(i)] = k;
      }
    }
    seed = draw(distance, rng);
  }
  Tensor shares = Tensor::zeros({n, components});
  for (Index i = 0; i < n; ++i) shares.write_()[i * components + nearest[static_cast<std::size_t>(i)]] = 1;
  return shares;
}

}  // namespace

GaussianMixture::GaussianMixture(const Tensor& codes, const Options& o, Rng& rng) {
  require(codes.dim() == 2 && o.components >= 1 && codes.size(0) > o.components, "GaussianMixture: ", codes.shape(),
          " for ", o.components, " components: expected more codes [n, d] than components");
  require_finite(codes, "GaussianMixture");
  const auto d = static_cast<std::size_t>(codes.size(1));
  center_.assign(d, 0);
  for (Index i = 0; i < codes.numel(); ++i)
    center_[static_cast<std::size_t>(i) % d] += double(codes.data()[i]) / static_cast<double>(codes.size(0));
  const Tensor h = centered(codes);
  maximize(h, nearest_seeds(h, o.components, rng), o.floor);
  double before = -1e300;
  for (int i = 0; i < o.iterations; ++i) {
    Tensor shares = log_joint(h);
    double likelihood = 0;
    Scalar* row = shares.write_();
    for (Index j = 0; j < h.size(0); ++j, row += o.components) {
      const double all = log_sum_exp(row, o.components);
      likelihood += all / static_cast<double>(h.size(0));
      for (Index k = 0; k < o.components; ++k) row[k] = static_cast<Scalar>(std::exp(double(row[k]) - all));
    }
    if (likelihood - before < o.tolerance) break;
    before = likelihood;
    maximize(h, shares, o.floor);
  }
  means = about_.clone();
  for (Index i = 0; i < means.numel(); ++i)
    means.write_()[i] = static_cast<Scalar>(double(means.data()[i]) + center_[static_cast<std::size_t>(i) % d]);
}

Tensor GaussianMixture::centered(const Tensor& h) const {
  require(h.dim() == 2 && h.size(1) == std::ssize(center_), "GaussianMixture: ", h.shape(), " are not codes of ",
          center_.size(), " numbers");
  require_finite(h, "GaussianMixture");
  Tensor moved(h.shape());
  Scalar* to = moved.write_();
  for (Index i = 0; i < h.numel(); ++i)
    to[i] = static_cast<Scalar>(double(h.data()[i]) - center_[static_cast<std::size_t>(i) % center_.size()]);
  return moved;
}

void GaussianMixture::maximize(const Tensor& h, const Tensor& shares, double floor) {
  const Index n = h.size(0), d = h.size(1), components = shares.size(1);
  weights.assign(static_cast<std::size_t>(components), 0);
  axes_.clear();
  about_ = Tensor({components, d});
  for (Index k = 0; k < components; ++k) {
    double total = 1e-10;
    for (Index i = 0; i < n; ++i) total += double(shares.data()[i * components + k]);
    weights[static_cast<std::size_t>(k)] = total / static_cast<double>(n);
    Tensor scaled({n, 1}), mean = Tensor::zeros({d});
    for (Index i = 0; i < n; ++i)
      scaled.write_()[i] = static_cast<Scalar>(double(shares.data()[i * components + k]) / total);
    mean = matmul(scaled, h, Transpose::yes).reshape({d});  // μ = Σ share_i h_i
    std::copy_n(mean.data(), d, about_.write_() + k * d);
    const Tensor centered = h - mean;
    Tensor covariance = matmul(centered * scaled, centered, Transpose::yes);
    for (Index j = 0; j < d; ++j) covariance.write_()[j * d + j] += static_cast<Scalar>(floor);
    const Eigen eigen = eigen_symmetric(covariance);
    axes_.push_back({eigen.vectors, sqrt(clamp(eigen.values, static_cast<Scalar>(floor), 1e30))});
  }
}

Tensor GaussianMixture::log_joint(const Tensor& h) const {
  const Index n = h.size(0), d = about_.size(1), components = about_.size(0);
  Tensor joint({n, components});
  Scalar* out = joint.write_();
  for (Index k = 0; k < components; ++k) {
    const Axes& axes = axes_[static_cast<std::size_t>(k)];
    const Tensor mean({d}, std::span(about_.data() + k * d, static_cast<std::size_t>(d)));
    const Tensor along = matmul(h - mean, axes.directions, Transpose::no, Transpose::yes);  // [n, d]
    double constant = std::log(weights[static_cast<std::size_t>(k)]) - 0.5 * static_cast<double>(d) * log_two_pi;
    for (const Scalar deviation : axes.deviations.values()) constant -= std::log(double(deviation));
    for (Index i = 0; i < n; ++i) {
      double squares = 0;
      for (Index j = 0; j < d; ++j)
        squares += std::pow(double(along.data()[i * d + j]) / double(axes.deviations.data()[j]), 2);
      out[i * components + k] = static_cast<Scalar>(constant - 0.5 * squares);
    }
  }
  return joint;
}

Tensor GaussianMixture::log_density(const Tensor& h) const {
  const Tensor joint = log_joint(centered(h));
  Tensor log_p({h.size(0)});
  for (Index i = 0; i < h.size(0); ++i)
    log_p.write_()[i] = static_cast<Scalar>(log_sum_exp(joint.data() + i * joint.size(1), joint.size(1)));
  return log_p;
}

Tensor GaussianMixture::sample(Index n, Rng& rng) const {
  const Index d = means.size(1);
  Tensor h({n, d});
  for (Index i = 0; i < n; ++i) {
    const Index k = draw(weights, rng);
    const Axes& axes = axes_[static_cast<std::size_t>(k)];
    const Tensor steps = rng.normal({1, d}) * axes.deviations;
    const Tensor from_mean = matmul(steps, axes.directions);  // [1, d]
    for (Index j = 0; j < d; ++j)
      h.write_()[i * d + j] = static_cast<Scalar>(double(about_.data()[k * d + j]) + double(from_mean.data()[j]) +
                                                  center_[static_cast<std::size_t>(j)]);
  }
  return h;
}

}  // namespace hourglass::HOURGLASS_BUILD::models
