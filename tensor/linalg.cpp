#include <hourglass/tensor/linalg.h>

#include <algorithm>
#include <vector>

#include <hourglass/tensor/blas.h>
#include <hourglass/tensor/error.h>

// LAPACK's own names: Fortran, matrices by columns.
extern "C" {
void dsyevd_(const char* jobz, const char* uplo, const int* n, double* a, const int* lda, double* w, double* work,
             const int* lwork, int* iwork, const int* liwork, int* info);
void dgesdd_(const char* jobz, const int* m, const int* n, double* a, const int* lda, double* s, double* u,
             const int* ldu, double* vt, const int* ldvt, double* work, const int* lwork, int* iwork, int* info);
}

namespace hourglass::HOURGLASS_BUILD {
namespace {

std::vector<double> doubles(const Tensor& a) { return {a.values().begin(), a.values().end()}; }

Tensor tensor_of(const Shape& shape, const std::vector<double>& numbers) {
  Tensor t(shape);
  std::transform(numbers.begin(), numbers.end(), t.write_(), [](double v) { return static_cast<Scalar>(v); });
  return t;
}

}  // namespace

Eigen eigen_symmetric(const Tensor& a) {
  require(!a.empty() && a.dim() == 2 && a.size(0) == a.size(1), "eigen_symmetric: ", a.shape(),
          " is not a square matrix");
  blas::prepare();
  const int n = static_cast<int>(a.size(0));
  std::vector<double> matrix = doubles(a), values(static_cast<std::size_t>(n));
  // Our upper triangle by rows is LAPACK's lower one by columns. The first call only returns how much memory is needed.
  int info = 0, ask = -1, integers = 0;
  double room = 0;
  dsyevd_("V", "L", &n, matrix.data(), &n, values.data(), &room, &ask, &integers, &ask, &info);
  std::vector<double> work(static_cast<std::size_t>(room));
  std::vector<int> iwork(static_cast<std::size_t>(integers));
  const int lwork = static_cast<int>(work.size()), liwork = static_cast<int>(iwork.size());
  dsyevd_("V", "L", &n, matrix.data(), &n, values.data(), work.data(), &lwork, iwork.data(), &liwork, &info);
  require(info == 0, "eigen_symmetric: LAPACK's dsyevd did not converge on ", a.shape(), " (info ", info, ")");
  // Eigenvectors are LAPACK's columns, our rows, in ascending order: turn both round.
  std::reverse(values.begin(), values.end());
  for (int i = 0; i < n / 2; ++i)
    std::swap_ranges(matrix.begin() + static_cast<Index>(i) * n, matrix.begin() + static_cast<Index>(i + 1) * n,
                     matrix.begin() + static_cast<Index>(n - 1 - i) * n);
  return {tensor_of({n}, values), tensor_of({n, n}, matrix)};
}

Svd svd(const Tensor& a) {
  require(!a.empty() && a.dim() == 2, "svd: ", a.shape(), " is not a matrix");
  blas::prepare();
  // Row-major a [m, n] is LAPACK's aᵀ [n, m] = v · s · uᵀ: its left vectors, by columns, are our vt by rows.
  const int m = static_cast<int>(a.size(0)), n = static_cast<int>(a.size(1)), r = std::min(m, n);
  const auto count = [](int rows, int columns) {
    return static_cast<std::size_t>(rows) * static_cast<std::size_t>(columns);
  };
  std::vector<double> matrix = doubles(a), values(count(r, 1)), vt(count(r, n)), u(count(m, r));
  std::vector<int> iwork(count(8, r));
  int info = 0, lwork = -1;
  double room = 0;
  dgesdd_("S", &n, &m, matrix.data(), &n, values.data(), vt.data(), &n, u.data(), &r, &room, &lwork, iwork.data(),
          &info);
  std::vector<double> work(static_cast<std::size_t>(room));
  lwork = static_cast<int>(work.size());
  dgesdd_("S", &n, &m, matrix.data(), &n, values.data(), vt.data(), &n, u.data(), &r, work.data(), &lwork, iwork.data(),
          &info);
  require(info == 0, "svd: LAPACK's dgesdd did not converge on ", a.shape(), " (info ", info, ")");
  return {tensor_of({m, r}, u), tensor_of({r}, values), tensor_of({r, n}, vt)};
}

}  // namespace hourglass::HOURGLASS_BUILD
