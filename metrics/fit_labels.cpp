#include <hourglass/metrics/fit_labels.h>

#include <algorithm>
#include <cmath>
#include <numbers>

#include <hourglass/autograd/backward.h>
#include <hourglass/nn/adam.h>
#include <hourglass/tensor/error.h>
#include <hourglass/tensor/random.h>

namespace hourglass::HOURGLASS_BUILD::metrics {

void fit_labels(const nn::Parameters& parameters, Labels labels, const FitOptions& options,
                const std::function<Variable(std::span<const int> rows, Labels chosen)>& loss) {
  const auto n = static_cast<Index>(labels.size());
  require(options.epochs >= 1 && options.batch >= 1 && options.batch <= n, "fit_labels: ", options.epochs,
          " epochs of batches of ", options.batch, " from ", n, " labels");
  nn::AdamW adam(parameters, {.learning_rate = options.learning_rate, .weight_decay = options.weight_decay});
  Rng rng(options.seed);
  const Index batches = n / options.batch, steps = batches * options.epochs;
  std::vector<int> order, chosen(static_cast<std::size_t>(options.batch));
  for (Index step = 0; step < steps; ++step) {
    if (step % batches == 0) order = rng.permutation(static_cast<int>(n));
    const auto first = static_cast<std::size_t>(step % batches * options.batch);
    const std::span<const int> rows = std::span(order).subspan(first, chosen.size());
    std::transform(rows.begin(), rows.end(), chosen.begin(),
                   [&](int row) { return labels[static_cast<std::size_t>(row)]; });
    const double done = static_cast<double>(step) / static_cast<double>(steps);
    adam.set_learning_rate(options.learning_rate * static_cast<Scalar>(0.5 + 0.5 * std::cos(std::numbers::pi * done)));
    adam.zero_grad();
    const Variable value = loss(rows, chosen);
    require(std::isfinite(value.item()), "fit_labels: the loss is ", double(value.item()), " in step ", step);
    backward(value);
    adam.step();
  }
}

}  // namespace hourglass::HOURGLASS_BUILD::metrics
