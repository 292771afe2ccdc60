// The use of codes: a linear SVM on sparse codes, and pre-training.
#include <hourglass/claims/figures/figures.h>
#include <hourglass/metrics/labels.h>
#include <hourglass/metrics/pairwise_svm.h>
#include <hourglass/metrics/sparse_rows.h>
#include <hourglass/models/stacked.h>
#include <hourglass/models/winner_take_all.h>
#include <hourglass/nn/adam.h>
#include <hourglass/nn/schedule.h>

namespace hourglass::HOURGLASS_BUILD::claims {

namespace {

// The codes of some images, and their labels.
struct Coded {
  metrics::SparseRows rows;
  std::vector<int> labels;

  Coded(const data::Images& images, const std::function<Tensor(const Tensor&)>& f) : labels(images.labels) {
    each(images, [&](const Tensor& x) { rows.add(f(x)); });
  }
};

// The accuracy of a linear SVM on the test digits, in percent; C chosen on the validation digits, on which the model of
// the codes is trained, without their labels.
template <class Machine>
double accuracy(const Coded& fitting, const Coded& validation, const Coded& train, const Coded& test) {
  double best = 0, C = 1;
  for (const double each : {0.003, 0.01, 0.03, 0.1, 0.3}) {
    const double right =
        Machine(fitting.rows, fitting.labels, {.C = each}).accuracy(validation.rows, validation.labels);
    if (right > best) {
      best = right;
      C = each;
    }
  }
  return 100 * Machine(train.rows, train.labels, {.C = C}).accuracy(test.rows, test.labels);
}

// One-vs-rest and one-vs-one linear SVMs.
std::vector<double> svm_accuracies(Experiment& e, const std::function<Tensor(const Tensor&)>& f) {
  const Coded fitting(e.fitting(), f), validation(e.validation(), f), train(e.digits.train, f), test(e.digits.test, f);
  return {accuracy<metrics::LinearSvm>(fitting, validation, train, test),
          accuracy<metrics::PairwiseSvm>(fitting, validation, train, test)};
}

std::vector<double> winner_take_all(Experiment& e) {
  Rng rng = e.rng(40);
  // of 2% and 5%, right on 98.92% and 98.84% of the validation digits, one against one, when trained without them
  models::WinnerTakeAll model({.share = 0.02}, rng);
  nn::Adam adam(model.parameters(), {.learning_rate = 1e-3});
  int batches = 0;
  train(
      e, e.digits.train, model.parameters(), adam, {.epochs = 50, .batch = 200, .rate = nn::cosine_lr()},
      [&](const Tensor& x, auto) {
        if (++batches % 100 == 0) model.revive(x, rng);
        return model.loss(x);
      },
      rng);
  return svm_accuracies(e, [&](const Tensor& x) { return model.encode(x).value(); });
}

std::vector<double> stacked(Experiment& e) {
  Rng rng = e.rng(41);
  models::StackedDenoising model({}, rng);
  for (Index layer = 0; layer < model.layers(); ++layer) {
    nn::Adam adam(model.layer_parameters(layer), {.learning_rate = 1e-3});
    train(
        e, e.digits.train, model.parameters(), adam, {.epochs = 10},
        [&](const Tensor& x, auto) { return model.layer_loss(layer, x, rng); }, rng);
  }
  nn::Adam adam(model.class_parameters(), {.learning_rate = 5e-4});
  const nn::Corruption masking{nn::Corruption::Kind::masking, 0.25};
  train(
      e, e.digits.train, model.parameters(), adam, {.epochs = 30, .rate = nn::cosine_lr(0.02)},
      [&](const Tensor& x, std::span<const int> labels) { return model.class_loss(masking(x, rng), labels); }, rng);
  const Tensor logits = rows(e.digits.test, [&](const Tensor& x) { return model.classify(x); });
  return {100 - 100 * metrics::share_equal(metrics::predicted_classes(logits), e.digits.test.labels)};
}

}  // namespace

std::vector<Figures> features() {
  const std::string right = "% right", makhzani = "Makhzani & Frey 2015: 98.6";
  return {
      {{figure("pixels-svm", "linear SVM on the pixels, one against the rest", right, {91, 93},
               "liblinear, one against the rest, elsewhere: 91.8"),
        figure("pixels-pairs", "the same, one against one", right, {93.5, 95.5},
               "scikit-learn 1.9, OneVsOneClassifier(LinearSVC): 94.2")},
       [](Experiment& e) { return svm_accuracies(e, [](const Tensor& x) { return x; }); },
       true},
      {{figure("winner-take-all-rest",
               "winner-take-all codes, 2,000 units, 2% lifetime sparsity: linear SVM, one against the rest", right,
               {98, {}}, makhzani),
        figure("winner-take-all", "the same, one against one", right, {98.4, {}}, makhzani)},
       winner_take_all,
       true},
      {{figure("stacked", "stacked denoising 784-1000-1000-1000, fine-tuned: test error", "% wrong", {{}, 1.5},
               "Vincent et al. 2010, table 3: 1.28")},
       stacked,
       true},
  };
}

}  // namespace hourglass::HOURGLASS_BUILD::claims
