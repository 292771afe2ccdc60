#include "bench/floor.h"

#include <cblas.h>

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

void Floor::panels() const {
  for (const Numbers& p : all_)
    for (int i = 0; i < p.layer.forward; ++i) matmul(p.x, p.W, Transpose::no, Transpose::yes);
  for (auto p = all_.rbegin(); p != all_.rend(); ++p) {
    for (int i = 0; i < p->layer.input_gradient; ++i) matmul(p->gy, p->W);
    for (int i = 0; i < p->layer.weight_gradient; ++i) matmul(p->gy, p->x, Transpose::yes);
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
