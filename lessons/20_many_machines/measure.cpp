#include "lessons/20_many_machines/measure.h"

#include <fmt/format.h>

#include <algorithm>
#include <chrono>

#include <hourglass/autograd/grad_mode.h>
#include <hourglass/tensor/error.h>

namespace hourglass::HOURGLASS_BUILD {
namespace {

double difference_among(const std::vector<Process>& ranks) {
  double largest = 0;
  for (const Process& rank : ranks) largest = std::max(largest, difference(rank, ranks[0]));
  return largest;
}

// A connection between two ranks: a message of b bytes takes latency + b / bandwidth seconds.
struct Link {
  std::string name;
  double latency, bandwidth;
};

// The speed of R ranks over that of one: a step takes t / R seconds to compute, and 2 (R - 1) messages of N / R
// numbers. The batch stays the same.
report::Series predicted_speed(const Link& link, double t, double N) {
  report::Series series{link.name, {}, {}};
  for (double R = 1; R <= 256; R *= 2) {
    const double message = link.latency + N / R * sizeof(Scalar) / link.bandwidth;
    series.x.push_back(R);
    series.y.push_back(t / (t / R + 2 * (R - 1) * message));
  }
  return series;
}

}  // namespace

Team::Team(const std::string& optimizer, int R, Index input, const Rng& rng)
    : name(fmt::format("{}_on_{}", optimizer, R)), one(name + ".one", input, optimizer == "Adam", rng) {
  for (int r = 0; r < R; ++r) ranks.emplace_back(fmt::format("{}.rank{}", name, r), input, optimizer == "Adam", rng);
}

void compare_weights(Run& run, const std::vector<Team>& teams) {
  report::Table table{{"optimiser and ranks", "difference from one process", "difference among ranks"}, {}};
  double sgd = 0, among_ranks = 0;
  for (const Team& team : teams) {
    const double from_one = difference(team.ranks[0], team.one);
    const double among = difference_among(team.ranks);
    table.rows.push_back({report::words(team.name), fmt::format("{:.1e}", from_one), fmt::format("{:.1e}", among)});
    among_ranks = std::max(among_ranks, among);
    if (team.name.starts_with("SGD")) sgd = std::max(sgd, from_one);
    run.metric("weight_difference_" + team.name, from_one);
  }
  run.metric("weight_difference_of_sgd", sgd);
  run.metric("weight_difference_among_ranks", among_ranks);
  run.show("Ranks and one process", "The largest difference of a weight after the last step.", table);
  require(among_ranks == 0, "the weights of ranks differ by ", among_ranks, ": their steps were not the same");
}

void count_messages(Run& run, std::size_t N) {
  report::Series ring{"ring", {}, {}}, root{"all to one, and back", {}, {}};
  for (const std::size_t R : {2, 4, 8, 16, 32}) {
    std::vector<Numbers> ranks(R, Numbers(N, 1));
    const double sent = static_cast<double>(all_reduce(ranks)) / static_cast<double>(N);
    require(ranks[R - 1][N / 2] == static_cast<Scalar>(R), "a sum of ", R, " ones is ", ranks[R - 1][N / 2]);
    ring.x.push_back(double(R));
    ring.y.push_back(sent);
    root.x.push_back(double(R));
    root.y.push_back(double(R - 1));  // the sum, to each of the others
    run.metric(fmt::format("gradients_sent_by_a_rank_of_{}", R), sent);
  }
  run.show("messages", "Gradients sent by the busiest rank in one step",
           "In a ring each rank sends less than two gradients, for any number of ranks. Where one rank collects all "
           "gradients and sends their sum back, it sends one to each of the others.",
           report::Chart{"Messages", "ranks", "gradients sent", {ring, root}, false, true});
}

void predict_speed(Run& run, Process& process, const data::Images& images) {
  const Tensor x = images.first(4096).tensor();
  const auto begin = std::chrono::steady_clock::now();
  process.step(x);
  const double t = std::chrono::duration<double>(std::chrono::steady_clock::now() - begin).count();
  const double N = static_cast<double>(process.size());
  const Link infiniband{"InfiniBand: 2 µs, 12.5 GB/s", 2e-6, 12.5e9};
  const Link ethernet{"10 Gbit/s Ethernet: 30 µs, 1.25 GB/s", 30e-6, 1.25e9};
  run.show("scaling", "Predicted speed-up of up to 256 ranks",
           fmt::format("Not measured. One process here takes {:.0f} ms for a batch of {:L} images; the ranks form a "
                       "ring, and none computes while it sends. Perfect scaling would be a straight line.",
                       1000 * t, x.size(0)),
           report::Chart{"Predicted speed",
                         "ranks",
                         "speed-up over one rank",
                         {predicted_speed(infiniband, t, N), predicted_speed(ethernet, t, N)},
                         true,
                         true});
}

void show_reconstructions(Run& run, const data::Images& test, Team& team) {
  const NoGrad no_grad;
  const Tensor x = test.first(12).tensor();
  models::Undercomplete& one = team.one.model;
  models::Undercomplete& rank = team.ranks[0].model;
  const Tensor r_one = one.decode(one.encode(x)).value();
  const Tensor r_rank = rank.decode(rank.encode(x)).value();
  run.show("reconstructions", "Reconstructions",
           fmt::format("Of test images, after the training with {}.", team.name.substr(0, team.name.find('_'))),
           report::rows(
               {{"test image", x}, {"one process", r_one}, {fmt::format("a rank of {}", team.ranks.size()), r_rank}},
               test.height, test.width, 3));
}

}  // namespace hourglass::HOURGLASS_BUILD
