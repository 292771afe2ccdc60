#include <array>
#include <cmath>

#include <hourglass/autograd/ops.h>

namespace hourglass::HOURGLASS_BUILD {

namespace {

// (x - m) / √(v + ε) · γ + β, where m, v, γ and β broadcast against x.
Variable normalize(const Variable& x, const BatchStatistics& s, const Variable& gamma, const Variable& beta,
                   Number epsilon) {
  const Variable y = (x - s.mean) / sqrt(s.variance + epsilon);
  const Variable scaled = gamma.empty() ? y : y * gamma;
  return beta.empty() ? scaled : scaled + beta;
}

// [c] as [c, 1, 1]: it broadcasts against [n, c, h, w].
Variable per_channel(const Variable& v, int rank) {
  if (v.empty()) return v;
  const std::array<Index, Shape::max_rank> sizes{v.numel(), 1, 1, 1};
  return reshape(v, Shape(std::span<const Index>(sizes.data(), static_cast<std::size_t>(rank - 1))));
}

}  // namespace

// m, v: over the last axes, as one row of n numbers
Variable layer_norm(const Variable& x, const Variable& gamma, const Variable& beta, Number epsilon) {
  require(std::isfinite(static_cast<Scalar>(epsilon)), "layer_norm: epsilon is ", epsilon,
          ", expected a finite number");
  const int axes = gamma.empty() ? 1 : gamma.dim();
  require(!x.empty() && axes <= x.dim(), "layer_norm: ", x.shape(), " with gamma ", gamma.shape());
  const Index n = gamma.empty() ? x.size(x.dim() - 1) : gamma.numel();
  require(gamma.empty() || gamma.shape() == Shape(x.shape().sizes().last(static_cast<std::size_t>(axes))),
          "layer_norm: gamma ", gamma.shape(), " is not the end of ", x.shape());
  require(beta.empty() || beta.numel() == n, "layer_norm: beta ", beta.shape(), " is not the end of ", x.shape());
  const Variable rows = reshape(x, {x.numel() / n, n});
  const auto flat = [n](const Variable& v) { return v.empty() ? v : reshape(v, {n}); };
  const Variable m = mean(rows, 1, Keep::yes), v = mean(square(rows - m), 1, Keep::yes);
  return reshape(normalize(rows, {m, v}, flat(gamma), flat(beta), epsilon), x.shape());
}

// m, v: for each channel, over the batch and the positions
BatchStatistics batch_statistics(const Variable& x) {
  require(x.dim() >= 2, "batch_statistics: ", x.shape(), " is not a batch [n, channels, …]");
  const Index n = x.size(0), c = x.size(1), positions = x.numel() / (n * c);
  const auto channel_mean = [=](const Variable& v) {
    return sum(sum(reshape(v, {n, c, positions}), 2), 0) / static_cast<Scalar>(n * positions);
  };
  const Variable m = channel_mean(x);
  return {m, channel_mean(square(x - per_channel(m, x.dim())))};
}

Variable batch_norm(const Variable& x, const BatchStatistics& s, const Variable& gamma, const Variable& beta,
                    Number epsilon) {
  require(x.dim() >= 2, "batch_norm: ", x.shape(), " is not a batch [n, channels, …]");
  require(std::isfinite(static_cast<Scalar>(epsilon)), "batch_norm: epsilon is ", epsilon,
          ", expected a finite number");
  for (const Variable* v : {&s.mean, &s.variance, &gamma, &beta})
    require(v->empty() || v->shape() == Shape{x.size(1)}, "batch_norm: ", x.shape(), " with ", v->shape(),
            ": expected [", x.size(1), "]");
  const auto spread = [&](const Variable& v) { return per_channel(v, x.dim()); };
  return normalize(x, {spread(s.mean), spread(s.variance)}, spread(gamma), spread(beta), epsilon);
}

}  // namespace hourglass::HOURGLASS_BUILD
