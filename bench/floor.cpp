#include "bench/floor.h"

#include <cblas.h>

#include <algorithm>

#include <hourglass/tensor/blas.h>
#include <hourglass/tensor/parallel.h>
#include <hourglass/tensor/product.h>

namespace hourglass::HOURGLASS_BUILD::bench {
namespace {

CBLAS_TRANSPOSE flag(Transpose t) { return t == Transpose::yes ? CblasTrans : CblasNoTrans; }

// y = op(a) op(b), by one call.
void multiply(const Tensor& a, const Tensor& b, Transpose ta, Transpose tb, Tensor& y) {
  const auto size = [](const Tensor& t, int axis) { return static_cast<int>(t.size(axis)); };
  cblas_sgemm(CblasRowMajor, flag(ta), flag(tb), size(y, 0), size(y, 1), size(a, ta == Transpose::yes ? 0 : 1), 1,
              a.data(), size(a, 1), b.data(), size(b, 1), 0, y.write_(), size(y, 1));
}

// The same as version 0.1.0 of the library did it, frozen, so that the floor stays where it was: up to four panels
// across the longer side of y, cut at multiples of 16, each of them a piece of a parallel loop; large ones joined where
// a thread has several.
void multiply_panels(const Tensor& a, const Tensor& b, Transpose ta, Transpose tb, Tensor& y) {
  const Index m = y.size(0), n = y.size(1), k = a.size(ta == Transpose::yes ? 0 : 1), side = std::max(m, n);
  const double operations = 2.0 * static_cast<double>(m * n * k);
  const Index tiles = (side + 15) / 16;
  const Index panels = std::min<Index>(tiles, operations < 1e6 ? 1 : operations < 64e6 ? 2 : 4);
  const bool joined = operations / static_cast<double>(panels) > 16e6 && blas::cut_changes_nothing();
  const Index calls = joined ? std::min<Index>(panels, threads()) : panels;
  const auto edge = [=](Index i) { return std::min(side, i * panels / calls * tiles / panels * 16); };
  parallel_for(calls, [&](Index i) {
    const Index first = edge(i), count = edge(i + 1) - first;
    const Index row = m > n ? first : 0, column = m > n ? 0 : first;
    const Scalar* from_a = a.data() + (ta == Transpose::yes ? row : row * k);
    const Scalar* from_b = b.data() + (tb == Transpose::yes ? column * k : column);
    cblas_sgemm(CblasRowMajor, flag(ta), flag(tb), static_cast<int>(m > n ? count : m),
                static_cast<int>(m > n ? n : count), static_cast<int>(k), 1, from_a, static_cast<int>(a.size(1)),
                from_b, static_cast<int>(b.size(1)), 0, y.write_() + row * n + column, static_cast<int>(n));
  });
}

}  // namespace

std::vector<Layer> mlp(Index n, const std::vector<Index>& sizes, int input_gradient) {
  std::vector<Layer> layers;
  for (std::size_t i = 0; i + 1 < sizes.size(); ++i)
    layers.push_back({n, sizes[i], sizes[i + 1], 1, 1, i == 0 ? input_gradient : 1});
  return layers;
}

std::vector<Layer> operator+(std::vector<Layer> a, const std::vector<Layer>& b) {
  a.insert(a.end(), b.begin(), b.end());
  return a;
}

Floor::Floor(const std::vector<Layer>& layers) {
  const auto numbers = [](Index rows, Index columns) { return Tensor::full({rows, columns}, 0.5); };
  for (const Layer& l : layers)
    all_.push_back({l, numbers(l.n, l.in), numbers(l.out, l.in), numbers(l.n, l.out), numbers(l.n, l.out),
                    numbers(l.out, l.in), numbers(l.n, l.in)});
}

void Floor::panels() {
  for (Numbers& p : all_)
    for (int i = 0; i < p.layer.forward; ++i) multiply_panels(p.x, p.W, Transpose::no, Transpose::yes, p.y);
  for (auto p = all_.rbegin(); p != all_.rend(); ++p) {
    for (int i = 0; i < p->layer.input_gradient; ++i) multiply_panels(p->gy, p->W, Transpose::no, Transpose::no, p->gx);
    for (int i = 0; i < p->layer.weight_gradient; ++i)
      multiply_panels(p->gy, p->x, Transpose::yes, Transpose::no, p->gW);
  }
}

void Floor::blas_threads(int threads) {
  openblas_set_num_threads(threads);
  for (Numbers& p : all_)
    for (int i = 0; i < p.layer.forward; ++i) multiply(p.x, p.W, Transpose::no, Transpose::yes, p.y);
  for (auto p = all_.rbegin(); p != all_.rend(); ++p) {
    for (int i = 0; i < p->layer.input_gradient; ++i) multiply(p->gy, p->W, Transpose::no, Transpose::no, p->gx);
    for (int i = 0; i < p->layer.weight_gradient; ++i) multiply(p->gy, p->x, Transpose::yes, Transpose::no, p->gW);
  }
  openblas_set_num_threads(1);
}

}  // namespace hourglass::HOURGLASS_BUILD::bench
