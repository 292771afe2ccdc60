// What codes are good for: a linear machine on sparse codes, and pretraining.
#include "claims/figures/figures.h"
#include "metrics/labels.h"
#include "metrics/sparse_rows.h"
#include "metrics/svm.h"
#include "models/stacked.h"
#include "models/winner_take_all.h"
#include "nn/schedule.h"

namespace hourglass::inline HOURGLASS_BUILD::claims {

namespace {

metrics::SparseRows codes(const data::Images& images, const std::function<Tensor(const Tensor&)>& f) {
  metrics::SparseRows rows;
  each(images, [&](const Tensor& x) { rows.add(f(x)); });
  return rows;
}

// A linear machine's accuracy on the test digits, in percent; C chosen on the validation digits, which the model that
// makes the codes has seen, though not their labels.
double svm_accuracy(Experiment& e, const std::function<Tensor(const Tensor&)>& f) {
  const data::Images fitting = e.fitting(), validation = e.validation();
  const metrics::SparseRows fitted = codes(fitting, f), chosen_on = codes(validation, f);
  double best = 0, C = 1;
  for (const double each : {0.003, 0.01, 0.03, 0.1, 0.3}) {
    const metrics::LinearSvm svm(fitted, fitting.labels, {.C = each});
    const double accuracy = svm.accuracy(chosen_on, validation.labels);
    if (accuracy > best) best = accuracy, C = each;
  }
  const metrics::LinearSvm svm(codes(e.digits.train, f), e.digits.train.labels, {.C = C});
  return 100 * svm.accuracy(codes(e.digits.test, f), e.digits.test.labels);
}

std::vector<double> winner_take_all(Experiment& e) {
  Rng rng = e.rng(40);
  models::WinnerTakeAll model({}, rng);
  nn::Adam adam(model.parameters(), {.learning_rate = Scalar(1e-3)});
  const nn::Schedule falling = nn::Schedule::cosine();
  int batches = 0;
  train(
      e, e.digits.train, model.parameters(), adam,
      {.epochs = 50, .batch = 200, .rate = [=](Scalar t) { return falling.at(t); }},
      [&](const Tensor& x, auto) {
        if (++batches % 100 == 0) model.revive(x, rng);
        return model.loss(x);
      },
      rng);
  return {svm_accuracy(e, [&](const Tensor& x) { return model.encode(x).value(); })};
}

std::vector<double> stacked(Experiment& e) {
  Rng rng = e.rng(41);
  models::StackedDenoising model({}, rng);
  for (Index layer = 0; layer < model.layers(); ++layer) {
    nn::Adam adam(model.layer_parameters(layer), {.learning_rate = Scalar(1e-3)});
    train(
        e, e.digits.train, model.parameters(), adam, {.epochs = 10},
        [&](const Tensor& x, auto) { return model.layer_loss(layer, x, rng); }, rng);
  }
  nn::Adam adam(model.class_parameters(), {.learning_rate = Scalar(5e-4)});
  const nn::Schedule falling = nn::Schedule::cosine(Scalar(0.02));
  const nn::Corruption masking{nn::Corruption::Kind::masking, Scalar(0.25)};
  train(
      e, e.digits.train, model.parameters(), adam, {.epochs = 30, .rate = [=](Scalar t) { return falling.at(t); }},
      [&](const Tensor& x, std::span<const int> labels) { return model.class_loss(masking(x, rng), labels); }, rng);
  const Tensor logits = rows(e.digits.test, [&](const Tensor& x) { return model.classify(x); });
  return {100 - 100 * metrics::share_equal(metrics::largest_places(logits), e.digits.test.labels)};
}

}  // namespace

std::vector<Figures> features() {
  return {
      {{figure("pixels-svm", "linear SVM on the pixels", "% right", {91, 93},
               "liblinear, one against the rest, elsewhere: 91.8")},
       [](Experiment& e) { return std::vector{svm_accuracy(e, [](const Tensor& x) { return x; })}; },
       true},
      {{figure("winner-take-all", "linear SVM on winner-take-all codes, 2,000 units, 5% lifetime sparsity", "% right",
               {98.4, {}}, "Makhzani & Frey 2015: 98.6")},
       winner_take_all,
       true},
      {{figure("stacked", "stacked denoising 784-1000-1000-1000, fine-tuned: test error", "% wrong", {{}, 1.5},
               "Vincent et al. 2010, table 3: 1.28")},
       stacked,
       true},
  };
}

}  // namespace hourglass::inline HOURGLASS_BUILD::claims
