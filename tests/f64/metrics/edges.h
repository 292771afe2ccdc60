#pragma once
#include <cmath>
#include <filesystem>
#include <fstream>
#include <functional>
#include <map>
#include <nlohmann/json.hpp>
#include <set>
#include <sstream>
#include <string>
#include <vector>

#include <hourglass/io/gzip.h>
#include <hourglass/metrics/activity.h>
#include <hourglass/metrics/classifier.h>
#include <hourglass/metrics/columns.h>
#include <hourglass/metrics/decoder.h>
#include <hourglass/metrics/denoisers.h>
#include <hourglass/metrics/errors.h>
#include <hourglass/metrics/estimate.h>
#include <hourglass/metrics/filters.h>
#include <hourglass/metrics/fit_labels.h>
#include <hourglass/metrics/frechet.h>
#include <hourglass/metrics/grid_likelihood.h>
#include <hourglass/metrics/hamming.h>
#include <hourglass/metrics/image_quality.h>
#include <hourglass/metrics/intrinsic_dimension.h>
#include <hourglass/metrics/labels.h>
#include <hourglass/metrics/likelihood.h>
#include <hourglass/metrics/linear_denoiser.h>
#include <hourglass/metrics/manifold.h>
#include <hourglass/metrics/mmd.h>
#include <hourglass/metrics/neighbors.h>
#include <hourglass/metrics/noise.h>
#include <hourglass/metrics/pairwise_svm.h>
#include <hourglass/metrics/parzen.h>
#include <hourglass/metrics/pca.h>
#include <hourglass/metrics/probabilistic_pca.h>
#include <hourglass/metrics/probe.h>
#include <hourglass/metrics/ranking.h>
#include <hourglass/metrics/regression.h>
#include <hourglass/metrics/sample_quality.h>
#include <hourglass/metrics/silhouette.h>
#include <hourglass/metrics/sparse_rows.h>
#include <hourglass/metrics/strokes.h>
#include <hourglass/metrics/subspace.h>
#include <hourglass/metrics/svm.h>
#include <hourglass/metrics/units.h>
#include <hourglass/tensor/elementwise.h>
#include <hourglass/tensor/layout.h>
#include <hourglass/tensor/product.h>
#include "tests/check.h"

