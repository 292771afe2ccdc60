#include <algorithm>

#include <hourglass/tensor/tensor.h>

using namespace hourglass;

Tensor product_in_blocks(const Tensor& a, const Tensor& b, Index side) {
  const Index m = a.size(0), k = a.size(1), n = b.size(1);
  Tensor y = Tensor::zeros({m, n});
  Scalar* out = y.write_();
  for (Index i0 = 0; i0 < m; i0 += side)
    for (Index j0 = 0; j0 < n; j0 += side)
      for (Index l0 = 0; l0 < k; l0 += side)
        for (Index i = i0; i < std::min(m, i0 + side); ++i)
          for (Index l = l0; l < std::min(k, l0 + side); ++l)
            for (Index j = j0; j < std::min(n, j0 + side); ++j)
              out[i * n + j] += a.data()[i * k + l] * b.data()[l * n + j];
  return y;
}
