// Lesson 14: what all of this is not good for. One net is trained on digits, one on clothes; each copies what it knows
// and what it does not know. Then the first is used in five ways, each beside a plain tool that does the same.

#include <fmt/format.h>

#include <cmath>

#include <hourglass/autograd/backward.h>
#include <hourglass/autograd/grad_mode.h>
#include <hourglass/autograd/ops.h>
#include <hourglass/codec/compressed.h>
#include <hourglass/codec/rate.h>
#include <hourglass/data/augment.h>
#include <hourglass/data/mnist.h>
#include <hourglass/metrics/errors.h>
#include <hourglass/metrics/neighbors.h>
#include <hourglass/metrics/pca.h>
#include <hourglass/metrics/probe.h>
#include <hourglass/metrics/ranking.h>
#include <hourglass/models/undercomplete.h>
#include <hourglass/nn/adam.h>
#include <hourglass/report/comparison.h>
#include "lessons/common/run.h"

using namespace hourglass;
namespace {
using Net = models::Undercomplete;
using Uses = report::Comparison;
using Copy = std::function<Tensor(const Tensor&)>;  // r = g(f(x))
data::Images first(const data::Images& images, Index n) { return images.slice(0, std::min(n, images.count)); }
Copy copy_by(Net& net) {
  return [&net](const Tensor& x) { return net.decode(net.encode(x)).value(); };
}

void measure_strangers(Run& run, const Tensor& digits, const Tensor& clothes, const data::Images& shape,
                       const Copy& by_digits, const Copy& by_clothes) {
  const NoGrad looking;
  const std::pair<std::string, Tensor> sets[] = {
      {"digits", digits},
      {"shifted_2", data::shifted(digits, shape.height, shape.width, 2, run.rng)},
      {"shifted_4", data::shifted(digits, shape.height, shape.width, 4, run.rng)},
      {"inverted", affine(Variable(digits), -1, 1).value()},
      {"clothes", clothes},
      {"noise", run.rng.uniform(digits.shape())}};
  report::Table table{{"part of the image not explained", "net of digits", "net of clothes"}, {}};
  std::vector<Tensor> pictures;
  std::map<std::string, double> d, c;
  for (const auto& [name, x] : sets) {
    const Tensor r = by_digits(x);
    d[name] = metrics::unexplained_share(r, x), c[name] = metrics::unexplained_share(by_clothes(x), x);
    run.metric("unexplained_of_" + name + "_by_digits_net", d[name]);
    run.metric("unexplained_of_" + name + "_by_clothes_net", c[name]);
    table.rows.push_back({name, fmt::format("{:.3f}", d[name]), fmt::format("{:.3f}", c[name])});
    for (const Tensor& t : {x, r}) pictures.push_back(narrow(t, 0, 0, std::min<Index>(12, t.size(0))));
  }
  run.metric("strange_over_own_error_on_clothes", d["clothes"] / c["clothes"]);
  run.metric("strange_over_own_error_on_digits", c["digits"] / d["digits"]);
  run.metric("shifted_over_unshifted_error", d["shifted_4"] / d["digits"]);
  run.show("Own and strange", "Squared error over that of the set's own mean image.", table);
  run.show("strangers", "What the net of digits makes of it", "Pairs of rows, sets as in the table: image and copy.",
           report::rows(pictures, shape.height, shape.width, 2));
}

void measure_compression(Run& run, Uses& uses, const Tensor& x, Index side, const data::Images& shape, Net& net,
                         const Tensor& h) {
  // [rate]
  const double step = 0.5 * std::sqrt(mean(square(Variable(h))).item());  // half the root mean square of known codes
  const io::Bytes file = codec::compress(codec::Quantizer::fit(h, step), net.encode(x).value());
  const codec::Rate coded = codec::rate(double(file.size()), net.decode(codec::decompress("codes", file)).value(), x);
  const codec::Rate jpeg = codec::jpeg_rate_at(coded.psnr, x, side, shape.height, shape.width);
  const double all = coded.bytes + double(codec::parameter_bytes(net.parameters())), bits = 8 / double(x.numel());
  // [/rate]
  run.metric("psnr_of_codes_db", coded.psnr), run.metric("bits_per_pixel_of_codes_alone", bits * coded.bytes);
  run.metric("code_bytes_over_jpeg", coded.bytes / jpeg.bytes);
  run.metric("code_and_decoder_bytes_over_jpeg", all / jpeg.bytes);
  uses.add("digits: bits per pixel; JPEG as good", "compression_bits", bits * all, bits * jpeg.bytes, true);
}

// What can be said of a digit from its code, and from PCA: by 10,000 labels, and by the first 100 of them.
void measure_labels(Uses& uses, const data::Images& train, const data::Images& test, const Copy& f, const Copy& pca) {
  if (train.labels.empty()) return;
  const data::Images many = first(train, 10000), few = first(train, 100), asked = first(test, 1000);
  const auto neighbors = [&](const Copy& h) {
    const metrics::Neighbors found = metrics::nearest(h(asked.tensor()), h(many.tensor()), 5);
    return metrics::neighbor_accuracy(found, asked.labels, many.labels);
  };
  const auto probe = [&](const Copy& h) {
    const int classes = 1 + *std::max_element(train.labels.begin(), train.labels.end());
    const metrics::LogisticProbe read(h(few.tensor()), few.labels, classes, {.l2 = 0.01f, .epochs = 200, .batch = 100});
    return read.accuracy(h(asked.tensor()), asked.labels);
  };
  uses.add("the label by 5 neighbours: accuracy, code; PCA", "neighbors", neighbors(f), neighbors(pca));
  uses.add("the label by 100 labels: accuracy, code; PCA", "few_labels", probe(f), probe(pca));
}

void measure_uses(Run& run, const data::Images& train, const data::Images& test, const Tensor& clothes, Net& net) {
  metrics::PcaFit fit;
  run.each(train, [&](const Tensor& x) { fit.add(x); });
  const auto [x, side] = codec::mosaics(test.tensor());
  const auto [strange, strange_side] = codec::mosaics(clothes);
  const Tensor h = net.encode(train.tensor()).value();
  const Copy f = [&](const Tensor& t) { return net.encode(t).value(); };
  const Copy pca_f = [&, pca = fit.finish()](const Tensor& t) { return pca.encode(t, h.size(1)); };
  const Copy pca_copy = [&, pca = fit.finish()](const Tensor& t) { return pca.reconstruct(t, h.size(1)); };
  Uses uses;
  measure_compression(run, uses, x, side, test, net, h);
  uses.add("clothes: dB of codes as they are; of the coarsest JPEG", "clothes_db",
           codec::rate(0, copy_by(net)(strange), strange).psnr,
           codec::jpeg_rate(strange, strange_side, test.height, test.width, 1).psnr);
  measure_labels(uses, train, test, f, pca_f);
  const auto apart = [&, x = x, strange = strange](const Copy& copy) {
    const auto own = metrics::squared_errors(copy(x), x), other = metrics::squared_errors(copy(strange), strange);
    return metrics::area_under_roc(own, other);
  };
  uses.add("telling clothes by their error: net; PCA", "strangers_told", apart(copy_by(net)), apart(pca_copy));
  run.metric("uses_where_a_plain_tool_is_as_good", uses.plain_as_good);
  for (const auto& [name, value] : uses.metrics) run.metric(name, value);
  run.show("Five uses", "The net beside a plain tool that does the same.", uses.table);
}
}  // namespace

