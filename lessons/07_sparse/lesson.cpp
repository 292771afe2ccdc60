// Lesson 07: sparse autoencoders, L(x, g(f(x))) + Ω(h). The network of lesson 06, whose code is larger than the image,
// is trained without a penalty and with four weights λ of Σ |h|; with sigmoid units, without a penalty and with the
// divergence of each unit's mean activation from a target; and with a constraint in place of a penalty, by which only
// the k largest numbers of a code are kept.

#include <hourglass/autograd/backward.h>
#include <hourglass/autograd/grad_mode.h>
#include <hourglass/autograd/ops.h>
#include <hourglass/models/sparse.h>
#include <hourglass/models/top_k.h>
#include <hourglass/nn/adam.h>
#include <hourglass/nn/corruption.h>
#include "lessons/07_sparse/measure.h"
#include "lessons/common/run.h"

using namespace hourglass;
using models::Sparse;

namespace {

constexpr auto l1 = Sparse::Penalty::l1, kl = Sparse::Penalty::kl;

struct Variant {
  const char* name;
  Sparse::Penalty penalty;
  double weight;  // λ
};
const Variant variants[] = {{"plain", l1, 0}, {"l1_003", l1, 0.03},     {"l1_01", l1, 0.1}, {"l1_03", l1, 0.3},
                            {"l1_1", l1, 1},  {"plain_sigmoid", kl, 0}, {"kl", kl, 0.1}};

// A network from pixels to `code` units to pixels. Its output is linear: it could copy.
Sparse network_of(const Variant& variant, Index input, Index code, std::uint64_t seed) {
  Rng rng(seed);  // the same initial weights for all variants
  Sparse network({.input = input, .code = code, .penalty = variant.penalty, .weight = variant.weight, .rate = 0.05},
                 rng);
  network.decoder = nn::mlp({code, input}, Activation::none, Activation::none, rng);
  return network;
}

}  // namespace

int main(int argc, char** argv) {
  Run run("07_sparse", "Sparse autoencoders", "What does a unit represent when its activity is penalised?", argc, argv);
  const data::Dataset digits = run.dataset();
  const data::Images train = digits.train.first(run.quick() ? 2000 : 15000);
  const data::Images test = digits.test.first(5000);
  const Index input = train.pixels_per_image();
  const Index code = input + 240;

  std::vector<std::pair<std::string, Sparse>> networks;
  for (const Variant& variant : variants)
    networks.emplace_back(variant.name, network_of(variant, input, code, run.seed));
  models::TopK top_k({.input = input, .code = code, .active = 32}, run.rng);

  nn::Parameters all;
  for (const auto& [name, network] : networks)
    for (const nn::Parameter& p : network.parameters(name + ".")) all.push_back(p);
  for (const nn::Parameter& p : top_k.parameters("top_k.")) all.push_back(p);
  nn::Adam adam(all, {.learning_rate = 1e-3});
  run.keep(all, {&adam});
  run.networks(networks[2].second.networks(), "l1_01.");
  run.draw_autoencoder(networks[2].second, input);

  for ([[maybe_unused]] int epoch : run.epochs(6)) {
    // [loop]
    for (const Tensor& x : run.batches(train, 128)) {
      Loss recorded{};  // that of one network: the history shows it
      adam.zero_grad();
      for (auto& [name, network] : networks) {
        const Variable h = network.encode(x);
        const Variable r = network.decode(h);
        const Variable omega = network.options.weight * network.penalty(h);  // Ω(h): λ Σ |h|, or λ Σ KL(ρ ‖ ρ̂)
        const Loss loss = nn::with_penalty(nn::squared_error(r, x), omega);  // L(x, g(f(x))) + Ω(h)
        // [made]
        backward(loss.value);
        if (name == "l1_01") recorded = loss;
      }
      const Loss loss = top_k.loss(x);  // no penalty: all but the k largest activations are 0
      backward(loss.value);
      adam.step();
      if (adam.steps() % 50 == 0) top_k.revive(x, run.rng);
      run.end_batch(recorded);
    }
    // [/loop]
    run.end_epoch();
  }

  const NoGrad no_grad;
  const Tensor x = test.tensor();
  const nn::Corruption noise{nn::Corruption::Kind::gaussian, 0.25};
  const Samples samples{train, test, x, noise(x, run.rng)};
  std::vector<Measured> measured;
  for (auto& [name, network] : networks)
    measured.push_back(measure({name, network, network.options.penalty == l1 ? 0 : 0.5}, samples));
  measured.push_back(measure({"top_k", top_k, 0}, samples));
  record(run, measured);
  show_table(run, measured);
  show_activity(run, measured);
  show_units(run, measured, test);
  return run.finish();
}
