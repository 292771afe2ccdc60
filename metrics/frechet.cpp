#include "metrics/frechet.h"

#include <cmath>
#include <vector>

#include "metrics/columns.h"
#include "tensor/elementwise.h"
#include "tensor/error.h"
#include "tensor/linalg.h"
#include "tensor/product.h"

namespace hourglass::inline HOURGLASS_BUILD::metrics {
namespace {

struct Normal {
  std::vector<double> mean;
  Tensor root;       // R [r, d], with RᵀR the covariance
  double trace = 0;  // of the covariance
};

Normal normal_of(const Tensor& x) {
  const double scale = 1 / std::sqrt(static_cast<double>(x.size(0) - 1));
  Normal normal{column_means(x, "frechet_distance"), {}, 0};
  Tensor centred(x.shape());
  Scalar* to = centred.write_();
  for (Index i = 0; i < x.size(); ++i)
    to[i] = static_cast<Scalar>((double(x.data()[i]) - normal.mean[static_cast<std::size_t>(i % x.size(1))]) * scale);
  const tensor::Svd svd = tensor::svd(centred);
  for (const Scalar s : svd.values.values()) normal.trace += double(s) * double(s);
  normal.root = tensor::mul(svd.vt, svd.values.reshape({svd.values.size(), 1}));
  return normal;
}

}  // namespace

double frechet_distance(const Tensor& a, const Tensor& b) {
  require(!a.empty() && !b.empty() && a.rank() == 2 && b.rank() == 2 && a.size(1) == b.size(1) && a.size(0) >= 2 &&
              b.size(0) >= 2,
          "frechet_distance: ", a.shape(), " against ", b.shape(),
          ", expected two matrices of equally many columns and at least 2 rows");
  const Normal left = normal_of(a), right = normal_of(b);
  double distance = left.trace + right.trace;
  for (std::size_t j = 0; j < left.mean.size(); ++j)
    distance += (left.mean[j] - right.mean[j]) * (left.mean[j] - right.mean[j]);
  const tensor::Svd both = tensor::svd(tensor::matmul(left.root, right.root, Transpose::no, Transpose::yes));
  for (const Scalar s : both.values.values()) distance -= 2 * double(s);
  return distance;
}

}  // namespace hourglass::inline HOURGLASS_BUILD::metrics
