// Lesson 18: the importance-weighted autoencoder: k draws of the code, each weighed by how well it explains the image,
// bound the likelihood more tightly than one does.
//
// Two nets of the same size, from one start: trained with one draw (the variational autoencoder), and with k = 8.

#include <fmt/format.h>

#include <cmath>
#include <memory>

#include <hourglass/autograd/backward.h>
#include <hourglass/autograd/grad_mode.h>
#include <hourglass/autograd/ops.h>
#include <hourglass/metrics/activity.h>
#include <hourglass/metrics/estimate.h>
#include <hourglass/models/importance_weighted.h>
#include <hourglass/nn/adam.h>
#include <hourglass/nn/corruption.h>
#include "lessons/common/run.h"

using namespace hourglass;

namespace {

using Model = models::ImportanceWeighted;

// What k draws say about log p(x), for several k, and how many of k draws the weights leave.
struct Bounds {
  std::vector<double> mean, error, effective;  // L_k, its standard error, and 1 / Σ w~², w~ being the weights' shares
  std::vector<double> last;                    // L_512 of each image
};
const std::vector<Index> draws = {1, 2, 4, 8, 16, 32, 64, 128, 256, 512};

// [bounds]
Bounds bounds(Model& model, const Tensor& x, Rng& rng) {
  const NoGrad looking;
  const std::size_t images = std::size_t(x.size(0)), most = std::size_t(draws.back());
  std::vector<std::vector<double>> log_w(images);
  for (std::size_t i = 0; i < images; ++i) {
    const Variable w = model.log_weights(narrow(Variable(x), 0, Index(i), 1), Index(most), rng);  // [1, 512]
    log_w[i].assign(w.value().values().begin(), w.value().values().end());
  }
  Bounds out;
  for (const Index k : draws) {
    std::vector<double> bound, effective;
    for (const std::vector<double>& all : log_w) {
      metrics::LogSum of_k, squares;  // of groups of k draws: their mean, so that all 512 are used for every k
      double mean = 0;
      for (std::size_t first = 0; first + std::size_t(k) <= most; first += std::size_t(k)) {
        const auto group = std::span(all).subspan(first, std::size_t(k));
        mean += (metrics::log_sum_exp(group) - std::log(double(k))) * double(k) / double(most);
      }
      for (const double v : std::span(all).first(std::size_t(k))) of_k.add(v), squares.add(2 * v);
      bound.push_back(mean);
      effective.push_back(std::exp(2 * of_k.value() - squares.value()));
    }
    const metrics::Estimate e = metrics::estimate(bound);
    out.mean.push_back(e.mean), out.error.push_back(e.standard_error);
    out.effective.push_back(metrics::estimate(effective).mean);
    out.last = bound;
  }
  return out;
}
// [/bounds]

void show_samples(Run& run, const std::vector<std::unique_ptr<Model>>& models, const Tensor& z,
                  const data::Images& like) {
  const NoGrad evaluation;
  std::vector<Tensor> rows;
  for (const auto& model : models) rows.push_back(model->decode(z).value());
  run.show("samples", "New digits", "From codes of the prior, the same for both: above k = 1, below k = 8.",
           report::rows(rows, like.height, like.width, 3));
}

}  // namespace

int main(int argc, char** argv) {
  Run run("18_importance_weighted", "A tighter bound on the likelihood",
          "What do eight guesses at the code tell that one does not?", argc, argv);
  const data::Dataset digits = run.dataset();
  const data::Images some = digits.train.first(run.quick() ? 1000 : 10000);
  const Index input = some.pixels_per_image(), code = 20;
  std::vector<std::unique_ptr<Model>> models;
  nn::Parameters all;
  for (const Index k : {1, 8}) {
    Rng start(run.seed);  // the same for both
    models.push_back(
        std::make_unique<Model>(Model::Options{.input = input, .hidden = {200}, .code = code, .draws = k}, start));
    run.add(all, fmt::format("k{}.", k), *models.back());
  }
  nn::Adam adam(all, {.learning_rate = 2e-3f});  // moves each net as if it were alone
  run.keep(all, {&adam});

  for ([[maybe_unused]] int epoch : run.epochs(8)) {
    // [loop]
    for (const Tensor& grey : run.batches(some, 100)) {
      const Tensor x = nn::binarize(grey, run.rng);  // a grey of 0.3 is white with probability 0.3
      adam.zero_grad();
      Loss shown{};  // the one that the run records
      for (const auto& model : models) {
        const Variable log_w = model->log_weights(x, model->draws, run.rng);          // [100, k]
        const Variable bound = logsumexp(log_w, 1) - std::log(Scalar(model->draws));  // log 1/k Σ w
        Loss loss{-mean(bound), Unit::nats_per_image};
        // [made]
        backward(loss.value);
        if (model->draws > 1) shown = loss;
      }
      adam.step();
      run.end_batch(shown);
    }
    // [/loop]
    run.end_epoch();
  }

  Rng fixed(18);
  const Tensor x = nn::binarize(digits.test.first(run.quick() ? 50 : 500).tensor(), fixed);
  report::Chart chart{"The bound over the number of draws", "log10 of k at the test", "nats per image", {}, false},
      left{"Draws that count", "log10 of k", "log10 of the effective number", {}, false};
  std::vector<double> gain;  // of L_512 by 8 draws instead of 1, image by image
  report::Table table{{"on test images", "L_1", "L_8", "L_512", "active units", "draws that count"}, {}};
  for (const auto& model : models) {
    const std::string name = fmt::format("trained_with_{}", model->draws);
    const Bounds b = bounds(*model, x, fixed);
    report::Series bound{name, {}, {}}, count{name, {}, {}};
    for (std::size_t i = 0; i < draws.size(); ++i) {
      bound.x.push_back(std::log10(double(draws[i]))), bound.y.push_back(b.mean[i]);
      count.x.push_back(bound.x.back()), count.y.push_back(std::log10(b.effective[i]));
      run.metric(fmt::format("{}_bound_of_{}_nats", name, draws[i]), b.mean[i]);
    }
    for (std::size_t i = 0; i < b.last.size(); ++i)
      if (model->draws == 1)
        gain.push_back(-b.last[i]);
      else
        gain[i] += b.last[i];
    run.metric(name + "_standard_error_nats", b.error.back());
    run.metric(name + "_last_doubling_nats", b.mean.back() - b.mean[b.mean.size() - 2]);
    run.metric(name + "_gap_1_to_512_nats", b.mean.back() - b.mean.front());
    run.metric(name + "_effective_draws_of_512", b.effective.back());
    const NoGrad looking;
    const double active = double(metrics::active_units(model->encode(digits.test.tensor()).value()));
    run.metric(name + "_active_units", active);
    chart.series.push_back(bound), left.series.push_back(count);
    table.rows.push_back({name, fmt::format("{:.2f}", b.mean.front()), fmt::format("{:.2f}", b.mean[3]),
                          fmt::format("{:.2f}", b.mean.back()), fmt::format("{:.0f}", active),
                          fmt::format("{:.1f}", b.effective.back())});
  }
  run.metric("gain_at_512_nats", metrics::estimate(gain).mean);
  run.metric("gain_standard_error_nats", metrics::estimate(gain).standard_error);
  run.show("bounds", "More draws, a higher bound", "All lie below log p(x), in the mean.", chart);
  run.show("effective", "How many draws count", "1 / Σ w~²: k if all weigh the same, 1 if one outweighs all others.",
           left);
  run.show("Two trainings", "500 test images, in nats; larger is better.", table);
  show_samples(run, models, fixed.fork(3).normal({16, code}), digits.test);
  return run.finish();
}
