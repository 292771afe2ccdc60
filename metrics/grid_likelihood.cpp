#include <hourglass/metrics/grid_likelihood.h>

#include <algorithm>
#include <cmath>

#include <hourglass/autograd/grad_mode.h>
#include <hourglass/autograd/variable.h>
#include <hourglass/metrics/estimate.h>
#include <hourglass/tensor/error.h>
#include <hourglass/tensor/parallel.h>

namespace hourglass::HOURGLASS_BUILD::metrics {
namespace {

// Grid point number i: its coordinates, the last unit running fastest.
void grid_point(Index i, int units, const GridOptions& grid, Scalar* h) {
  const double step = 2 * grid.limit / static_cast<double>(grid.points - 1);
  for (int unit = units - 1; unit >= 0; --unit, i /= grid.points)
    h[unit] = static_cast<Scalar>(-grid.limit + step * static_cast<double>(i % grid.points));
}

}  // namespace

std::vector<double> grid_log_likelihood(const Tensor& x, const Decoder& decoder, int units,
                                        const GridOptions& options) {
  require(units == 1 || units == 2, "grid likelihood: ", units, " units, expected 1 or 2");
  require(options.points >= 2 && options.limit > 0 && std::isfinite(options.limit), "grid likelihood: ", options.points,
          " points up to ", options.limit, ", expected at least 2 up to more than 0");
  require(!x.empty() && x.dim() == 2, "grid likelihood: ", x.shape(), " is not a batch of images [n, d]");
  const NoGrad no_grad;
  const Index n = x.size(0), total = units == 1 ? options.points : options.points * options.points, block = 1024;
  std::vector<LogSum> sums(static_cast<std::size_t>(n));
  for (Index first = 0; first < total; first += block) {
    const Index count = std::min(block, total - first);
    Tensor h({count, units});
    for (Index i = 0; i < count; ++i) grid_point(first + i, units, options, h.write_() + i * units);
    const std::vector<double> prior = log_standard_normal(h);
    const Tensor log_p = decoder.all(x, h);
    parallel_chunks(n, 16, [&](Index from, Index to) {
      for (Index i = from; i < to; ++i)
        for (Index j = 0; j < count; ++j)
          sums[static_cast<std::size_t>(i)].add(double(log_p.data()[i * count + j]) +
                                                prior[static_cast<std::size_t>(j)]);
    });
  }
  const double log_step = std::log(2 * options.limit / static_cast<double>(options.points - 1));
  std::vector<double> result;
  for (const LogSum& sum : sums) result.push_back(sum.value() + units * log_step);
  return result;
}

}  // namespace hourglass::HOURGLASS_BUILD::metrics
