// Lesson 15: the contractive autoencoder, L(x, g(f(x))) + λ ‖∂f(x)/∂x‖²_F.
// A code that hardly moves when the input does is safe from noise; one that never moves says nothing. Four nets from
// one start: without the penalty and with it, and both once more with a decoder made of the encoder's weights.

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include <hourglass/autograd/backward.h>
#include <hourglass/autograd/grad_mode.h>
#include <hourglass/autograd/ops.h>
#include <hourglass/metrics/probe.h>
#include <hourglass/models/contractive.h>
#include <hourglass/nn/adam.h>
#include <hourglass/nn/corruption.h>
#include <hourglass/tensor/linalg.h>
#include "lessons/common/run.h"

using namespace hourglass;

namespace {

// An encoder h = σ(W x + b), and a decoder: r = σ(Wᵀ h + c) where the weights are tied, r = σ(V h + c) where not.
struct Net {
  std::string name;
  bool tied;
  models::Contractive model;
  Variable weight() const { return model.parameters()[0].variable; }  // W [code, input]
  nn::Parameters parameters() const { return model.parameters(); }
  nn::Networks networks() const {  // where the weights are tied, of the encoder alone: Wᵀ is no layer of its own
    return tied ? nn::Networks{{"encoder", model.encoder.spec("encoder.")}} : model.networks();
  }
  Variable encode(const Variable& x) { return model.encode(x); }
  Variable decode(const Variable& h) {
    return tied ? sigmoid(matmul(h, weight()) + model.parameters()[3].variable) : model.decode(h);
  }
  // [loss]
  Loss loss(const Tensor& x) {
    const Variable r = decode(encode(x)), slope = model.closed_form(x);  // slope: ‖∂f(x)/∂x‖²_F per image
    return nn::with_penalty(nn::squared_error(r, x), model.options.weight * slope);
  }
  // [/loss]
};

double mean_square(const Tensor& a, const Tensor& b) { return double(nn::squared_error(a, b).value.item()); }

// How far the code moves when the input moves from x to y, squared: in units of the codes' own spread, as a part of how
// far the input moves in units of its own. 1: like the data; 0: the code does not notice.
double gain(Net& net, const Tensor& x, const Tensor& y) {
  const auto spread = [](const Variable& t) { return double(sum(square(t - mean(t, 0))).item()) / double(t.size(0)); };
  const Variable h = net.encode(x), moved = net.encode(y);
  return (mean_square(moved.value(), h.value()) / spread(h)) / (mean_square(y, x) / spread(x));
}

// By how much the encoder stretches a small step at x, direction by direction, the most first: the singular values of
// J = diag(h (1 - h)) W, from the eigenvalues of J Jᵀ = diag(h (1 - h)) W Wᵀ diag(h (1 - h)).
std::vector<double> stretches(Net& net, const Tensor& x) {
  const Tensor W = net.weight().value(), gram = matmul(W, W, Transpose::no, Transpose::yes);
  const Variable h = net.encode(x);
  std::vector<double> mean(static_cast<std::size_t>(W.size(0)));
  for (Index i = 0; i < x.size(0); ++i) {
    const Variable s = narrow(h * (1 - h), 0, i, 1);  // [1, code]
    const Eigen eigen = eigen_symmetric((transpose(s) * gram * s).value());
    for (std::size_t j = 0; j < mean.size(); ++j)
      mean[j] += std::sqrt(std::max(0.0, double(eigen.values.data()[j]))) / double(x.size(0));
  }
  return mean;
}

// What a linear map reads out of the codes, on the test images and on the noisy ones; learned from 10,000 codes.
std::pair<double, double> probe_accuracies(const data::Dataset& digits, Net& net, const Tensor& x,
                                           const Tensor& noisy) {
  const data::Images some = digits.train.first(10000);
  const GradMode recording(true);  // the probe is trained, not the network
  const metrics::LogisticProbe probe(net.encode(some.tensor()).value(), some.labels, some.classes());
  const auto labels = std::span(digits.test.labels).first(std::size_t(x.size(0)));
  return {probe.accuracy(net.encode(x).value(), labels), probe.accuracy(net.encode(noisy).value(), labels)};
}

void compare(Run& run, const data::Dataset& digits, std::vector<Net>& nets) {
  const NoGrad looking;
  const Tensor x = digits.test.first(5000).tensor();
  const Tensor noisy = nn::Corruption{nn::Corruption::Kind::clipped_gaussian, Scalar(0.3)}(x, run.rng);
  Tensor moved = Tensor::zeros(x.shape());  // every image one pixel to the right
  for (Index i = 1; i < x.numel(); ++i) moved.write_()[i] = i % digits.test.width == 0 ? 0 : x.data()[i - 1];
  report::Table table{{"on test images", "error", "‖J‖²", "moved: gain", "noise: gain", "probe", "in noise"}, {}};
  std::vector<Tensor> rows = {narrow(x, 0, 0, std::min<Index>(12, x.size(0)))};
  report::Chart chart{"How the encoder stretches small steps", "direction", "singular value", {}, true};
  for (Net& net : nets) {
    std::vector<std::string> row = {net.name};
    const auto tell = [&](const std::string& what, double value) {
      run.metric(net.name + "_" + what, value);
      row.push_back(fmt::format("{:.4f}", value));
    };
    tell("test_squared_error_per_image", mean_square(net.decode(net.encode(x)).value(), x));
    tell("squared_jacobian_norm", double(net.model.closed_form(x).item()));
    tell("gain_of_moving", gain(net, x, moved)), tell("gain_of_noise", gain(net, x, noisy));
    if (!digits.train.labels.empty()) {
      const auto [clean, spoilt] = probe_accuracies(digits, net, x, noisy);
      tell("probe_accuracy", clean), tell("probe_accuracy_in_noise", spoilt);
    }
    table.rows.push_back(row);
    rows.push_back(net.decode(net.encode(rows[0])).value());
    chart.series.push_back({net.name, {}, stretches(net, narrow(x, 0, 0, std::min<Index>(200, x.size(0))))});
    std::vector<double>& s = chart.series.back().y;
    for (std::size_t j = 0; j < s.size(); ++j) chart.series.back().x.push_back(double(j + 1));
    run.metric(net.name + "_moving_over_noise", gain(net, x, moved) / gain(net, x, noisy));
    run.metric(net.name + "_twentieth_stretch_of_the_largest", s[std::min<std::size_t>(19, s.size() - 1)] / s[0]);
  }
  run.show("What the penalty buys", "Gain: 1 is as far as for the same step from digit to digit.", table);
  run.show("stretches", "Stretched, direction by direction", "Singular values of the Jacobian at 200 images.", chart);
  run.show("reconstructions", "What comes back", "From above: test images, then each net in the order of the table.",
           report::rows(rows, digits.test.height, digits.test.width, 3));
}
}  // namespace

