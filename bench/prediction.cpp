#include "bench/prediction.h"

#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <functional>
#include <map>
#include <queue>

#include <hourglass/report/table.h>
#include <hourglass/tensor/denormals.h>
#include <hourglass/tensor/error.h>
#include <hourglass/tensor/parallel.h>
#include "bench/rows.h"
#include "bench/stopwatch.h"

namespace hourglass::HOURGLASS_BUILD {
namespace {

std::vector<std::vector<double>>* recorded = nullptr;  // the loops of a step that is being timed

double now() {
  return std::chrono::duration<double, std::micro>(std::chrono::steady_clock::now().time_since_epoch()).count();
}

}  // namespace

#ifdef HOURGLASS_RUN_PIECES
// The linker leads every call of run_pieces to run_timed (bench/CMakeLists.txt), which can still call the original.
using Call = void (*)(const void* body, Index piece);
void run_original(Index pieces, Call call, const void* body) asm("__real_" HOURGLASS_RUN_PIECES);
void run_timed(Index pieces, Call call, const void* body) asm("__wrap_" HOURGLASS_RUN_PIECES);

void run_timed(Index pieces, Call call, const void* body) {
  static bool inside = false;  // a loop inside of a loop belongs to its piece
  if (!recorded) return run_original(pieces, call, body);
  const FlushDenormals mode;
  if (inside) {
    for (Index i = 0; i < pieces; ++i) call(body, i);
    return;
  }
  inside = true;
  std::vector<double> times(static_cast<std::size_t>(pieces));
  for (Index i = 0; i < pieces; ++i) {
    const double begin = now();
    call(body, i);
    times[static_cast<std::size_t>(i)] = now() - begin;
  }
  inside = false;
  recorded->push_back(std::move(times));
}
#endif

}  // namespace hourglass::HOURGLASS_BUILD

namespace hourglass::HOURGLASS_BUILD::bench {
namespace {

double sum(const std::vector<std::vector<double>>& loops) {
  double total = 0;
  for (const std::vector<double>& pieces : loops)
    for (const double time : pieces) total += time;
  return total;
}

// When the last of `cores` cores has ended, each of which takes the next piece as soon as it is free.
double span(const std::vector<double>& pieces, int cores) {
  std::priority_queue<double, std::vector<double>, std::greater<>> free_at;
  for (int i = 0; i < cores; ++i) free_at.push(0);
  double end = 0;
  for (const double time : pieces) {
    const double done = free_at.top() + time;
    free_at.pop();
    free_at.push(done);
    end = std::max(end, done);
  }
  return end;
}

}  // namespace

double StepParts::on(int cores, const LoopCost& cost) const {
  double total = between;
  for (const std::vector<double>& pieces : loops) {
    total += span(pieces, cores);
    // a loop has two pieces at least; each one more, and each core more than two, takes its turn
    if (cores > 1) total += cost.start + cost.piece * static_cast<double>(pieces.size() - 2 + cores - 2);
  }
  return total;
}

LoopCost loop_cost() {
  set_threads(2);
  const auto empty = [](Index pieces) {
    Stopwatch watch([=] { parallel_for(pieces, [](Index) {}); }, 0.02);
    Times times;
    for (int i = 0; i < 9; ++i) times.all.push_back(watch.microseconds());
    return times.median();
  };
  const double two = empty(2);
  return {two, std::max(0.0, (empty(66) - two) / 64)};
}

namespace {

// Of the same part in all steps.
template <class Value>
double median_of(const std::vector<StepParts>& steps, const Value& value) {
  Times times;
  for (const StepParts& one : steps) times.all.push_back(value(one));
  return times.median();
}

}  // namespace

StepParts parts_of(const Step& step, int threads) {
#ifndef HOURGLASS_RUN_PIECES
  fail("bench: the linker of this system cannot lead the parallel loops to where they are timed");
#endif
  set_threads(threads);
  step();
  std::vector<StepParts> steps(15);
  for (StepParts& one : steps) {
    recorded = &one.loops;
    const double begin = now();
    step();
    one.between = now() - begin - sum(one.loops);
    recorded = nullptr;
    require(one.loops.size() == steps[0].loops.size(), "bench: two steps of one workload have different loops");
  }
  StepParts middle = steps[0];
  middle.between = median_of(steps, [](const StepParts& one) { return one.between; });
  for (std::size_t i = 0; i < middle.loops.size(); ++i)
    for (std::size_t j = 0; j < middle.loops[i].size(); ++j)
      middle.loops[i][j] = median_of(steps, [&](const StepParts& one) { return one.loops[i][j]; });
  return middle;
}

void predict(const std::vector<std::string>& only, int rounds, double seconds) {
  const LoopCost cost = loop_cost();
  std::printf("a parallel loop costs %.2f µs, and %.3f µs a piece\n", cost.start, cost.piece);
  report::Table table{{"workload", "loops", "1: µs", "predicted", "2: µs", "predicted", "4: predicted", "8", "16",
                       "speed-up at 8", "at 16"},
                      {}};
  for (const Workload& work : workloads()) {
    if (work.products.empty() || (!only.empty() && std::ranges::find(only, work.name) == only.end())) continue;
    Inputs inputs;
    const Step step = work.start(inputs);
    Times measured[2];
    Stopwatch watch(step, seconds);
    for (int round = 0; round < rounds; ++round)
      for (const int threads : {1, 2}) {
        set_threads(threads);
        measured[threads - 1].all.push_back(watch.microseconds());
      }
    std::map<int, double> predicted;
    std::size_t loops = 0;
    for (const int cores : {1, 2, 4, 8, 16}) {
      const StepParts parts = parts_of(step, std::max(cores, 2));
      loops = parts.loops.size();
      predicted[cores] = parts.on(cores, cost);
    }
    const double one = measured[0].median();
    table.rows.push_back({work.name, std::to_string(loops)});
    for (const double x :
         {one, predicted[1], measured[1].median(), predicted[2], predicted[4], predicted[8], predicted[16]})
      table.rows.back().push_back(fmt::format("{:.0f}", x));
    for (const int cores : {8, 16}) table.rows.back().push_back(fmt::format("{:.1f}", one / predicted[cores]));
  }
  std::printf("%s", table.text().c_str());
}

}  // namespace hourglass::HOURGLASS_BUILD::bench
