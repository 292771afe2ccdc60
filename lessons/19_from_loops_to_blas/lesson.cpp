// Lesson 19: one product, y = a · b, from three loops to BLAS.
//
// Nearly all that a net computes is this. Seven ways to compute it, each checked against the one before, each timed.

#include <fmt/format.h>

#include <hourglass/tensor/error.h>
#include <hourglass/tensor/parallel.h>
#include <hourglass/tensor/product.h>
#include "lessons/19_from_loops_to_blas/blocked_product.h"
#include "lessons/19_from_loops_to_blas/measure.h"
#include "lessons/common/run.h"

using namespace hourglass;

namespace {

// y [m, n] = a [m, k] · b [k, n], all of them row by row.
struct Product {
  Index m, n, k;
  const Scalar *a, *b;
  Scalar* y;
};

// [loops]
// The definition: y_ij = Σ_l a_il b_lj. The inner loop walks down a column of b.
HOURGLASS_EVERY_CPU void three_loops(const Product& p) {
  for (Index i = 0; i < p.m; ++i)
    for (Index j = 0; j < p.n; ++j) {
      Scalar sum = 0;
      for (Index l = 0; l < p.k; ++l) sum += p.a[i * p.k + l] * p.b[l * p.n + j];
      p.y[i * p.n + j] = sum;
    }
}
// [/loops]

// [reordered]
// The same loops, l before j: the inner loop walks along a row of b and a row of y, many numbers at a time.
HOURGLASS_EVERY_CPU void reordered(const Product& p) {
  std::fill(p.y, p.y + p.m * p.n, Scalar(0));
  for (Index i = 0; i < p.m; ++i)
    for (Index l = 0; l < p.k; ++l)
      for (Index j = 0; j < p.n; ++j) p.y[i * p.n + j] += p.a[i * p.k + l] * p.b[l * p.n + j];
}
// [/reordered]

// [blocked]
// A piece of b that fits into the cache serves all rows of a before the next piece is fetched.
HOURGLASS_EVERY_CPU void blocked(const Product& p) {
  constexpr Index depth = 32, width = 256;  // 32 KB of b
  std::fill(p.y, p.y + p.m * p.n, Scalar(0));
  for (Index l0 = 0; l0 < p.k; l0 += depth)
    for (Index j0 = 0; j0 < p.n; j0 += width)
      for (Index i = 0; i < p.m; ++i)
        for (Index l = l0; l < std::min(p.k, l0 + depth); ++l)
          for (Index j = j0; j < std::min(p.n, j0 + width); ++j)
            p.y[i * p.n + j] += p.a[i * p.k + l] * p.b[l * p.n + j];
}
// [/blocked]

void tiled(const Product& p) { blocked_product(p.m, p.n, p.k, {p.a, p.k, 1}, {p.b, p.n, 1}, p.y, p.n); }

// [panels]
// Four panels of columns, whatever the number of threads: what a panel is depends on the shape alone.
void tiled_on_threads(const Product& p) {
  const Index width = (p.n + 4 * tile_columns - 1) / (4 * tile_columns) * tile_columns;
  parallel_chunks(p.n, width, [&](Index first, Index last) {
    blocked_product(p.m, last - first, p.k, {p.a, p.k, 1}, {p.b + first, p.n, 1}, p.y + first, p.n);
  });
}
// [/panels]

struct Rung {
  std::string name, key;
  bool on_threads;
  void (*multiply)(const Product&);  // null: the library's product, which calls OpenBLAS
};

const std::vector<Rung> rungs{{"three loops", "three_loops", false, three_loops},
                              {"reordered", "reordered", false, reordered},
                              {"blocked", "blocked", false, blocked},
                              {"in tiles", "tiled", false, tiled},
                              {"in tiles, on threads", "tiled_on_threads", true, tiled_on_threads},
                              {"OpenBLAS", "blas", false, nullptr},
                              {"OpenBLAS, on threads", "blas_on_threads", true, nullptr}};

Tensor multiply(const Rung& rung, const Tensor& a, const Tensor& b) {
  if (!rung.multiply) return matmul(a, b);
  Tensor y({a.size(0), b.size(1)});
  rung.multiply({a.size(0), b.size(1), a.size(1), a.data(), b.data(), y.write_()});
  return y;
}

// In GFLOP/s: each of the m · n numbers takes k multiplications and k additions.
double rate(const Rung& rung, const Tensor& a, const Tensor& b, double budget) {
  const double seconds = best_seconds([&] { multiply(rung, a, b); }, rung.on_threads, budget);
  return 2e-9 * static_cast<double>(a.size(0) * b.size(0) * b.size(1)) / seconds;
}

}  // namespace

int main(int argc, char** argv) {
  Run run("19_from_loops_to_blas", "From loops to BLAS", "How fast can a product be, and what makes it so?", argc,
          argv);
  const data::Dataset digits = run.dataset();
  const int all = threads();
  const double budget = run.quick() ? 0.01 : 0.7;
  // [operands]
  const Tensor x = digits.train.first(run.quick() ? 64 : 512).tensor();
  const Tensor W = run.rng.normal({x.size(1), 1000});  // a layer of 1000 units
  // [/operands]

  report::Table table{{"way", "threads", "GFLOP/s", "times the first", "differs from the one before, by"}, {}};
  report::Chart chart{"Speed over size", "side of the matrices", "GFLOP/s", {}, true};
  Tensor before;
  std::map<std::string, double> speeds;
  for (const Rung& rung : rungs) {
    set_threads(rung.on_threads ? all : 1);
    const Tensor y = multiply(rung, x, W);
    // [multiplied]
    const double off = before.empty() ? 0 : difference(y, before), speed = rate(rung, x, W, budget);
    require(off < 1e-4, rung.name, ": differs from the way before it by ", off, " of the largest number");
    speeds[rung.key] = speed;
    const double times = speed / speeds["three_loops"];
    before = y;
    // on threads the clock also measures what else runs: for the table, not for the record
    if (!rung.on_threads) run.metric("times_the_first_of_" + rung.key, times);
    run.metric("difference_of_" + rung.key, off);
    table.rows.push_back({rung.name, std::to_string(threads()), fmt::format("{:.1f}", speed),
                          fmt::format("{:.1f}", times), fmt::format("{:.1e}", off)});
    report::Series series{rung.name, {}, {}};
    for (const Index side : {48, 96, 192, 384, 768}) {
      if (run.quick() && side > 96) break;
      const Tensor a = run.rng.normal({side, side}), b = run.rng.normal({side, side});
      series.x.push_back(static_cast<double>(side)), series.y.push_back(rate(rung, a, b, budget / 10));
    }
    chart.series.push_back(series);
  }
  set_threads(all);
  run.metric("tiles_of_blas", speeds["tiled"] / speeds["blas"]);
  run.show("Seven ways to one product", fmt::format("{} images times a layer of 1000 units.", x.size(0)), table);
  run.show("speed", chart.title,
           "Square matrices. Each way has a size from which on it cannot go faster, or goes slower.", chart);
  run.keep({{"weights", Variable::parameter(W)}}, {});
  return run.finish();
}