int main(int argc, char** argv) {
  Run run("15_contractive", "A penalty on the encoder's slope", "Can a code be deaf to noise alone?", argc, argv);
  const data::Dataset digits = run.dataset();
  const auto net = [&, input = digits.train.pixels_per_image()](const std::string& name, bool tied, Scalar lambda) {
    Rng start(run.seed);  // the same for all
    return Net{name, tied, models::Contractive({.input = input, .code = 64, .weight = lambda}, start)};
  };
  std::vector<Net> nets;
  nets.push_back(net("plain", false, 0)), nets.push_back(net("contractive", false, 0.5f));
  nets.push_back(net("plain_tied", true, 0)), nets.push_back(net("contractive_tied", true, 0.5f));
  nn::Parameters all;
  for (const Net& n : nets) run.add(all, n.name + ".", n);
  nn::Adam adam(all, {.learning_rate = 5e-3f});  // moves each net as if it were alone
  run.keep(all, {&adam});
  for ([[maybe_unused]] int epoch : run.epochs(4)) {
    // [loop]
    for (const Tensor& x : run.batches(digits.train, 100)) {
      Loss shown{};  // the one that the run records
      adam.zero_grad();
      for (Net& net : nets) {
        const Loss loss = net.loss(x);
        // [made]
        backward(loss.value);
        if (net.name == "contractive") shown = loss;
      }
      adam.step();
      run.end_batch(shown);
    }
    // [/loop]
    run.end_epoch();
  }
  const Tensor few = digits.test.first(20).tensor();
  const Scalar differentiated = nets[1].model.penalty(few).item(), closed = nets[1].model.closed_form(few).item();
  run.metric("relative_difference_of_the_two_penalties", std::abs(double(closed / differentiated - 1)));
  compare(run, digits, nets);
  return run.finish();
}
