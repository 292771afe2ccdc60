// Lesson 16: the convolutional autoencoder: layers that know which pixels are neighbours, and that a stroke is a stroke
// wherever it lies.
//
// A convolutional net and a dense one, each on images as they are and on images whose pixels are shuffled.

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include <hourglass/autograd/backward.h>
#include <hourglass/autograd/grad_mode.h>
#include <hourglass/autograd/ops.h>
#include <hourglass/models/convolutional.h>
#include <hourglass/models/undercomplete.h>
#include <hourglass/nn/adam.h>
#include "lessons/common/run.h"

using namespace hourglass;

namespace {

struct Net {
  std::string name;
  models::Autoencoder* model;
  std::vector<int> order;  // pixel order[i] of the image is at place i of what it sees
  Tensor seen(const Tensor& x) const { return shuffled(x, false); }
  Tensor reconstruction(const Tensor& x) const { return shuffled(model->decode(model->encode(seen(x))).value(), true); }
  double error(const Tensor& x) const { return double(nn::squared_error(reconstruction(x), x).value.item()); }
  Tensor shuffled(const Tensor& x, bool back) const {
    Tensor out(x.shape());
    const Index size = x.size(1);
    for (Index i = 0; i < x.numel(); ++i) {
      const Index other = i - i % size + order[std::size_t(i % size)];
      out.write_()[back ? other : i] = x.data()[back ? i : other];
    }
    return out;
  }
};

Tensor moved(const Tensor& x, Index width, Index by) {  // to the right; black comes in
  Tensor out = Tensor::zeros(x.shape());
  for (Index i = 0; i < x.numel(); ++i)
    if (i % width >= by) out.write_()[i] = x.data()[i - by];
  return out;
}

// [maps]
// What the encoder's convolutions make of images, by the net's own weights: [n, 16, 14, 14] after one layer, then
// [n, 32, 7, 7], where neighbours lie 4 pixels apart.
Tensor maps(const models::Convolutional& net, const Tensor& x, Index side, int layers) {
  const nn::Parameters p = net.parameters();  // encoder.1.weight, encoder.1.bias, encoder.3.weight, encoder.3.bias, …
  Variable y = reshape(x, {x.size(0), 1, side, side});
  for (std::size_t i = 0; i < std::size_t(layers); ++i)
    y = conv2d(y, p[2 * i].variable, p[2 * i + 1].variable, {.stride = 2, .padding = 1}, Activation::relu);
  return y.value();
}
// [/maps]

// Of the maps of moved images against moved maps, away from the edges.
double equivariance_error(const models::Convolutional& net, const Tensor& x, Index side) {
  const Tensor before = maps(net, x, side, 2), after = maps(net, moved(x, side, 4), side, 2);
  const Index inner = before.size(3) - 3;
  const Variable a = narrow(after, 3, 2, inner), b = narrow(before, 3, 1, inner);
  return std::sqrt(double(sum(square(a - b)).item()) / double(sum(square(b)).item()));
}

// How the error grows when digits stand where none stood in training.
void move_digits(Run& run, const std::vector<Net>& nets, const Tensor& x, Index width) {
  report::Chart chart{"Digits moved to the right", "pixels", "squared error per image", {}, false};
  for (const Net& net : {nets[0], nets[1]}) {
    report::Series series{net.name, {}, {}};
    for (Index by = 0; by <= 4; ++by) {
      series.x.push_back(double(by)), series.y.push_back(net.error(moved(x, width, by)));
      run.metric(fmt::format("{}_error_moved_by_{}", net.name, by), series.y.back());
    }
    chart.series.push_back(series);
  }
  run.show("moved", "Digits where none stood", "Neither net has seen a digit off the centre.", chart);
}

void compare(Run& run, const std::vector<Net>& nets, const Tensor& x, Index height, Index width) {
  report::Table table{{"on test images", "numbers in the net", "squared error per image"}, {}};
  const Tensor few = narrow(x, 0, 0, std::min<Index>(12, x.size(0)));
  std::vector<Tensor> rows = {few};
  for (const Net& net : nets) {
    run.metric(net.name + "_test_squared_error_per_image", net.error(x));
    Index numbers = 0;
    for (const nn::Parameter& p : net.model->parameters()) numbers += p.variable.numel();
    run.metric(net.name + "_numbers_in_the_net", double(numbers));
    table.rows.push_back({net.name, std::to_string(numbers), fmt::format("{:.2f}", net.error(x))});
    rows.push_back(net.reconstruction(few));
  }
  run.show("What it is worth to know the neighbours", "The same images, the same number of steps, codes of 32.", table);
  run.show("reconstructions", "What comes back", "From above: test images; conv; dense; then both after the shuffle.",
           report::rows(rows, height, width, 3));
}

}  // namespace

int main(int argc, char** argv) {
  Run run("16_convolutional", "Layers that know what an image is",
          "What does a net gain that knows which pixels are neighbours?", argc, argv);
  const data::Dataset digits = run.dataset();
  const Index side = digits.train.height, input = digits.train.pixels_per_image(), code = 32;
  const data::Images some = digits.train.first(run.quick() ? 1000 : 5000);
  const std::vector<int> shuffle = run.rng.fork(16).permutation(static_cast<int>(input));
  std::vector<int> as_it_is = shuffle;
  std::sort(as_it_is.begin(), as_it_is.end());

  models::Convolutional conv[2] = {{{.side = side, .channels = {16, 32}, .code = code}, run.rng},
                                   {{.side = side, .channels = {16, 32}, .code = code}, run.rng}};
  models::Undercomplete dense[2] = {{{.input = input, .hidden = 128, .code = code}, run.rng},
                                    {{.input = input, .hidden = 128, .code = code}, run.rng}};
  const std::vector<Net> nets = {{"conv", &conv[0], as_it_is},
                                 {"dense", &dense[0], as_it_is},
                                 {"conv_shuffled", &conv[1], shuffle},
                                 {"dense_shuffled", &dense[1], shuffle}};
  nn::Parameters all;
  for (const Net& net : nets) run.add(all, net.name + ".", *net.model);
  nn::Adam adam(all, {.learning_rate = 2e-3f});  // moves each net as if it were alone
  run.keep(all, {&adam});

  for ([[maybe_unused]] int epoch : run.epochs(10)) {
    // [loop]
    for (const Tensor& image : run.batches(some, 50)) {
      Loss shown{};  // the one that the run records
      adam.zero_grad();
      for (const Net& net : nets) {
        const Tensor x = net.seen(image);
        const Variable h = net.model->encode(x), r = net.model->decode(h);
        const Loss loss = nn::squared_error(r, x);
        // [made]
        backward(loss.value);
        if (net.name == "conv") shown = loss;
      }
      adam.step();
      run.end_batch(shown);
    }
    // [/loop]
    run.end_epoch();
  }

  const NoGrad looking;
  const Tensor x = digits.test.first(2000).tensor();
  compare(run, nets, x, side, digits.test.width);
  move_digits(run, nets, x, digits.test.width);
  run.metric("equivariance_error_of_the_maps", equivariance_error(conv[0], x, side));
  const Index half = (side + 1) / 2;
  const Tensor seen = maps(conv[0], narrow(x, 0, 0, 1), side, 1).reshape({16, half * half});
  run.show("maps", "What the first layer sees", "Its 16 maps of the first test image, white: strong.",
           report::grid(seen, half, half, 8, 4));
  return run.finish();
}
