#include "lessons/16_convolutional/measure.h"

#include <fmt/format.h>

#include <cmath>

#include <hourglass/autograd/ops.h>
#include <hourglass/data/augment.h>

namespace hourglass::HOURGLASS_BUILD {
namespace {

double error(const Variant& variant, const Tensor& x) {
  return double(nn::squared_error(variant.reconstruct(x), x).value.item());
}

Index parameter_count(const models::Autoencoder& model) {
  Index count = 0;
  for (const nn::Parameter& p : model.parameters()) count += p.variable.numel();
  return count;
}

// [maps]
// The feature maps of images x, by the network's own weights: [n, 16, 14, 14] after one layer, then [n, 32, 7, 7],
// where neighbours lie 4 pixels apart.
Tensor feature_maps(const models::Convolutional& model, const Tensor& x, Index side, int layers) {
  const nn::Parameters p = model.parameters();  // encoder.1.weight, encoder.1.bias, encoder.3.weight, encoder.3.bias, …
  Variable y = reshape(x, {x.size(0), 1, side, side});
  for (std::size_t i = 0; i < std::size_t(layers); ++i)
    y = conv2d(y, p[2 * i].variable, p[2 * i + 1].variable, {.stride = 2, .padding = 1}, Activation::relu);
  return y.value();
}
// [/maps]

// ‖maps of shifted images - shifted maps‖ / ‖shifted maps‖, without the columns at the edges.
double equivariance_error(const models::Convolutional& model, const Tensor& x, Index side) {
  const Tensor maps = feature_maps(model, x, side, 2);
  const Tensor maps_of_shifted = feature_maps(model, data::shifted_by(x, side, side, 0, 4), side, 2);
  const Index inner = maps.size(3) - 3;
  const Variable a = narrow(maps_of_shifted, 3, 2, inner);
  const Variable b = narrow(maps, 3, 1, inner);  // one column to the left: the maps shifted by 1
  return std::sqrt(double(sum(square(a - b)).item()) / double(sum(square(b)).item()));
}

}  // namespace

Tensor Variant::permuted(const Tensor& x) const {
  const Index pixels = x.size(1);
  Tensor y(x.shape());
  Scalar* to = y.write_();
  for (Index i = 0; i < x.numel(); ++i) to[i] = x.data()[i - i % pixels + order[std::size_t(i % pixels)]];
  return y;
}

Tensor Variant::reconstruct(const Tensor& x) const {
  const Index pixels = x.size(1);
  const Tensor r = model->decode(model->encode(permuted(x))).value();
  Tensor y(x.shape());
  Scalar* to = y.write_();
  for (Index i = 0; i < x.numel(); ++i) to[i - i % pixels + order[std::size_t(i % pixels)]] = r.data()[i];
  return y;
}

namespace {

// A network's name in the page.
std::string label(const std::string& name) {
  const std::string kind = name.starts_with("conv") ? "convolutional" : "dense";
  return name.ends_with("_shuffled") ? kind + ", shuffled pixels" : kind;
}

}  // namespace

void measure_errors(Run& run, const std::vector<Variant>& variants, const data::Images& test) {
  const Tensor x = test.first(2000).tensor();
  const Tensor shown = test.first(12).tensor();
  report::Table table{{"on test images", "parameters", "squared error per image"}, {}};
  std::vector<report::Row> rows = {{"test image", shown}};
  for (const Variant& variant : variants) {
    const double e = error(variant, x);
    const Index parameters = parameter_count(*variant.model);
    run.metric(variant.name + "_test_squared_error_per_image", e);
    run.metric(variant.name + "_parameters_of_the_network", double(parameters));
    table.rows.push_back({label(variant.name), std::to_string(parameters), fmt::format("{:.2f}", e)});
    rows.push_back({label(variant.name), variant.reconstruct(shown)});
  }
  run.show("Convolutional and dense networks",
           "Trained on the same images for the same number of steps, with a code of size 32.", table);
  run.show("reconstructions", "Reconstructions",
           "Test images, and their reconstructions by each network; two were trained on shuffled pixels.",
           report::rows(rows, test.height, test.width, 3));
}

void measure_shifts(Run& run, const std::vector<Variant>& variants, const data::Images& test) {
  const Tensor x = test.first(2000).tensor();
  report::Chart chart{"Shifted digits", "pixels to the right", "squared error per image", {}};
  for (const Variant& variant : {variants[0], variants[1]}) {
    report::Series series{label(variant.name), {}, {}};
    for (Index pixels = 0; pixels <= 4; ++pixels) {
      const double e = error(variant, data::shifted_by(x, test.height, test.width, 0, pixels));
      series.x.push_back(double(pixels));
      series.y.push_back(e);
      run.metric(fmt::format("{}_error_moved_by_{}", variant.name, pixels), e);
    }
    chart.series.push_back(series);
  }
  run.show("shifted", chart.title, "Both networks were trained on centred digits alone.", chart);
}

void measure_maps(Run& run, const models::Convolutional& model, const data::Images& test) {
  const Index side = test.height;
  run.metric("equivariance_error_of_the_maps", equivariance_error(model, test.first(2000).tensor(), side));
  const Index half = (side + 1) / 2;
  const Tensor maps = feature_maps(model, test.first(1).tensor(), side, 1).reshape({16, half * half});
  run.show("maps", "Feature maps of the first layer",
           "The 16 maps of the first test image; white is a large activation.", report::grid(maps, half, half, 8, 4));
}

}  // namespace hourglass::HOURGLASS_BUILD
