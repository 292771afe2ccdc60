// What stops the copy? Seven autoencoders that differ in what keeps them from copying their input: nothing, a small
// code, a sparse code, a codebook, noise at the input, a contractive penalty, and a random code with a prior. All are
// trained side by side on digits, and once more in the plane, where the reconstruction energy can be drawn.

#include <hourglass/autograd/grad_mode.h>
#include <hourglass/nn/adam.h>
#include "lessons/what_stops_the_copy/measure.h"

using namespace hourglass;

namespace {

// 784-256-32-256-784; the unregularised baseline is 784-1024-784 with a linear output, so that it can copy.
std::vector<Named> variants_of(Index input, Rng& rng) {
  const auto stopped = [&](Stop stop) { return Variant({.stop = stop, .sizes = {input, 256, 32}}, rng); };
  std::vector<Named> variants;
  variants.push_back({"nothing", Variant({.sizes = {input, input + 240}, .output = Activation::none}, rng)});
  variants.push_back({"bottleneck", stopped(Stop::bottleneck)});
  variants.push_back({"sparse", stopped(Stop::sparse)});
  variants.push_back({"quantised", stopped(Stop::quantized)});
  variants.push_back({"denoising", stopped(Stop::denoising)});
  variants.push_back({"contractive", stopped(Stop::contractive)});
  variants.push_back({"variational", stopped(Stop::variational)});
  return variants;
}

}  // namespace

int main(int argc, char** argv) {
  Run run("what_stops_the_copy", "What stops the copy?", "What keeps an autoencoder from copying its input?", argc,
          argv);
  const data::Dataset digits = run.dataset();
  std::vector<Named> variants = variants_of(digits.train.pixels_per_image(), run.rng);
  nn::Parameters all;
  for (const Named& variant : variants)
    for (const nn::Parameter& p : variant.model.parameters(variant.name + ".")) all.push_back(p);
  nn::Adam adam(all, {.learning_rate = 1e-3});
  run.keep(all, {&adam});
  run.draw_autoencoder(variants[0].model, digits.train.pixels_per_image(), "unregularised");
  run.draw_autoencoder(variants[1].model, digits.train.pixels_per_image(), "the others");

  for ([[maybe_unused]] int epoch : run.epochs(3)) {
    // [loop]
    for (const data::Batch& x : run.batches(digits.train, 128)) {
      Loss recorded{};  // of the network that the history shows
      adam.zero_grad();
      for (Named& variant : variants) {
        const Loss loss = variant.model.loss(x, run.rng);
        backward(loss.value);
        if (x.done % (50 * 128) == 0) variant.model.revive(x, run.rng);  // after every 50 batches
        if (variant.name == "bottleneck") recorded = loss;
      }
      adam.step();
      run.end_batch(recorded);
    }
    // [/loop]
    run.end_epoch();
  }

  run.metric("steps", double(adam.steps()));
  measure_plane(run);
  measure_digits(run, digits, variants);
  return run.finish();
}
