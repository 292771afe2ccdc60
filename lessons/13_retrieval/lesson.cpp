// Lesson 13: retrieval, which finds similar images by their codes.
//
// Two autoencoders compute small codes of digits: a deep one 32 numbers, a hashing one 64 bits. Both are trained
// without labels. Then the training digits nearest to each test digit are searched: by pixels, by codes, by bits.

#include <hourglass/autograd/backward.h>
#include <hourglass/autograd/grad_mode.h>
#include <hourglass/metrics/pca.h>
#include <hourglass/models/deep.h>
#include <hourglass/models/hashing.h>
#include <hourglass/nn/adam.h>
#include "lessons/13_retrieval/measure.h"
#include "lessons/common/run.h"

using namespace hourglass;

namespace {

metrics::Pca fit_pca(const Run& run, const data::Images& train) {
  metrics::PcaFit fit;
  run.each(train, [&](const Tensor& x) { fit.add(x); });
  return fit.finish();
}

}  // namespace

int main(int argc, char** argv) {
  Run run("13_retrieval", "Retrieval", "Are images alike when their codes are alike?", argc, argv);
  const data::Dataset digits = run.dataset();
  const Index input = digits.train.pixels_per_image();
  const Index numbers = 32;  // in the deep code
  const Index bits = 64;     // in the hashing code

  models::Deep deep({.sizes = {input, 256, 128, numbers}}, run.rng);
  models::Hashing hashing({.input = input, .hidden = {256, 128}, .bits = bits}, run.rng);
  nn::Parameters all;
  run.add(all, "deep.", deep);
  run.add(all, "hashing.", hashing);
  nn::Adam adam(all, {.learning_rate = 1e-3});
  run.keep(all, {&adam});
  run.draw_autoencoder(deep, input, "deep");
  run.draw_model(
      {"hashing",
       input,
       {{"x", hashing.encoder, "logits"}, {"logits", "one bit each", {bits}, "h"}, {"h", hashing.decoder, "r"}}});

  for ([[maybe_unused]] int epoch : run.epochs(8)) {
    // [loop]
    for (const Tensor& x : run.batches(digits.train, 128)) {
      Loss deep_loss = deep.loss(x);                 // L(x, g(f(x))), the code 32 numbers
      Loss hashing_loss = hashing.loss(x, run.rng);  // another f and g, the code 64 bits
      adam.zero_grad();
      backward(deep_loss.value);
      backward(hashing_loss.value);
      // [gradients]
      adam.step();
      run.end_batch(hashing_loss);
    }
    // [/loop]
    run.end_epoch();
  }

  const NoGrad no_grad;
  const data::Images base = digits.train.first(10000);
  const data::Images queries = digits.test.first(1000);
  const metrics::Pca pca = fit_pca(run, digits.train);
  const Tensor x = base.tensor();
  const Tensor x_query = queries.tensor();
  // [codes]
  const Tensor h = deep.encode(x).value();  // 32 numbers
  const Tensor h_query = deep.encode(x_query).value();
  const Tensor s = hashing.encode(x).value();  // 64 zeros and ones
  const Tensor s_query = hashing.encode(x_query).value();
  const Tensor p = pca.encode(x, bits);  // 64 principal components
  const Tensor p_query = pca.encode(x_query, bits);
  // [/codes]
  const Tensor h_median = metrics::medians(h);  // half of the images lie on each side
  const Tensor p_median = metrics::medians(p);
  search(run,
         {by_distance("pixels", "pixels", input, x_query, x),
          by_distance("PCA", "pca", 4 * numbers, pca.encode(x_query, numbers), pca.encode(x, numbers)),
          by_distance("deep code", "code", 4 * numbers, h_query, h),
          by_bits("deep code above its median", "code_bits", numbers / 8, {h_query, h_median}, {h, h_median}),
          by_bits("PCA above its median", "pca_bits", bits / 8, {p_query, p_median}, {p, p_median}),
          by_bits("hashing code", "hashing", bits / 8, {s_query, 0.5}, {s, 0.5})},
         base, queries);
  run.show("Search", "Select an image: the nearest of 1,000 test images, by deep code and by pixels.",
           play::neighbors(h_query, queries));
  return run.finish();
}
