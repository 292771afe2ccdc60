#include <algorithm>
#include <cstddef>
#include <cstring>

#include "cblas.h"

// y = op(a) · op(b) (+ y) without BLAS: lesson 19's blocked product (lessons/19_from_loops_to_blas/blocked_product.h),
// its tile cut to the 16 registers of four numbers that a browser has.
namespace {

using Place = std::ptrdiff_t;
using Four = float __attribute__((vector_size(16)));

// A matrix inside other numbers: (i, j) lies at first[i · row + j · column].
struct Strided {
  const float* first;
  Place row, column;
};

constexpr Place tile_rows = 2, tile_fours = 4, tile_columns = 4 * tile_fours;
constexpr Place block_depth = 256;

// t [2, 16] = two rows of a times a block of b. All of t stays in registers.
void multiply_tile(const float* const* a, Place step, const Four* b, Place depth, float (&t)[tile_rows][tile_columns]) {
  Four sum[tile_rows][tile_fours] = {};
  for (Place l = 0; l < depth; ++l)
#pragma unroll
    for (Place i = 0; i < tile_rows; ++i)
#pragma unroll
      for (Place j = 0; j < tile_fours; ++j) sum[i][j] += a[i][l * step] * b[l * tile_fours + j];
  std::memcpy(t, sum, sizeof t);
}

// Columns j … j + 15 of b, `depth` deep from row l, so that they lie together; 0 beyond the last column.
void copy_block(Strided b, Place l, Place j, Place depth, Place columns, float* block) {
  for (Place d = 0; d < depth; ++d)
    for (Place c = 0; c < tile_columns; ++c)
      block[d * tile_columns + c] = c < columns ? b.first[(l + d) * b.row + (j + c) * b.column] : 0;
}

void blocked_product(Place m, Place n, Place k, Strided a, Strided b, bool add, float* y, Place row) {
  alignas(16) static Four block[block_depth * tile_fours];
  float t[tile_rows][tile_columns];
  for (Place l = 0; l < k; l += block_depth)
    for (Place j = 0; j < n; j += tile_columns) {
      const Place depth = std::min(block_depth, k - l), columns = std::min(tile_columns, n - j);
      copy_block(b, l, j, depth, columns, reinterpret_cast<float*>(block));
      for (Place i = 0; i < m; i += tile_rows) {
        const float* rows[tile_rows];  // beyond the last row: the last again, and thrown away
        for (Place r = 0; r < tile_rows; ++r) rows[r] = a.first + std::min(i + r, m - 1) * a.row + l * a.column;
        multiply_tile(rows, a.column, block, depth, t);
        for (Place r = 0; r < std::min(tile_rows, m - i); ++r)
          for (Place c = 0; c < columns; ++c) {
            float& to = y[(i + r) * row + j + c];
            to = l == 0 && !add ? t[r][c] : to + t[r][c];
          }
      }
    }
}

}  // namespace

// As tensor/product.cpp calls it: by rows, alpha 1, beta 0 or 1.
void cblas_sgemm(CBLAS_ORDER, CBLAS_TRANSPOSE ta, CBLAS_TRANSPOSE tb, int m, int n, int k, float, const float* a,
                 int lda, const float* b, int ldb, float beta, float* y, int ldy) {
  const auto strided = [](const float* first, int row, CBLAS_TRANSPOSE t) {
    return t == CblasTrans ? Strided{first, 1, row} : Strided{first, row, 1};
  };
  blocked_product(m, n, k, strided(a, lda, ta), strided(b, ldb, tb), beta != 0, y, ldy);
}

// As tensor/distances.cpp calls it: b by columns, alpha 1, beta 0.
void cblas_dgemm(CBLAS_ORDER, CBLAS_TRANSPOSE, CBLAS_TRANSPOSE, int m, int n, int k, double, const double* a, int lda,
                 const double* b, int ldb, double, double* y, int ldy) {
  for (int i = 0; i < m; ++i)
    for (int j = 0; j < n; ++j) {
      double sum = 0;
      for (int l = 0; l < k; ++l) sum += a[i * lda + l] * b[j * ldb + l];
      y[i * ldy + j] = sum;
    }
}
