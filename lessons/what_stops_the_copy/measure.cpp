#include "lessons/what_stops_the_copy/measure.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <functional>
#include <memory>

#include <hourglass/autograd/grad_mode.h>
#include <hourglass/metrics/noise.h>
#include <hourglass/metrics/pca.h>
#include <hourglass/metrics/probe.h>
#include <hourglass/metrics/sample_quality.h>
#include "lessons/what_stops_the_copy/spiral.h"

namespace hourglass::HOURGLASS_BUILD {
namespace {

using Function = std::function<Tensor(const Tensor& x)>;

// The square from -1.4 to 1.4 in both directions, in pixels of a map.
constexpr int side = 240, gap = 6;
constexpr double reach = 1.4;

// ‖x - r‖², averaged over rows.
double error(const Tensor& r, const Tensor& x) { return double(nn::squared_error(r, x).value.item()); }

// Points in rows from above, n in a row: [n², 2].
Tensor lattice(int n) {
  Tensor x({n * n, 2});
  Scalar* to = x.write_();
  for (int i = 0; i < n * n; ++i) {
    *to++ = Scalar(reach * ((i % n + 0.5) * 2 / n - 1));
    *to++ = Scalar(-reach * ((i / n + 0.5) * 2 / n - 1));
  }
  return x;
}

// One of twelve blues for a distance from 0, white, to 0.6 and more.
std::array<std::uint8_t, 3> shade(double distance) {
  const double t = std::min(11.0, std::floor(distance / 0.05)) / 11;
  return {std::uint8_t(255 - 245 * t), std::uint8_t(255 - 185 * t), std::uint8_t(255 - 115 * t)};
}

// A map within a picture, and lines in it.
struct Map {
  report::Picture& picture;
  int left;

