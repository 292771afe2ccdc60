#include <hourglass/claims/experiment.h>

#include <fmt/format.h>

#include <cmath>

#include <hourglass/autograd/backward.h>
#include <hourglass/autograd/grad_mode.h>
#include <hourglass/data/augment.h>
#include <hourglass/data/mnist.h>
#include <hourglass/io/terminal.h>
#include <hourglass/tensor/error.h>

namespace hourglass::HOURGLASS_BUILD::claims {

Experiment::Experiment(std::uint64_t s, bool q) : seed(s), quick(q), digits(data::mnist()) {
  if (quick) {
    digits.train = digits.train.slice(0, 2400);
    digits.test = digits.test.slice(0, 1000);
  }
}

void each_batch(const data::Images& images, Index size, Rng& rng,
                const std::function<void(const Tensor&, std::span<const int>)>& step) {
  const std::vector<int> order = rng.permutation(static_cast<int>(images.count));
  std::vector<int> labels;
  for (Index first = 0; first < images.count; first += size) {
    const std::span<const int> indices = std::span(order).subspan(
        static_cast<std::size_t>(first), static_cast<std::size_t>(std::min(size, images.count - first)));
    labels.clear();
    for (const int index : indices) labels.push_back(images.labels[static_cast<std::size_t>(index)]);
    step(images.batch(indices), labels);
  }
}

void train(Experiment& experiment, const data::Images& images, const nn::Parameters& parameters,
           nn::Optimizer& optimizer, const Recipe& recipe, const BatchLoss& loss, Rng& rng) {
  const int epochs = experiment.epochs(recipe.epochs);
  const Index steps = (images.count + recipe.batch - 1) / recipe.batch * epochs;
  const Scalar rate = optimizer.learning_rate();
  const bool redraws = io::takes_escapes(stderr);
  Index step = 0;
  for (int epoch = 1; epoch <= epochs; ++epoch) {
    double sum = 0;
    each_batch(images, recipe.batch, rng, [&](const Tensor& batch, std::span<const int> labels) {
      const Tensor x = recipe.shift > 0 ? data::shifted(batch, images.height, images.width, recipe.shift, rng) : batch;
      if (recipe.rate)
        optimizer.set_learning_rate(rate * recipe.rate(static_cast<Scalar>(step) / static_cast<Scalar>(steps)));
      const Loss found = loss(x, labels);
      const double value = found.value.item();
      require(std::isfinite(value), experiment.of, ": diverged at epoch ", epoch, ", step ", step,
              ", first weight that is not finite: ", nn::first_not_finite(parameters));
      optimizer.zero_grad();
      backward(found.value);
      optimizer.step();
      ++step;
      sum += value * static_cast<double>(x.size(0));
    });
    fmt::print(stderr, "{}{}: epoch {} of {}: {:.4f}{}", redraws ? "\r" : "", experiment.of, epoch, epochs,
               sum / static_cast<double>(images.count), redraws ? "   " : "\n");
  }
  if (redraws) fmt::print(stderr, "\r{:90}\r", "");
}

void each(const data::Images& images, const std::function<void(const Tensor&)>& visit) {
  const NoGrad looking;
  for (Index first = 0; first < images.count; first += 1000)
    visit(images.slice(first, std::min<Index>(1000, images.count - first)).tensor());
}

double mean(const data::Images& images, const std::function<Variable(const Tensor&)>& number) {
  double sum = 0;
  each(images, [&](const Tensor& x) { sum += double(number(x).item()) * static_cast<double>(x.size(0)); });
  return sum / static_cast<double>(images.count);
}

double mean(const data::Images& images, const std::function<Loss(const Tensor&)>& loss) {
  return mean(images, [&](const Tensor& x) { return loss(x).value; });
}

Tensor rows(const data::Images& images, const std::function<Variable(const Tensor&)>& f) {
  Tensor all;
  Index done = 0;
  each(images, [&](const Tensor& x) {
    const Tensor part = f(x).value();
    if (all.empty()) all = Tensor({images.count, part.numel() / part.size(0)});
    std::copy_n(part.data(), part.numel(), all.write_() + done);
    done += part.numel();
  });
  return all;
}

}  // namespace hourglass::HOURGLASS_BUILD::claims
