#include "lessons/14_limitations/measure.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <functional>
#include <map>

#include <hourglass/autograd/grad_mode.h>
#include <hourglass/autograd/ops.h>
#include <hourglass/codec/compressed.h>
#include <hourglass/codec/rate.h>
#include <hourglass/data/augment.h>
#include <hourglass/metrics/errors.h>
#include <hourglass/metrics/neighbors.h>
#include <hourglass/metrics/pca.h>
#include <hourglass/metrics/probe.h>
#include <hourglass/metrics/ranking.h>
#include <hourglass/report/comparison.h>

namespace hourglass::HOURGLASS_BUILD {

using models::Undercomplete;

namespace {

using Map = std::function<Tensor(const Tensor&)>;  // f(x), or g(f(x))

// Bits per pixel of the codes of whole mosaics x, their quantised numbers written as bytes, and of JPEG at their PSNR.
void compare_compression(Run& run, report::Comparison& uses, const Tensor& x, Index side, const data::Images& shape,
                         Undercomplete& model, const Tensor& h) {
  // [rate]
  const double step = 0.5 * std::sqrt(mean(square(h)).item());  // half the root mean square of known codes
  const io::Bytes file = codec::compress(codec::Quantizer::fit(h, step), model.encode(x).value());
  const Tensor r = model.decode(codec::decompress("codes", file)).value();
  const codec::Rate coded = codec::rate(double(file.size()), r, x);
  const codec::Rate jpeg = codec::jpeg_rate_at(coded.psnr, x, side, shape.height, shape.width);
  const double all = coded.bytes + double(codec::parameter_bytes(model.parameters()));  // with the decoder
  // [/rate]
  const double bits = 8 / double(x.numel());  // per pixel, of a byte
  run.metric("psnr_of_codes_db", coded.psnr);
  run.metric("bits_per_pixel_of_codes_alone", bits * coded.bytes);
  run.metric("code_bytes_over_jpeg", coded.bytes / jpeg.bytes);
  run.metric("code_and_decoder_bytes_over_jpeg", all / jpeg.bytes);
  uses.add("digits: bits per pixel; of JPEG at the same PSNR", "compression_bits", bits * all, bits * jpeg.bytes, true);
}

// The accuracy of 5 nearest neighbours among 10,000 labelled codes.
double neighbor_accuracy(const data::Images& train, const data::Images& test, const Map& f) {
  const data::Images labelled = train.first(10000);
  const metrics::Neighbors found = metrics::nearest(f(test.tensor()), f(labelled.tensor()), 5);
  return metrics::neighbor_accuracy(found, test.labels, labelled.labels);
}

// The accuracy of a linear probe that is trained on 100 labelled codes.
double probe_accuracy(const data::Images& train, const data::Images& test, const Map& f) {
  const data::Images labelled = train.first(100);
  const metrics::LogisticProbe probe(f(labelled.tensor()), labelled.labels, train.classes(),
                                     {.l2 = 0.01, .epochs = 200, .batch = 100});
  return probe.accuracy(f(test.tensor()), test.labels);
}

// The area under the ROC curve of the squared error ‖x - r‖², by which strange images are distinguished from own ones.
double detection(const Tensor& own, const Tensor& strange, const Map& reconstruct) {
  const std::vector<double> own_errors = metrics::squared_errors(reconstruct(own), own);
  const std::vector<double> strange_errors = metrics::squared_errors(reconstruct(strange), strange);
  return metrics::area_under_roc(own_errors, strange_errors);
}

}  // namespace

void measure_unfamiliar(Run& run, const data::Images& digits, const Tensor& clothes, Undercomplete& by_digits,
                        Undercomplete& by_clothes) {
  const NoGrad no_grad;
  const Tensor own = digits.tensor();
  const std::pair<std::string, Tensor> sets[] = {
      {"digits", own},
      {"shifted_2", data::shifted(own, digits.height, digits.width, 2, run.rng)},
      {"shifted_4", data::shifted(own, digits.height, digits.width, 4, run.rng)},
      {"inverted", 1 - own},
      {"clothes", clothes},
      {"noise", run.rng.uniform(own.shape())}};
  report::Table table{{"unexplained variance", "network of digits", "network of clothes"}, {}};
  std::vector<report::Row> pictures;
  std::map<std::string, double> d, c;
  for (const auto& [name, x] : sets) {
    const std::string label = report::words(name) + (name.starts_with("shifted") ? " pixels" : "");
    const Tensor r = by_digits.decode(by_digits.encode(x)).value();
    const Tensor r_of_clothes = by_clothes.decode(by_clothes.encode(x)).value();
    d[name] = metrics::unexplained_share(r, x);
    c[name] = metrics::unexplained_share(r_of_clothes, x);
    run.metric("unexplained_of_" + name + "_by_digits_network", d[name]);
    run.metric("unexplained_of_" + name + "_by_clothes_network", c[name]);
    table.rows.push_back({label, fmt::format("{:.3f}", d[name]), fmt::format("{:.3f}", c[name])});
    const Index shown = std::min<Index>(12, x.size(0));
    pictures.push_back({label, narrow(x, 0, 0, shown)});
    pictures.push_back({"reconstruction", narrow(r, 0, 0, shown)});
  }
  run.metric("strange_over_own_error_on_clothes", d["clothes"] / c["clothes"]);
  run.metric("strange_over_own_error_on_digits", c["digits"] / d["digits"]);
  run.metric("shifted_over_unshifted_error", d["shifted_4"] / d["digits"]);
  run.show("Familiar and unfamiliar images", "The squared error relative to that of the set's own mean image.", table);
  run.show("strangers", "Reconstructions by the network of digits", "Images of each set, and their reconstructions.",
           report::rows(pictures, digits.height, digits.width, 2));
}

void measure_uses(Run& run, const data::Images& train, const data::Images& test, const Tensor& clothes,
                  Undercomplete& model) {
  metrics::PcaFit fit;
  run.each(train, [&](const Tensor& x) { fit.add(x); });
  const metrics::Pca pca = fit.finish();
  const codec::Mosaics own = codec::mosaics(test.tensor());
  const codec::Mosaics strange = codec::mosaics(clothes);
  const Tensor h = model.encode(train.tensor()).value();
  const Index size = h.size(1);
  const Map f = [&](const Tensor& x) { return model.encode(x).value(); };
  const Map f_pca = [&](const Tensor& x) { return pca.encode(x, size); };
  const Map r = [&](const Tensor& x) { return model.decode(model.encode(x)).value(); };
  const Map r_pca = [&](const Tensor& x) { return pca.reconstruct(x, size); };

  report::Comparison uses;
  compare_compression(run, uses, own.x, own.side, test, model, h);
  uses.add("clothes: PSNR of codes that are not quantised; of the coarsest JPEG", "clothes_db",
           codec::rate(0, r(strange.x), strange.x).psnr,
           codec::jpeg_rate(strange.x, strange.side, test.height, test.width, 1).psnr);
  if (!train.labels.empty()) {
    const data::Images queries = test.first(1000);
    uses.add("accuracy of 5 nearest neighbours: code; PCA", "neighbors", neighbor_accuracy(train, queries, f),
             neighbor_accuracy(train, queries, f_pca));
    uses.add("accuracy of a linear probe from 100 labels: code; PCA", "few_labels", probe_accuracy(train, queries, f),
             probe_accuracy(train, queries, f_pca));
  }
  uses.add("detection of clothes by their error, area under the ROC curve: network; PCA", "strangers_told",
           detection(own.x, strange.x, r), detection(own.x, strange.x, r_pca));
  run.metric("uses_where_a_plain_tool_is_as_good", uses.plain_as_good);
  for (const auto& [name, value] : uses.metrics) run.metric(name, value);
  run.show("Five uses", "The network beside a simpler method for the same task.", uses.table);
}

}  // namespace hourglass::HOURGLASS_BUILD