  void dot(double x, double y, std::array<std::uint8_t, 3> color, int size = 2) const {
    const int px = int(std::lround((x / reach + 1) * side / 2));
    const int py = int(std::lround((1 - y / reach) * side / 2));
    for (int i = 0; i < size * size; ++i) {
      const int at_x = px + i % size;
      const int at_y = py + i / size;
      if (std::clamp(at_x, 0, side - 1) == at_x && std::clamp(at_y, 0, side - 1) == at_y)
        std::copy(color.begin(), color.end(), picture.at(left + at_x, at_y));
    }
  }
  void line(double x, double y, double dx, double dy) const {
    for (int i = 0; i <= 40; ++i) dot(x + dx * i / 40, y + dy * i / 40, {213, 94, 0}, 2);
  }
  // An arrow at (x, y) in the direction (dx, dy), no longer than the space for it.
  void arrow(double x, double y, double dx, double dy) const {
    const double length = std::hypot(dx, dy);
    if (length < 0.02) return;
    const double scale = std::min(1.0, 0.17 / length);
    const double head = 0.05 / length;
    line(x, y, scale * dx, scale * dy);
    line(x + scale * dx, y + scale * dy, head * (-dx - 0.6 * dy), head * (-dy + 0.6 * dx));
    line(x + scale * dx, y + scale * dy, head * (-dx + 0.6 * dy), head * (-dy - 0.6 * dx));
  }
};

void draw(const Map& map, const Function& r, const Tensor& points) {
  const Tensor pixels = lattice(side);
  const Tensor moved = r(pixels);
  const auto change = [](const Tensor& to, const Tensor& from, Index i, Index axis) {
    return double(to.data()[2 * i + axis]) - double(from.data()[2 * i + axis]);
  };
  for (Index i = 0; i < side * side; ++i) {
    const auto color = shade(std::hypot(change(moved, pixels, i, 0), change(moved, pixels, i, 1)));
    std::copy(color.begin(), color.end(), map.picture.at(map.left + int(i % side), int(i / side)));
  }
  for (Index i = 0; i < points.size(0); ++i)
    map.dot(double(points.data()[2 * i]), double(points.data()[2 * i + 1]), {0, 0, 0});
  const Tensor starts = lattice(14);
  const Tensor ends = r(starts);
  for (Index i = 0; i < starts.size(0); ++i)
    map.arrow(double(starts.data()[2 * i]), double(starts.data()[2 * i + 1]), change(ends, starts, i, 0),
              change(ends, starts, i, 1));
}

// A function of the plane under its label.
struct Panel {
  std::string label;
  Function r;
};

report::Picture draw(const std::vector<Panel>& panels, const Tensor& points) {
  report::Picture picture(int(panels.size()) * (side + gap) - gap, side, 255);
  for (std::size_t i = 0; i < panels.size(); ++i) {
    draw(Map{picture, int(i) * (side + gap)}, panels[i].r, points);
    picture.column_labels.push_back(panels[i].label);
  }
  return picture;
}

// E[x | x~ = y] for points of the spiral: the best denoiser, which lesson 08 derives.
Tensor best_denoiser(const Tensor& y, const Tensor& points, Number sigma) {
  const Variable nearness = matmul(y, points, Transpose::no, Transpose::yes) - sum(square(Variable(points)), 1) / 2;
  return matmul(softmax(nearness / (sigma * sigma), 1), points).value();
}

// The mean cosine of the angle between two fields.
double alignment(const Variable& a, const Variable& b) {
  const Variable lengths = sqrt(sum(square(a), 1) * sum(square(b), 1));
  return double(mean(sum(a * b, 1) / (lengths + 1e-12)).value().item());
}

}  // namespace

void measure_plane(Run& run) {
  const std::vector<std::pair<std::string, Stop>> kinds = {
      {"nothing", Stop::nothing},        {"bottleneck", Stop::bottleneck}, {"sparse", Stop::sparse},
      {"quantised", Stop::quantized},    {"denoising", Stop::denoising},   {"contractive", Stop::contractive},
      {"variational", Stop::variational}};
  Rng rng(run.seed, 1);
  const Tensor points = spiral(1000, rng);
  const Tensor shown = spiral(250, rng);
  const Tensor anywhere = rng.uniform({4000, 2}, -reach, reach);
  const Number sigma = in_the_plane(Stop::denoising).sigma;
  const Tensor near = rng.normal(points.shape(), 0, sigma) + points;
  const Tensor best_field = best_denoiser(near, points, sigma) - near;
  report::Table table{{"in the plane", "energy on the spiral", "elsewhere", "cosine with the best denoiser"}, {}};
  std::vector<std::shared_ptr<OnTheSpiral>> trained;
  std::vector<Panel> panels;
  for (const auto& [name, stop] : kinds) {
    auto one = trained.emplace_back(std::make_shared<OnTheSpiral>(stop, run.seed));
    for (int step = 0; step < (run.quick() ? 100 : 5000); ++step) one->step();
    const NoGrad no_grad;
    const Function r = [one](const Tensor& x) {
      const NoGrad drawing;
      return one->variant.reconstruct(x);
    };
    const double on = error(r(points), points);
    const double off = error(r(anywhere), anywhere);
    const double cosine = alignment(r(near) - near, best_field);
    run.metric(name + "_energy_on_spiral", on);
    run.metric(name + "_energy_elsewhere", off);
    run.metric(name + "_field_cosine", cosine);
    table.rows.push_back({name, fmt::format("{:.4f}", on), fmt::format("{:.4f}", off), fmt::format("{:.2f}", cosine)});
    panels.push_back({name, r});
  }
  panels.push_back({"best denoiser", [&](const Tensor& x) { return best_denoiser(x, points, sigma); }});
  const NoGrad no_grad;
  run.show("energy_code", "A limited code", "Energy and field of four networks.",
           draw({panels.begin(), panels.begin() + 4}, shown));
  run.show("energy_field", "Noise, contraction, a random code",
           "Energy and field of three networks, and of the best denoiser.",
           draw({panels.begin() + 4, panels.end()}, shown));
  run.show("Energy in the plane", "On points of the spiral, and on points of the square.", table);
}

namespace {

// Codes for new images: draws of the prior; for each part of a code the entry of a random image; or draws of a Gaussian
// that is fitted to the codes of the images x.
Tensor new_codes(Variant& model, const Tensor& x, Rng& rng) {
  const Index n = x.size(0);
  if (model.book) {
    const std::vector<int> entries = model.book->indices(x);
    const std::size_t parts = entries.size() / std::size_t(n);
    std::vector<int> drawn(entries.size());
    for (std::size_t i = 0; i < drawn.size(); ++i)
      drawn[i] = entries[std::size_t(rng.below(std::uint64_t(n))) * parts + i % parts];
    return model.book->quantized(drawn).value();
  }
  const Tensor codes = model.encode(x).value();
  if (model.options.stop == Stop::variational) return rng.normal(codes.shape());
  metrics::PcaFit fit;
  fit.add(codes);
  const metrics::Pca pca = fit.finish();
  return pca.decode(rng.normal(codes.shape()) * sqrt(relu(pca.variances)));
}

double probe_percent(Variant& model, const data::Images& labelled, const data::Images& test) {
  const Tensor codes = model.encode(labelled.tensor()).value();
  const Tensor h = model.encode(test.tensor()).value();
  const GradMode recording(true);  // the probe is trained, not the network
  const metrics::LogisticProbe probe(codes, labelled.labels, labelled.classes());
  return 100 * probe.accuracy(h, test.labels);
}

// The error ‖x - r(x~)‖² under Gaussian noise of growing standard deviation.
report::Series under_noise(const std::string& name, Variant& model, const Tensor& x, std::uint64_t seed) {
  report::Series series{name, {}, {}};
  for (int step = 0; step <= 8; ++step) {
    const Number sigma = step / 16.0;
    Rng rng(seed, 2);  // the same noise for all variants
    series.x.push_back(sigma);
    series.y.push_back(error(model.reconstruct(rng.normal(x.shape(), 0, sigma) + x), x));
  }
  return series;
}

}  // namespace

void measure_digits(Run& run, const data::Dataset& digits, std::vector<Named>& variants) {
  const Index n = std::min({Index{5000}, digits.train.count, digits.test.count});
  const data::Images some = digits.train.first(n);
  metrics::SampleQuality quality([&](std::span<const int> indices) { return digits.train.batch(indices); },
                                 digits.train.labels, digits.train.count, some.tensor(), digits.test.first(n).tensor(),
                                 run.rng, {.epochs = run.quick() ? 1 : 3});
  const NoGrad no_grad;
  const Tensor x = digits.test.tensor();
  report::Table table{{"variant", "squared error", "probe accuracy (%)", "Fréchet distance", "precision (%)",
                       "recall (%)", "error in noise", "noise copied"},
                      {}};
  report::Chart chart{"Error under noise", "standard deviation of the noise", "squared error per image", {}};
  std::vector<report::Row> rows;
  for (Named& variant : variants) {
    const std::string& name = variant.name;
    Variant& model = variant.model;
    std::vector<std::string> row = {name};
    const auto record = [&](const std::string& metric, double value) {
      run.metric(name + "_" + metric, value);
      row.push_back(fmt::format("{:.2f}", value));
    };
    const report::Series noisy = chart.series.emplace_back(under_noise(name, model, x, run.seed));
    Rng rng(run.seed, 3);
    const Tensor x_noisy = rng.normal(x.shape(), 0, 0.25) + x;
    const Tensor samples = model.decode(new_codes(model, some.tensor(), rng)).value();
    record("test_squared_error_per_image", noisy.y[0]);
    if (digits.train.classes() > 1)
      record("probe_percent", probe_percent(model, digits.train.first(10000), digits.test));
    const metrics::SampleScores scores = quality.score(samples);
    record("frechet", scores.frechet);
    record("precision_percent", 100 * scores.precision);
    record("recall_percent", 100 * scores.recall);
    record("noise_error_ratio", noisy.y[4] / noisy.y[0]);  // at 0.25
    record("noise_copied", metrics::noise_copied(x, x_noisy, model.reconstruct(x), model.reconstruct(x_noisy)));
    table.rows.push_back(row);
    rows.push_back({name, narrow(samples, 0, 0, std::min<Index>(12, n))});
  }
  run.show("The variants side by side", "On test digits.", table);
  run.show("noise", chart.title, "‖x - r(x~)‖² on test digits.", chart);
  run.show("samples", "Samples", "Decoded from the prior (variational), or from a distribution fitted to the codes.",
           report::rows(rows, digits.test.height, digits.test.width, 2));
}

}  // namespace hourglass::HOURGLASS_BUILD
