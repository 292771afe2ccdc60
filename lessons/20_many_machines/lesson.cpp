// Lesson 20: one training on many machines.
//
// Each of R ranks has the whole net and a part of every batch. Their gradients are averaged by a ring all-reduce, so
// all take the same step, the one that a single process would take. Here the ranks run one after another in one
// process.

#include <fmt/format.h>

#include <chrono>

#include <hourglass/autograd/grad_mode.h>
#include <hourglass/tensor/error.h>
#include "lessons/20_many_machines/process.h"
#include "lessons/20_many_machines/ring.h"
#include "lessons/20_many_machines/scaling.h"
#include "lessons/common/run.h"

using namespace hourglass;

namespace {

// The same training twice: by one process, and by R ranks.
struct Team {
  std::string name;
  Process one;
  std::vector<Process> ranks;

  Team(const std::string& optimizer, int R, Index input, const Rng& rng)
      : name(fmt::format("{}_on_{}", optimizer, R)), one(name + ".one", input, optimizer == "Adam", rng) {
    for (int r = 0; r < R; ++r) ranks.emplace_back(fmt::format("{}.rank{}", name, r), input, optimizer == "Adam", rng);
  }

  // [step]
  void step_of_ranks(const Tensor& x) {
    const Index n = x.size(0), R = static_cast<Index>(ranks.size());
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

  double among_ranks() const {
    double largest = 0;
    for (const Process& rank : ranks) largest = std::max(largest, difference(rank, ranks[0]));
    return largest;
  }
};

void compare(Run& run, const std::vector<Team>& teams) {
  report::Table table{{"optimiser and ranks", "ranks from one process", "rank from rank"}, {}};
  double sgd = 0, among = 0;
  for (const Team& team : teams) {
    const double off = difference(team.ranks[0], team.one);
    table.rows.push_back({team.name, fmt::format("{:.1e}", off), fmt::format("{:.1e}", team.among_ranks())});
    among = std::max(among, team.among_ranks());
    if (team.name.starts_with("SGD")) sgd = std::max(sgd, off);
    run.metric("weight_difference_" + team.name, off);
  }
  run.metric("weight_difference_of_sgd", sgd);
  run.metric("weight_difference_among_ranks", among);
  run.show("The same net?", "The largest difference of a weight after the last step.", table);
  require(among == 0, "the ranks have gone apart by ", among, ": they took different steps");
}

// How much the busiest rank sends in one step, in gradients: counted, for a gradient of N numbers.
void count_messages(Run& run, std::size_t N) {
  report::Series ring{"ring", {}, {}}, root{"all to one, and back", {}, {}};
  for (const std::size_t R : {2, 4, 8, 16, 32}) {
    std::vector<Numbers> ranks(R, Numbers(N, 1));
    const double sent = static_cast<double>(all_reduce(ranks)) / static_cast<double>(N);
    require(ranks[R - 1][N / 2] == static_cast<Scalar>(R), "a sum of ", R, " ones is ", ranks[R - 1][N / 2]);
    ring.x.push_back(double(R)), ring.y.push_back(sent);
    root.x.push_back(double(R)), root.y.push_back(double(R - 1));  // the sum, to each of the others
    run.metric(fmt::format("gradients_sent_by_a_rank_of_{}", R), sent);
  }
  run.show(
      "messages", "What the busiest rank sends in one step",
      "In gradients. In a ring each rank sends less than two, however many ranks there are; where one rank collects "
      "all gradients and sends their sum back, it sends one to each of the others.",
      report::Chart{"Messages", "ranks", "gradients sent", {ring, root}, false});
}

void predict(Run& run, Process& process, const data::Images& images) {
  const Tensor x = images.first(4096).tensor();
  const auto begin = std::chrono::steady_clock::now();
  process.step(x);
  const double t = std::chrono::duration<double>(std::chrono::steady_clock::now() - begin).count();
  const double N = static_cast<double>(process.size());
  const std::vector<report::Series> lines = {speed("InfiniBand: 2 µs, 12.5 GB/s", t, N, 2e-6, 12.5e9),
                                             speed("10 Gbit/s Ethernet: 30 µs, 1.25 GB/s", t, N, 30e-6, 1.25e9)};
  run.show(
      "scaling", "What 256 ranks would bring",
      fmt::format("Predicted, not measured: one batch of {:L} images, which takes one process {:.0f} ms here, a "
                  "ring, no message under way while a rank computes. Twice the ranks at twice the speed would be a "
                  "straight line.",
                  x.size(0), 1000 * t),
      report::Chart{"Speed", "ranks", "times as fast as one", lines, false});
}

}  // namespace

int main(int argc, char** argv) {
  Run run("20_many_machines", "Many machines", "Can many machines train one net, and get the same net?", argc, argv);
  const data::Dataset digits = run.dataset();
  const data::Images images = digits.train.first(100 * 128);  // 100 steps
  std::vector<Team> teams;
  for (const int R : {2, 3, 4, 8}) teams.emplace_back("SGD", R, images.pixels_per_image(), run.rng);
  teams.emplace_back("Adam", 4, images.pixels_per_image(), run.rng);
  nn::Parameters weights;
  std::vector<nn::Optimizer*> optimizers;
  const auto keep = [&](const Process& process) {
    weights.insert(weights.end(), process.parameters.begin(), process.parameters.end());
    optimizers.push_back(process.optimizer.get());
  };
  for (const Team& team : teams) {
    keep(team.one);
    run.networks(team.one.model.networks(), team.name + ".one.");
    for (const Process& rank : team.ranks) keep(rank);
  }
  run.keep(weights, optimizers);

  for ([[maybe_unused]] int epoch : run.epochs(1)) {
    for (const Tensor& x : run.batches(images, 128)) {
      Loss shown{};  // the one that the run records
      for (Team& team : teams) {
        const Loss loss = team.one.step(x);
        if (&team == &teams.front()) shown = loss;
        team.step_of_ranks(x);
      }
      run.end_batch(shown);
    }
    run.end_epoch();
  }

  compare(run, teams);
  count_messages(run, static_cast<std::size_t>(teams[0].one.size()));
  predict(run, teams.back().one, images);
  run.metric("numbers_in_the_gradient", static_cast<double>(teams[0].one.size()));
  Team& adam = teams.back();
  const Tensor shown = digits.test.first(12).tensor();
  const NoGrad looking;
  const auto made = [&](Process& p) { return p.model.decode(p.model.encode(shown)).value(); };
  run.show(
      "reconstructions", "One process, and four ranks",
      "Above: test images. Middle: what the net of one process makes of them, trained with Adam. Below: the net of "
      "the ranks.",
      report::rows({shown, made(adam.one), made(adam.ranks[0])}, digits.test.height, digits.test.width, 3));
  return run.finish();
}
