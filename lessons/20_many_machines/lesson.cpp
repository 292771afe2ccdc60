// Lesson 20: data-parallel training. Each of R ranks has the whole network and a part of every mini-batch. A ring
// all-reduce adds up their gradients, so that all of them make the same update, that of a single process. Here the
// ranks run one after another in one process.

#include "lessons/20_many_machines/measure.h"
#include "lessons/20_many_machines/process.h"
#include "lessons/20_many_machines/ring.h"
#include "lessons/common/run.h"

using namespace hourglass;

namespace {

// [step]
// One step of R ranks, each with its part of the mini-batch.
void step(std::vector<Process>& ranks, const Tensor& x) {
  const Index n = x.size(0);
  const Index R = static_cast<Index>(ranks.size());
  std::vector<Numbers> gradients;
  for (Index r = 0; r < R; ++r)  // on R machines: all at the same time
    gradients.push_back(ranks[r].gradient(x, r * n / R, (r + 1) * n / R));
  // [parts]
  all_reduce(gradients);
  // [reduced]
  for (Index r = 0; r < R; ++r) ranks[r].step_with(gradients[r]);
  // [/reduced]
}
// [/step]

}  // namespace

int main(int argc, char** argv) {
  Run run("20_many_machines", "Data-parallel training", "Do many machines train the same network as one?", argc, argv);
  const data::Dataset digits = run.dataset();
  const data::Images images = digits.train.first(100 * 128);  // 100 steps
  const Index input = images.pixels_per_image();
  std::vector<Team> teams;
  for (const int R : {2, 3, 4, 8}) teams.emplace_back("SGD", R, input, run.rng);
  teams.emplace_back("Adam", 4, input, run.rng);
  nn::Parameters weights;
  std::vector<nn::Optimizer*> optimizers;
  const auto keep = [&](const Process& process) {
    weights.insert(weights.end(), process.parameters.begin(), process.parameters.end());
    optimizers.push_back(process.optimizer.get());
  };
  for (const Team& team : teams) {
    keep(team.one);
    for (const Process& rank : team.ranks) keep(rank);
    run.networks(team.one.model.networks(), team.name + ".one.");
  }
  run.keep(weights, optimizers);
  run.draw_autoencoder(teams.front().one.model, input);

  for ([[maybe_unused]] int epoch : run.epochs(1)) {
    // [loop]
    for (const Tensor& x : run.batches(images, 128)) {
      Loss recorded{};  // of one process: the history shows it
      for (Team& team : teams) {
        const Loss loss = team.one.step(x);
        step(team.ranks, x);
        if (&team == &teams.front()) recorded = loss;
      }
      run.end_batch(recorded);
    }
    // [/loop]
    run.end_epoch();
  }

  Team& adam = teams.back();
  const Index numbers = adam.one.size();  // in the gradient
  compare_weights(run, teams);
  count_messages(run, static_cast<std::size_t>(numbers));
  predict_speed(run, adam.one, images);
  run.metric("numbers_in_the_gradient", static_cast<double>(numbers));
  show_reconstructions(run, digits.test, adam);
  return run.finish();
}