int main(int argc, char** argv) {
  Run run("14_limitations", "Limitations", "What is an autoencoder not good for?", argc, argv);
  const data::Dataset digits = run.dataset();
  const data::Dataset fashion = data::fashion();  // 8,000 to train on, 2,000 to test
  const data::Images clothes = fashion.test.slice(fashion.test.count - 2000, 2000);
  const data::Images to_wear = (fashion.test.count == 10000 ? fashion.test : fashion.train).slice(0, 8000);
  const Net::Sizes sizes{.input = digits.train.pixels_per_image(), .hidden = 128, .code = 32};
  Net net(sizes, run.rng), other(sizes, run.rng);
  nn::Parameters all;
  run.add(all, "", net), run.add(all, "other.", other);
  nn::Adam adam(all, {.learning_rate = 1e-3f});
  run.keep(all, {&adam});
  for ([[maybe_unused]] int epoch : run.epochs(8)) {
    // [loop]
    for (const Tensor& x : run.batches(digits.train, 128)) {
      std::vector<int> places(32);
      for (int& place : places) place = static_cast<int>(run.rng.below(8000));
      Loss loss = net.loss(x);                              // digits
      Loss other_loss = other.loss(to_wear.batch(places));  // clothes, another f and g
      adam.zero_grad();
      backward(loss.value);
      backward(other_loss.value);
      // [gradients]
      adam.step();
      run.end_batch(loss);
    }
    // [/loop]
    run.end_epoch();
  }
  measure_strangers(run, digits.test.tensor(), clothes.tensor(), digits.test, copy_by(net), copy_by(other));
  measure_uses(run, digits.train, digits.test, clothes.tensor(), net);
  return run.finish();
}
