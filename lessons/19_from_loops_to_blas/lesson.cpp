// Lesson 19: one matrix product, y = a · b, from three loops to BLAS. Nearly all that a network computes is such
// products. Eight implementations are timed, and each is compared with the one before it.

#include <algorithm>

#include <hourglass/tensor/error.h>
#include <hourglass/tensor/parallel.h>
#include "lessons/19_from_loops_to_blas/blocked_product.h"
#include "lessons/19_from_loops_to_blas/measure.h"
#include "lessons/19_from_loops_to_blas/vector_product.h"
#include "lessons/common/run.h"

using namespace hourglass;

namespace {

// [loops]
// The definition: y_ij = Σ_l a_il b_lj. The inner loop traverses a column of b.
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
// The same loops, l before j: the inner loop traverses a row of b and a row of y, and can be vectorised.
HOURGLASS_EVERY_CPU void reordered(const Product& p) {
  std::fill(p.y, p.y + p.m * p.n, Scalar(0));
  for (Index i = 0; i < p.m; ++i)
    for (Index l = 0; l < p.k; ++l)
      for (Index j = 0; j < p.n; ++j) p.y[i * p.n + j] += p.a[i * p.k + l] * p.b[l * p.n + j];
}
// [/reordered]

// [blocked]
// A block of b that fits into the cache is used for all rows of a before the next block is loaded.
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
// Four panels of columns, whatever the number of threads: the panels depend on the shape alone.
void tiled_on_threads(const Product& p) {
  const Index width = (p.n + 4 * tile_columns - 1) / (4 * tile_columns) * tile_columns;
  parallel_chunks(p.n, width, [&](Index first, Index last) {
    blocked_product(p.m, last - first, p.k, {p.a, p.k, 1}, {p.b + first, p.n, 1}, p.y + first, p.n);
  });
}
// [/panels]

// With the longest vectors that this processor has.
void in_vectors(const Product& p) { kinds_of_vectors().front().product(p); }

const std::vector<Method> methods{{"three loops", "three_loops", false, three_loops},
                                  {"reordered", "reordered", false, reordered},
                                  {"blocked", "blocked", false, blocked},
                                  {"in tiles", "tiled", false, tiled},
                                  {"in tiles, on threads", "tiled_on_threads", true, tiled_on_threads},
                                  {"in vectors", "vectors", false, in_vectors},
                                  {"OpenBLAS", "blas", false, nullptr},
                                  {"OpenBLAS, on threads", "blas_on_threads", true, nullptr}};

}  // namespace

int main(int argc, char** argv) {
  Run run("19_from_loops_to_blas", "From loops to BLAS", "How fast can a matrix product be, and what makes it fast?",
          argc, argv);
  const data::Dataset digits = run.dataset();
  const int all = threads();
  const double budget = run.quick() ? 0.01 : 0.7;  // seconds for each measurement
  std::vector<Index> sides = {48, 96, 192, 384, 768};
  if (run.quick()) sides.resize(2);
  // [operands]
  const Tensor x = digits.train.first(run.quick() ? 64 : 512).tensor();
  const Tensor W = run.rng.normal({x.size(1), 1000});  // a layer of 1000 units
  // [/operands]

  std::vector<Measured> measured;
  Tensor before;
  for (const Method& method : methods) {
    set_threads(method.on_threads ? all : 1);
    const Tensor y = method(x, W);
    // [multiplied]
    const double off = difference(y, before);
    require(off < 1e-4, method.name, ": differs from the method before it by ", off, " of the largest number");
    const double of_layer = speed(method, x, W, budget);
    const report::Series over_size = speed_over_size(method, sides, budget / 10, run.rng);
    measured.push_back({method, threads(), off, of_layer, over_size});
    before = y;
  }
  set_threads(all);
  show_methods(run, measured, x.size(0), peak(kinds_of_vectors().front(), budget));
  run.keep({{"weights", Variable::parameter(W)}}, {});
  run.draw_model({"", x.size(1), {{"a row of x", "product with W " + text(W.shape()), {W.size(1)}, "a row of y"}}});
  return run.finish();
}
