// Lesson 02: what lies close in the code of lesson 01, what can be read from it, and what the net remembers.
#include <fmt/format.h>

#include <hourglass/autograd/backward.h>
#include <hourglass/autograd/grad_mode.h>
#include <hourglass/autograd/ops.h>
#include <hourglass/metrics/neighbors.h>
#include <hourglass/metrics/pca.h>
#include <hourglass/metrics/probe.h>
#include <hourglass/metrics/silhouette.h>
#include <hourglass/models/undercomplete.h>
#include <hourglass/nn/adam.h>
#include <hourglass/report/scatter.h>
#include "lessons/common/run.h"

using namespace hourglass;
using models::Undercomplete;
namespace {
Tensor encoded(Undercomplete& model, const Tensor& x) {
  const NoGrad looking;
  return model.encode(x).value();
}

metrics::Pca components_of(const Tensor& x) {
  metrics::PcaFit fit;
  fit.add(x);
  return fit.finish();
}

// From one image to another in equal steps: above in pixels, below in the code.
report::Picture walks(Undercomplete& model, const data::Images& images) {
  const NoGrad looking;
  const Variable t = Tensor({9, 1}, {0, .125, .25, .375, .5, .625, .75, .875, 1}), s = Scalar(1) - t;
  std::vector<Tensor> shown;
  for (Index i = 0; i + 1 < std::min<Index>(images.count, 6); i += 2) {
    const Variable from = images.slice(i, 1).tensor(), to = images.slice(i + 1, 1).tensor();
    shown.push_back((s * from + t * to).value());
    // [walk]
    const Variable path = s * model.encode(from) + t * model.encode(to);  // [9, 32], with s = 1 - t
    shown.push_back(model.decode(path).value());
    // [/walk]
  }
  return report::rows(shown, images.height, images.width, 3);
}

// An image, the four that lie nearest in the space of codes, and the four in that of pixels.
report::Picture neighbours(Undercomplete& model, const data::Images& asked, const data::Images& base) {
  const Tensor x = asked.tensor(), y = base.tensor();
  const auto code = metrics::nearest(encoded(model, x), encoded(model, y), 4), grey = metrics::nearest(x, y, 4);
  std::vector<Tensor> shown;
  for (Index i = 0; i < asked.count; ++i)
    shown.push_back(cat({asked.slice(i, 1).tensor(), base.batch(code.of(i)), base.batch(grey.of(i))}, 0));
  return report::rows(shown, asked.height, asked.width, 3);
}

// S5 and S6: the same images in four spaces, each told by the map f that leads into it.
report::Table compare(Run& run, const data::Images& base, const data::Images& asked, Undercomplete& model,
                      Undercomplete& untrained) {
  const int classes = *std::max_element(base.labels.begin(), base.labels.end()) + 1;
  const metrics::Pca pca = components_of(base.tensor());
  std::map<std::string, double> code;
  report::Table table{{"space", "numbers", "neighbours right %", "silhouette", "probe right %"}, {}};
  const auto look = [&](const std::string& name, const std::function<Tensor(const Tensor&)>& f) {
    const Tensor h = f(base.tensor()), q = f(asked.tensor());
    // [space]
    const metrics::Neighbors five = metrics::nearest(q, h, 5);  // of each test image, among the training images
    const double near = 100 * metrics::neighbor_accuracy(five, asked.labels, base.labels);
    const double apart = metrics::silhouette(q, asked.labels).mean;
    const double read = 100 * metrics::LogisticProbe(h, base.labels, classes).accuracy(q, asked.labels);
    // [/space]
    table.rows.push_back({name, std::to_string(h.size(1)), fmt::format("{:.2f}", near), fmt::format("{:.3f}", apart),
                          fmt::format("{:.2f}", read)});
    const std::map<std::string, double> found = {{"neighbours", near}, {"silhouette", apart}, {"probe", read}};
    if (code.empty()) code = found;  // it comes first
    for (const auto& [what, value] : found) {
      run.metric(what + "_" + name, value);
      if (name != "code") run.metric(what + "_code_minus_" + name, code[what] - value);
    }
  };
  look("code", [&](const Tensor& x) { return encoded(model, x); });
  look("untrained", [&](const Tensor& x) { return encoded(untrained, x); });
  look("pca", [&](const Tensor& x) { return pca.encode(x, 32); });
  look("pixels", [](const Tensor& x) { return x; });
  return table;
}

// S7: a net of `hidden` units that sees only `share` percent of the training images, but takes as many steps.
struct Trial {
  Index hidden, share, images;
  Undercomplete model;
};

void remembered(Run& run, const data::Dataset& digits, std::vector<Trial>& trials) {
  report::Table table{{"hidden units", "training images", "error there", "error on test images", "more by %"}, {}};
  for (auto& [hidden, share, images, model] : trials) {
    const auto error = [&m = model](const Tensor& x) { return m.loss(x); };
    const double seen = run.mean(digits.train.slice(0, std::min<Index>(images, 10000)), error);
    const double fresh = run.mean(digits.test, error), gap = 100 * (fresh / seen - 1);
    run.metric(fmt::format("gap_{}_hidden_{}_share_percent", hidden, share), gap);
    run.metric(fmt::format("test_{}_hidden_{}_share", hidden, share), fresh);
    table.rows.push_back({fmt::format("{}", hidden), fmt::format("{}", images), fmt::format("{:.2f}", seen),
                          fmt::format("{:.2f}", fresh), fmt::format("{:.0f}", gap)});
  }
  run.show("Learned or memorised?", "Squared error per image of nets that took equally many steps.", table);
}

}  // namespace
int main(int argc, char** argv) {
  Run run("02_latent_space", "The space of codes", "What lies close together in a code?", argc, argv);
  const data::Dataset digits = run.dataset();
  const Index input = digits.train.pixels_per_image(), count = digits.train.count;
  Undercomplete model({input, 128, 32}, run.rng), untrained({input, 128, 32}, run.rng);
  nn::Parameters all;
  run.add(all, "", model);
  std::vector<Trial> trials;
  for (Index hidden : {32, 128, 512})
    for (Index share : {1, 10, 100}) {
      trials.push_back({hidden, share, std::max<Index>(1, count * share / 100), {{input, hidden, 32}, run.rng}});
      run.add(all, fmt::format("trial.{}.{}.", hidden, share), trials.back().model);
    }
  nn::Adam adam(all, {.learning_rate = 1e-3f});
  run.keep(all, {&adam});
  for ([[maybe_unused]] int epoch : run.epochs(5)) {
    for (const Tensor& x : run.batches(digits.train, 128)) {
      const Loss loss = model.loss(x);
      adam.zero_grad();
      backward(loss.value);
      for (Trial& trial : trials) {  // each from a batch of its own images
        std::vector<int> places(64);
        for (int& place : places) place = static_cast<int>(run.rng.below(static_cast<std::uint64_t>(trial.images)));
        backward(trial.model.loss(digits.train.batch(places)).value);
      }
      adam.step();  // one optimiser for all nets: no weight belongs to two
      run.end_batch(loss);
    }
    run.show("walk", "From one to another", "Above through pixels, below through the code.", walks(model, digits.test));
    run.end_epoch();
  }
  const data::Images base = digits.train.slice(0, std::min<Index>(20000, count));
  const data::Images some = digits.test.slice(0, std::min<Index>(1000, digits.test.count));
  const Tensor h = encoded(model, some.tensor());
  run.show("map", "A map of the codes", "Test images, a colour a class, along the two main directions of their codes.",
           report::scatter(components_of(h).encode(h, 2), some.labels));
  run.show("Move through the codes", "Point, or press arrow keys.", play::codes(model, h, some));
  run.show("neighbours", "What lies near", "Test images, then the four nearest by code, the four by pixels.",
           neighbours(model, digits.test.slice(0, std::min<Index>(8, digits.test.count)), base));
  if (!digits.train.labels.empty())
    run.show("Four spaces", "What the class of a test image can be told from.",
             compare(run, base, digits.test, model, untrained));
  remembered(run, digits, trials);
  return run.finish();
}