// Every metric at the ends of the numbers, in both builds, against tests/oracles/metrics_edges.json.gz: what NumPy,
// SciPy and scikit-learn compute in double on the same numbers (tools/python/metrics_edges.py). Here stands how our
// metrics are called; a metric that is declared in metrics/ and called nowhere here fails the test.
namespace metric_edges {

using namespace hourglass;
using Group = std::vector<double>;
using Groups = std::vector<Group>;

/// The inputs of a kind: three matrices of four columns, two sets of 12 × 12 images, labels of three classes.
struct Inputs {
  Tensor x, z, y, r, t;
  std::vector<int> labels, labels_y;
};

/// The same place counts the same number in both builds; texts stand for what JSON does not know.
inline double number(const nlohmann::json& v) {
  return v.is_string() ? std::stod(v.get<std::string>()) : v.get<double>();
}

inline Tensor matrix(const nlohmann::json& numbers, Index columns) {
  Tensor m({static_cast<Index>(numbers.size()) / columns, columns});
  for (Index i = 0; i < m.numel(); ++i)
    m.write_()[i] = static_cast<Scalar>(number(numbers[static_cast<std::size_t>(i)]));
  return m;
}

inline Inputs inputs_of(const nlohmann::json& kind) {
  return {matrix(kind["x"], 4),   matrix(kind["z"], 4), matrix(kind["y"], 4), matrix(kind["r"], 144),
          matrix(kind["t"], 144), kind["labels"],       kind["labels_y"]};
}

inline Group doubles(const Tensor& x) { return {x.values().begin(), x.values().end()}; }
template <class T>
Group doubles(const std::vector<T>& v) {
  return {v.begin(), v.end()};
}
inline Group absolute(Group v) {
  for (double& each : v) each = std::abs(each);
  return v;
}
inline bool same(const Group& a, const Group& b) {
  return std::equal(a.begin(), a.end(), b.begin(), b.end(),
                    [](double u, double v) { return u == v || (std::isnan(u) && std::isnan(v)); });
}
inline Tensor first_rows(const Tensor& x, Index count) { return narrow(x, 0, 0, std::min(count, x.size(0))); }
inline Group flat(const Tensor& x) { return doubles(x); }
inline const std::vector<double> direction{0.5, -1, 2, 1};

inline Groups activity(const Inputs& k) {
  const auto a = metrics::activity(k.x);
  return {a.mean, a.active, {a.share_active, double(a.dead)}, {a.population_sparsity, a.lifetime_sparsity}};
}

inline Groups hoyer_sparsity(const Inputs& k) {
  double absolute = 0, square = 0;
  for (Index i = 0; i < k.x.size(0); ++i) {
    const double v = k.x.at({i, 1});
    absolute += std::abs(v);
    square += v * v;
  }
  return {{metrics::hoyer_sparsity(double(k.x.size(0)), absolute, square)}};
}

inline Groups unit_variances(const Inputs& k) {
  return {metrics::unit_variances(k.x), {double(metrics::active_units(k.x))}};
}

// Weights 0.1 sin(1 + 0.37 i + 1.1 j), biases 0.
inline Groups classifier(const Inputs& k) {
  Rng rng(1);
  metrics::Classifier classifier(rng, {.pixels = 4, .classes = 3});
  for (const nn::Parameter& p : classifier.parameters()) {
    Tensor value = p.variable.value();
    const Index columns = value.dim() == 2 ? value.size(1) : 1;
    for (Index i = 0; i < value.numel(); ++i)
      value.write_()[i] = value.dim() == 1
                              ? Scalar(0)
                              : Scalar(0.1 * std::sin(1 + 0.37 * double(i / columns) + 1.1 * double(i % columns)));
  }
  return {flat(classifier.features(k.x)),
          flat(classifier.probabilities(k.x)),
          classifier.confidence(k.x),
          {classifier.accuracy(k.x, k.labels)}};
}

inline metrics::Classifier::Images rows_of(const Tensor& x) {
  return [x](std::span<const int> indices) {
    Tensor batch({static_cast<Index>(indices.size()), x.size(1)});
    for (std::size_t i = 0; i < indices.size(); ++i)
      std::copy_n(x.data() + indices[i] * x.size(1), x.size(1), batch.write_() + static_cast<Index>(i) * x.size(1));
    return batch;
  };
}

inline Groups fit(const Inputs& k) {
  Rng rng(1);
  metrics::Classifier classifier(rng, {.pixels = 4, .classes = 3});
  classifier.fit(rows_of(k.x), k.labels, {.epochs = 1, .batch = std::min<Index>(4, k.x.size(0))});
  return {{nn::first_not_finite(classifier.parameters()).empty() ? 1.0 : 0.0}};
}

inline Groups columns(const Inputs& k) {
  const auto means = metrics::column_means(k.x, "columns");
  const double most = metrics::largest_deviation(k.x, means), unit = metrics::safe_unit(most);
  CHECK(metrics::row_of(means).shape() == Shape{4});
  Group about = flat(metrics::centered(k.x, means, unit));
  for (double& v : about) v *= unit;
  return {means, metrics::column_variances(k.x, means, "columns"), about, {most}};
}

inline Groups decoder(const Inputs& k) {
  const auto same = [](const Tensor& h) { return h; };
  const auto bits = metrics::Decoder::bernoulli(same), normal = metrics::Decoder::gaussian(same, 0.25);
  return {bits.each(k.x, k.z), flat(bits.all(k.x, k.z)), normal.each(k.x, k.z), flat(normal.all(k.x, k.z)),
          metrics::log_standard_normal(k.x)};
}

inline Groups denoisers(const Inputs& k) {
  const metrics::Denoiser two{"two",
                              {[](const Tensor& y) { return y; }, [](const Tensor& y) { return Scalar(0.5) * y; }}};
  const bool halved = &two.best(k.r, k.t) == &two.settings[1];
  return {{halved ? 1.0 : 0.0}, {metrics::mean_psnr(k.r, k.t)}, {metrics::mean_ssim(k.r, k.t, 12, 12)}};
}

inline Groups plain_denoisers(const Inputs& k) {
  metrics::PcaFit fit;
  fit.add(k.r);
  fit.add(k.t);
  const auto all = metrics::plain_denoisers(fit.finish(), 12, 12);
  Group counts;
  for (const auto& each : all) {
    counts.push_back(double(each.settings.size()));
    for (const auto& denoise : each.settings) CHECK(denoise(k.r).shape() == k.r.shape());
  }
  if (k.r.size(0) < 2) fail("plain denoisers: the oracle wants two images");
  return {counts, flat(all[0].settings[0](k.r)), flat(all[1].settings[0](k.r))};
}

inline Groups errors(const Inputs& k) {
  Tensor target(k.x.shape());
  for (Index i = 0; i < target.numel(); ++i) target.write_()[i] = Scalar((i / 4 + i % 4) % 3) / 2;
  return {metrics::squared_errors(k.x, k.z), metrics::cross_entropies(k.x, target)};
}

inline Groups unexplained_share(const Inputs& k) { return {{metrics::unexplained_share(k.x, k.z)}}; }

inline Groups estimate(const Inputs& k) {
  const auto e = metrics::estimate(doubles(k.x));
  if (!std::isfinite(e.mean)) return {{e.mean, e.standard_error}};
  return {{e.mean}, {e.standard_error}};
}

inline Groups log_sums(const Inputs& k) {
  metrics::LogSum sum;
  CHECK(sum.value() == -std::numeric_limits<double>::infinity());
  for (const double v : doubles(k.x)) sum.add(v);
  const double all = metrics::log_sum_exp(doubles(k.x));
  CHECK((all == sum.value() || (std::isnan(all) && std::isnan(sum.value()))));
  return {{all}};
}

inline Groups filters(const Inputs& k) {
  const Tensor wiener = metrics::local_wiener(k.r, 12, 12);
  Group inner;  // paper beyond the edges is 0, however far from it the image lies
  for (Index i = 0; i < k.r.size(0); ++i)
    for (Index v = 1; v < 11; ++v)
      for (Index u = 1; u < 11; ++u) inner.push_back(wiener.at({i, 12 * v + u}));
  return {inner, flat(metrics::median_filter(k.r, 12, 12))};
}

inline Groups frechet(const Inputs& k) {
  return {{metrics::frechet_distance(k.x, k.y)}, {metrics::frechet_distance(k.x, k.x)}};
}

inline Tensor along(const Tensor& h) {
  Tensor w({1, 4});
  for (Index j = 0; j < 4; ++j) w.write_()[j] = Scalar(direction[static_cast<std::size_t>(j)]);
  return matmul(h, w);
}

inline Groups grid(const Inputs& k) {
  return {metrics::grid_log_likelihood(first_rows(k.x, 3), metrics::Decoder::gaussian(along, 0.25), 1)};
}

inline Groups hamming(const Inputs& k) {
  const Tensor middle = metrics::medians(k.x);
  const metrics::BinaryCodes bits(k.x, middle), base(k.x, Scalar(0)), asked(k.y, Scalar(0));
  Group all;
  for (Index i = 0; i < bits.count(); ++i)
    for (Index j = 0; j < bits.bits(); ++j) {
      all.push_back(bits.bit(i, j));
      CHECK(bits.bit(i, j) == ((bits.words(i)[0] >> j & 1) == 1));
    }
  const auto found = metrics::nearest(asked, base, std::min<Index>(2, k.x.size(0)));
  return {flat(middle),
          all,
          doubles(found.indices),
          found.distances,
          {double(bits.count()), double(bits.bits()), double(bits.words_per_code())}};
}

inline Groups image_quality(const Inputs& k) {
  return {metrics::psnr(k.r, k.t),
          metrics::ssim(k.r, k.t, 12, 12),
          {metrics::bits_per_pixel(100, 144)},
          {metrics::bits_per_pixel_of_nats(100, 144)}};
}

inline Groups intrinsic(const Inputs& k) { return {{metrics::intrinsic_dimension(metrics::nearest_others(k.x, 3))}}; }

inline Groups labels(const Inputs& k) {
  const std::vector<int> zeros(k.labels.size(), 0);
  return {doubles(metrics::predicted_classes(k.x)),
          {metrics::share_equal(k.labels, zeros)},
          metrics::class_shares(k.labels, 3)};
}

// A decoder that does not look at the code: the bounds are the likelihood itself, whatever is drawn.
inline Groups likelihood(const Inputs& k) {
  Rng rng(1);
  const auto encoder = [](const Tensor& x) {
    const Tensor zeros = Tensor::zeros({x.size(0), 2});
    return metrics::Posterior{zeros, zeros};
  };
  const auto constant = [](const Tensor& h) { return along(Tensor::full({h.size(0), 1}, 1)); };
  const auto bounds = metrics::sampled_log_likelihood(k.x, encoder, metrics::Decoder::gaussian(constant, 0.25), rng,
                                                      {.samples = 8, .rows = 16});
  return {bounds.elbo, bounds.importance};
}

inline Groups linear_denoiser(const Inputs& k) {
  metrics::LinearDenoiserFit fit;
  fit.add(k.x, k.z);
  return {flat(fit.finish().denoise(k.x))};
}

inline Groups manifold(const Inputs& k) {
  const metrics::Manifold real(k.x, 2);
  Group inside;
  for (const bool each : real.contains(k.y)) inside.push_back(each);
  return {inside, {real.share_of(k.y)}, {real.share_of(k.x)}};
}

inline Groups mmd(const Inputs& k) { return {{metrics::mmd_squared(k.x, k.y, 8)}}; }

inline Groups nearest(const Inputs& k) {
  const auto found = metrics::nearest(k.y, k.x, std::min<Index>(2, k.x.size(0)));
  Group first;
  for (Index q = 0; q < found.queries(); ++q) {
    std::vector<double> distances(1);
    std::vector<int> indices(1);
    metrics::Nearest best(distances.data(), indices.data(), 1);
    for (Index j = 0; j < found.k; ++j)
      best.offer(found.distances[static_cast<std::size_t>(q * found.k + j)], found.of(q)[std::size_t(j)]);
    CHECK(indices[0] == found.first(1).of(q)[0]);
    first.push_back(found.first(1).of(q)[0]);
  }
  return {doubles(found.indices),
          found.distances,
          {metrics::neighbor_accuracy(found, k.labels_y, k.labels),
           metrics::precision_at_k(found, k.labels_y, k.labels), metrics::recall_at_k(found, k.labels_y, k.labels)},
          first};
}

inline Groups nearest_others(const Inputs& k) {
  const auto found = metrics::nearest_others(k.x, 3);
  return {doubles(found.indices), found.distances};
}

inline Groups noise(const Inputs& k) {
  const Tensor half = Scalar(0.5) * k.x, half_noisy = Scalar(0.5) * k.z;
  return {{metrics::noise_copied(k.x, k.z, half, half_noisy)}, metrics::noise_left(k.x, k.z, {}, {})};
}

inline Groups pairwise_svm(const Inputs& k) {
  const metrics::SparseRows rows(k.x);
  const metrics::PairwiseSvm machine(rows, k.labels, {.tolerance = 1e-6});
  const std::vector<int> predicted = machine.predict(rows);
  CHECK(machine.accuracy(rows, predicted) == 1);
  return {doubles(predicted)};
}

inline Groups linear_svm(const Inputs& k) {
  const metrics::SparseRows rows(k.x);
  const metrics::LinearSvm machine(rows, k.labels, {.tolerance = 1e-6});
  CHECK(machine.accuracy(rows, machine.predict(rows)) == 1);
  return {machine.scores(rows)};
}

inline metrics::Pca fitted(const Tensor& x) {
  metrics::PcaFit fit;
  fit.add(x);
  return fit.finish();
}

inline Groups pca(const Inputs& k) {
  const metrics::Pca found = fitted(k.x);
  const Tensor code = found.encode(k.x, 2);
  const Tensor back = found.decode(code);
  CHECK(same(flat(found.reconstruct(k.x, 2)), flat(back)));
  for (const Scalar variance : found.variances.values()) CHECK(variance >= 0);
  return {flat(found.variances), absolute(flat(code)), flat(back), flat(first_rows(found.mean_like(k.x), 1))};
}

inline Groups probabilistic_pca(const Inputs& k) {
  const metrics::ProbabilisticPca model(fitted(k.x), 2);
  CHECK(model.weights().shape() == Shape{2, 4});
  return {model.log_likelihood(k.x), {model.training_log_likelihood()}, {model.noise_variance()}};
}

inline Groups standardizer(const Inputs& k) { return {flat(metrics::Standardizer(k.x).apply(k.x))}; }

inline Groups logistic_probe(const Inputs& k) {
  const metrics::LogisticProbe probe(k.x, k.labels, 3,
                                     {.l2 = Scalar(0.1), .learning_rate = Scalar(0.02), .epochs = 1500, .batch = 12});
  const std::vector<int> predicted = probe.predict(k.x);
  CHECK(probe.accuracy(k.x, predicted) == 1);
  return {flat(probe.log_probabilities(k.x)), {metrics::share_equal(predicted, k.labels)}};
}

inline Groups ranking(const Inputs& k) { return {{metrics::area_under_roc(doubles(k.x), doubles(k.z))}}; }

inline Groups regression(const Inputs& k) {
  std::vector<double> y;
  for (Index i = 0; i < k.z.size(0); ++i) y.push_back(k.z.at({i, 1}));
  const metrics::LinearRegression line(k.x, y);
  Groups found{line.predict(k.x)};
  const bool varies = std::adjacent_find(y.begin(), y.end(), std::not_equal_to<>()) != y.end();
  if (!varies) CHECK_FAILS(line.r_squared(k.x, y), "linear regression: all");
  found.push_back(varies ? Group{line.r_squared(k.x, y)} : Group{});
  return found;
}

inline Groups sample_quality(const Inputs& k) {
  Rng rng(1);
  metrics::SampleQuality quality(rows_of(k.x), k.labels, k.x.size(0), k.x, k.z, rng, {.epochs = 1, .batch = 4});
  const metrics::SampleScores s = quality.score(k.x);
  const auto share = [](double v) { return v >= 0 && v <= 1 + 1e-6; };
  const bool right = s.frechet >= 0 && std::isfinite(s.frechet) && share(s.precision) && share(s.recall) &&
                     share(s.confidence) && s.classes_made() >= 1 && quality.precision(k.x) == s.precision &&
                     quality.confidence(k.x) == s.confidence;
  return {{right ? 1.0 : 0.0}};
}

inline Groups silhouette(const Inputs& k) {
  const auto s = metrics::silhouette(k.x, k.labels);
  return {{s.mean, s.standard_error}};
}

inline Groups sparse_rows(const Inputs& k) {
  const metrics::SparseRows all(k.x);
  metrics::SparseRows rows;
  for (Index i = 0; i < all.count(); ++i) rows.add(all, i);
  Group numbers(static_cast<std::size_t>(k.x.numel()), 0);
  for (Index i = 0; i < rows.count(); ++i)
    for (const auto* e = rows.begin(i); e != rows.end(i); ++e)
      numbers[static_cast<std::size_t>(i * rows.columns() + e->column)] = double(e->value);
  return {numbers, {double(rows.count()), double(rows.columns()), double(rows.nonzeros())}};
}

inline Groups strokes(const Inputs& k) {
  return {metrics::slants(k.r, 12, 12), metrics::contour_lengths(k.r, 12, 12), metrics::stroke_widths(k.r, 12, 12)};
}

inline Groups subspace(const Inputs& k) {
  return {metrics::principal_angles(narrow(k.x, 0, 1, 2), narrow(k.z, 0, 1, 2))};
}

inline Groups units(const Inputs& k) {
  const auto strongest = metrics::strongest_images(k.x, 2);
  Group indices;
  for (const auto& of_unit : strongest) {
    indices.push_back(double(of_unit.size()));
    indices.insert(indices.end(), of_unit.begin(), of_unit.end());
  }
  return {indices, {metrics::purity(strongest, k.labels)}};
}

inline Groups parzen(const Inputs& k) {
  const auto wide = metrics::parzen_log_likelihood(k.x, k.y, std::vector<double>{0.5, 2});
  const auto p = metrics::parzen(k.x, k.y, k.z);
  return {{wide[0].mean, wide[0].standard_error},
          {wide[1].mean, wide[1].standard_error},
          {p.width},
          {p.log_likelihood.mean}};
}

/// How an entry of the oracle is computed here, and which declared names that calls.
struct Entry {
  std::function<Groups(const Inputs&)> run;
  std::string calls;
};

inline const std::map<std::string, Entry>& entries() {
  static const std::map<std::string, Entry> all{
      {"activity", {activity, "activity"}},
      {"hoyer_sparsity", {hoyer_sparsity, "hoyer_sparsity"}},
      {"unit_variances", {unit_variances, "unit_variances active_units"}},
      {"classifier",
       {classifier,
        "Classifier Classifier.features Classifier.probabilities Classifier.predict Classifier.confidence "
        "Classifier.accuracy Classifier.members"}},
      {"fit", {fit, "fit_labels Classifier.fit"}},
      {"columns", {columns, "column_means column_variances centered safe_unit largest_deviation row_of"}},
      {"decoder", {decoder, "Decoder.bernoulli Decoder.gaussian Decoder.each Decoder.all log_standard_normal"}},
      {"denoisers", {denoisers, "Denoiser.best mean_psnr mean_ssim"}},
      {"plain_denoisers", {plain_denoisers, "plain_denoisers"}},
      {"errors", {errors, "squared_errors cross_entropies"}},
      {"unexplained_share", {unexplained_share, "unexplained_share"}},
      {"estimate", {estimate, "estimate"}},
      {"log_sums", {log_sums, "LogSum.add LogSum.value log_sum_exp"}},
      {"filters", {filters, "local_wiener median_filter"}},
      {"frechet", {frechet, "frechet_distance"}},
      {"grid", {grid, "grid_log_likelihood"}},
      {"hamming",
       {hamming,
        "BinaryCodes BinaryCodes.count BinaryCodes.bits BinaryCodes.bit BinaryCodes.words BinaryCodes.words_per_code "
        "medians nearest"}},
      {"image_quality", {image_quality, "psnr ssim bits_per_pixel bits_per_pixel_of_nats"}},
      {"intrinsic", {intrinsic, "intrinsic_dimension"}},
      {"labels", {labels, "predicted_classes share_equal class_shares"}},
      {"likelihood", {likelihood, "sampled_log_likelihood"}},
      {"linear_denoiser", {linear_denoiser, "LinearDenoiserFit.add LinearDenoiserFit.finish LinearDenoiser.denoise"}},
      {"manifold", {manifold, "Manifold Manifold.contains Manifold.share_of"}},
      {"mmd", {mmd, "mmd_squared"}},
      {"nearest",
       {nearest,
        "nearest Neighbors.queries Neighbors.of Neighbors.first Nearest Nearest.offer neighbor_accuracy "
        "precision_at_k recall_at_k"}},
      {"nearest_others", {nearest_others, "nearest_others"}},
      {"noise", {noise, "noise_copied noise_left"}},
      {"pairwise_svm", {pairwise_svm, "PairwiseSvm PairwiseSvm.predict PairwiseSvm.accuracy"}},
      {"linear_svm", {linear_svm, "LinearSvm LinearSvm.scores LinearSvm.predict LinearSvm.accuracy"}},
      {"pca", {pca, "PcaFit.add PcaFit.finish Pca.encode Pca.decode Pca.reconstruct Pca.mean_like"}},
      {"probabilistic_pca",
       {probabilistic_pca,
        "ProbabilisticPca ProbabilisticPca.log_likelihood ProbabilisticPca.training_log_likelihood "
        "ProbabilisticPca.weights ProbabilisticPca.noise_variance"}},
      {"standardizer", {standardizer, "Standardizer Standardizer.apply"}},
      {"logistic_probe",
       {logistic_probe, "LogisticProbe LogisticProbe.log_probabilities LogisticProbe.predict LogisticProbe.accuracy"}},
      {"ranking", {ranking, "area_under_roc"}},
      {"regression", {regression, "LinearRegression LinearRegression.predict LinearRegression.r_squared"}},
      {"sample_quality",
       {sample_quality,
        "SampleQuality SampleQuality.score SampleQuality.precision SampleQuality.confidence "
        "SampleScores.classes_made"}},
      {"silhouette", {silhouette, "silhouette"}},
      {"sparse_rows",
       {sparse_rows,
        "SparseRows SparseRows.add SparseRows.count SparseRows.columns SparseRows.nonzeros SparseRows.begin "
        "SparseRows.end"}},
      {"strokes", {strokes, "slants contour_lengths stroke_widths"}},
      {"subspace", {subspace, "principal_angles"}},
      {"units", {units, "strongest_images purity"}},
      {"parzen", {parzen, "parzen_log_likelihood parzen"}},
  };
  return all;
}

/// The functions that the headers of metrics/ declare, and Class.function of their classes' public ones.
inline std::set<std::string> declared() {
  std::set<std::string> names;
  for (const auto& file : std::filesystem::directory_iterator(HOURGLASS_SOURCE "/metrics")) {
    if (file.path().extension() != ".h") continue;
    std::ifstream header(file.path());
    std::string of;
    bool open = true;
    for (std::string line; std::getline(header, line);) {
      if ((line.starts_with("class ") || line.starts_with("struct ")) && line.ends_with("{")) {
        const std::size_t start = line.find(' ') + 1;
        of = line.substr(start, line.find(' ', start) - start);
        open = true;
      }
      if (line.starts_with("};")) of.clear();
      if (line.starts_with(" private:")) open = false;
      if (line.starts_with(" public:")) open = true;
      const bool member = line.starts_with("  ") && line.size() > 2 && line[2] != ' ' && line[2] != '/';
      const bool free = !line.empty() && (std::isalpha(static_cast<unsigned char>(line[0])) != 0);
      if ((member && !of.empty() && open) || (free && of.empty())) {
        const std::string before = line.substr(0, line.find('('));
        if (line.find('(') == std::string::npos || before.find(" = ") != std::string::npos ||
            before.find("using ") != std::string::npos || before.find("return ") != std::string::npos ||
            before.find("function<") != std::string::npos || before.find("Scalar") == before.size() - 6)
          continue;
        std::size_t start = before.size();
        while (start > 0 && (std::isalnum(static_cast<unsigned char>(before[start - 1])) || before[start - 1] == '_'))
          --start;
        const std::string name = before.substr(start);
        if (!name.empty()) names.insert(of.empty() || name == of ? name : of + "." + name);
      }
    }
  }
  return names;
}

/// A difference that stays: `entry build kinds expectation reason`, a line each.
struct Exception {
  std::string entry, build, kinds, expectation;
  bool covers(const std::string& e, const std::string& kind) const {
    return entry == e && (build == "both" || build == (sizeof(Scalar) == 4 ? "float" : "double")) &&
           ("," + kinds + ",").find("," + kind + ",") != std::string::npos;
  }
  /// The tolerance of these rows, or 0 where none is listed.
  double tolerance() const { return std::strtod(expectation.c_str(), nullptr); }
};

inline std::vector<Exception> exceptions() {
  std::ifstream file(HOURGLASS_SOURCE "/tests/oracles/metrics_edges_differences.txt");
  REQUIRE(file.good());
  std::vector<Exception> all;
  for (std::string line; std::getline(file, line);) {
    if (line.empty() || line[0] == '#') continue;
    std::istringstream words(line);
    Exception e;
    words >> e.entry >> e.build >> e.kinds >> e.expectation;
    std::string reason;
    CHECK_MESSAGE((std::getline(words, reason) && reason.size() > 3), "no reason: " << line);
    all.push_back(e);
  }
  return all;
}

/// The largest difference of a group, in its unit; infinite where one is NaN or infinite and the other is not.
inline double difference(const Group& found, const nlohmann::json& expected) {
  const auto& values = expected["values"];
  if (values.size() != found.size()) return std::numeric_limits<double>::infinity();
  double most = 0;
  for (std::size_t i = 0; i < found.size(); ++i) {
    const double e = number(values[i]);
    if (found[i] == e || (std::isnan(found[i]) && std::isnan(e))) continue;
    const double unit = expected["unit"].is_string() ? std::abs(e) : expected["unit"].get<double>();
    const double d = std::abs(found[i] - e) / unit;
    most = std::isnan(d) ? std::numeric_limits<double>::infinity() : std::max(most, d);
  }
  return most;
}

/// What is wrong with a row, or nothing. `instead`: what may be found as well, group by group. `tolerance`: of a
/// group's unit.
inline std::string fault(const Entry& entry, const Inputs& inputs, const nlohmann::json& expected,
                         const nlohmann::json& instead, double tolerance) {
  Groups found;
  try {
    found = entry.run(inputs);
  } catch (const Error& error) {
    return expected == "error" || instead == "error" ? "" : std::string("error: ") + error.what();
  }
  if (expected == "error") return "no error";
  if (found.size() != expected.size()) return "groups: " + std::to_string(found.size());
  for (std::size_t g = 0; g < found.size(); ++g) {
    if (expected[g].is_null()) continue;
    const double d = difference(found[g], expected[g]);
    if (instead.is_array() && (instead[g].is_null() || difference(found[g], instead[g]) <= tolerance)) continue;
    if (d > std::max(tolerance, expected[g].value("tolerance", tolerance)))
      return "group " + std::to_string(g) + " is off by " + std::to_string(d * 1e6) + "e-6 of its unit";
  }
  return "";
}

inline nlohmann::json read_oracle() {
  const io::Bytes bytes = io::read_gzip(HOURGLASS_SOURCE "/tests/oracles/metrics_edges.json.gz", 1 << 24);
  return nlohmann::json::parse(bytes.begin(), bytes.end());
}

/// All rows of the oracle, in this build.
inline void check_all() {
  const nlohmann::json oracle = read_oracle();
  const std::vector<Exception> excused = exceptions();
  std::map<std::string, Inputs> inputs;
  for (const auto& [name, kind] : oracle["kinds"].items()) inputs[name] = inputs_of(kind);
  std::map<std::string, std::size_t> rows;
  std::map<std::string, nlohmann::json> of_zeros;  // in float, denormals may count as 0 (docs/engine.md)
  for (const auto& row : oracle["rows"])
    if (row["kind"] == "zeros") of_zeros[row["entry"]] = row["expected"];
  for (const auto& row : oracle["rows"]) {
    const std::string name = row["entry"], kind = row["kind"];
    ++rows[name];
    REQUIRE_MESSAGE(entries().count(name) == 1, name << " is computed nowhere");
    const bool flushed = kind == "denormals" && sizeof(Scalar) == 4;
    const auto known =
        std::find_if(excused.begin(), excused.end(), [&](const Exception& e) { return e.covers(name, kind); });
    const double looser = known == excused.end() ? 0 : known->tolerance();
    const double tolerance = std::max(sizeof(Scalar) == 4 ? 1e-5 : 1e-9, looser);
    const std::string wrong = fault(entries().at(name), inputs.at(kind), row["expected"],
                                    flushed ? of_zeros[name] : nlohmann::json(), tolerance);
    if (known == excused.end() || looser > 0) {
      CHECK_MESSAGE(wrong.empty(), name << " " << kind << ": " << wrong);
      continue;
    }
    CHECK_MESSAGE((known->expectation == "any" || wrong.starts_with("error")), name << " " << kind << ": " << wrong);
  }
  for (const auto& each : entries()) {
    const std::string& name = each.first;
    CHECK_MESSAGE(rows[name] == inputs.size(), name << " has " << rows[name] << " rows of " << inputs.size());
  }
}

/// At the ends of double, where there is no wider number to compute with: no NaN, but a number, infinity or an error.
inline void check_ends_of_double() {
  const Inputs ordinary = inputs_of(read_oracle()["kinds"]["ordinary"]);
  for (const double factor : {1e160, 1e300, 1e307, 1e-160, 1e-300, 1e-310}) {
    Inputs k = ordinary;
    for (Tensor* x : {&k.x, &k.z, &k.y, &k.r, &k.t}) *x = static_cast<Scalar>(factor) * *x;
    for (const auto& [called, entry] : entries()) {
      const std::string& name = called;
      Groups found;
      const auto run = [&, call = entry.run] { found = call(k); };
      if (failure(run) != "(nothing was thrown)" || name == "estimate") continue;
      for (std::size_t g = 0; g < found.size(); ++g)
        for (const double v : found[g]) CHECK_MESSAGE(!std::isnan(v), name << ", group " << g << ", at " << factor);
    }
  }
}

/// No data at all: an error of ours, from every entry but the sum of no numbers.
inline void check_empty() {
  for (const auto& [called, entry] : entries()) {
    const std::string& name = called;
    if (name == "log_sums") continue;
    CHECK_MESSAGE(failure([&, run = entry.run] { run(Inputs{}); }) != "(nothing was thrown)", name << " of no data");
  }
}

/// A metric in a header of metrics/ that no entry calls has no rows.
inline void check_declared() {
  std::set<std::string> called;
  for (const auto& [name, entry] : entries()) {
    std::istringstream words(entry.calls);
    for (std::string word; words >> word;) called.insert(word);
  }
  const std::set<std::string> names = declared();
  CHECK(names.size() > 100);
  for (const std::string& name : names)
    CHECK_MESSAGE(called.count(name) == 1, name << " has no rows at the ends of the numbers");
  for (const std::string& name : called) CHECK_MESSAGE(names.count(name) == 1, name << " is called, but not declared");
}

}  // namespace metric_edges
