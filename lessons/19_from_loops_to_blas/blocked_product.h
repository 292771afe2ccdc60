#pragma once
#include <algorithm>

#include <hourglass/tensor/simd.h>

namespace hourglass::HOURGLASS_BUILD {

/// A matrix with strides: (i, j) lies at first[i · row + j · column]. A matrix stored row by row is {p, columns, 1},
/// and {p, 1, columns} is its transpose.
struct Strided {
  const Scalar* first;
  Index row, column;
};

inline constexpr Index tile_rows = 6, tile_columns = 32;  ///< the tile of y that is kept in registers
inline constexpr Index block_depth = 256;                 ///< of a block of b: 256 × 32 floats, 32 KB

// [tile]
// t [6, 32] = six rows of a times a block of b. The sums stay in registers (of AVX-512): for each l, 6 numbers of a and
// 32 of b are loaded, and 6 · 32 products are added.
[[gnu::always_inline]] inline void multiply_tile(const Scalar* const* a, Index step, const Scalar* b, Index depth,
                                                 Scalar (&t)[tile_rows][tile_columns]) {
  Scalar sum[tile_rows][tile_columns] = {};
  for (Index l = 0; l < depth; ++l)
#pragma GCC unroll 6
    for (Index i = 0; i < tile_rows; ++i)
      for (Index j = 0; j < tile_columns; ++j) sum[i][j] += a[i][l * step] * b[l * tile_columns + j];
  std::copy(&sum[0][0], &sum[0][0] + tile_rows * tile_columns, &t[0][0]);
}
// [/tile]

/// y [m, n] = a [m, k] · b [k, n], on this thread, without BLAS; y's rows lie `row` numbers apart. It allocates
/// nothing. Each y_ij is summed in an order that depends on k alone, so any cut of y into panels gives the same bits.
///
/// 32 columns of b, 256 rows deep, are copied to neighbouring addresses (packed), so that they stay in a fast cache;
/// all tiles of y in these columns are computed from the copy (Goto & van de Geijn 2008, §4).
// [blocks]
HOURGLASS_EVERY_CPU inline void blocked_product(Index m, Index n, Index k, Strided a, Strided b, Scalar* y, Index row) {
  alignas(64) Scalar block[block_depth * tile_columns];
  alignas(64) Scalar t[tile_rows][tile_columns];
  for (Index l = 0; l < k; l += block_depth)
    for (Index j = 0; j < n; j += tile_columns) {
      const Index depth = std::min(block_depth, k - l);
      const Index columns = std::min(tile_columns, n - j);
      for (Index d = 0; d < depth; ++d)
        for (Index c = 0; c < tile_columns; ++c)
          block[d * tile_columns + c] = c < columns ? b.first[(l + d) * b.row + (j + c) * b.column] : 0;
      for (Index i = 0; i < m; i += tile_rows) {
        const Scalar* rows[tile_rows];  // beyond the last row: the last one again, not stored
        for (Index r = 0; r < tile_rows; ++r) rows[r] = a.first + std::min(i + r, m - 1) * a.row + l * a.column;
        // [multiply]
        multiply_tile(rows, a.column, block, depth, t);
        for (Index r = 0; r < std::min(tile_rows, m - i); ++r)
          for (Index c = 0; c < columns; ++c) {
            Scalar& to = y[(i + r) * row + j + c];
            to = l == 0 ? t[r][c] : to + t[r][c];
          }
      }
    }
}
// [/blocks]

}  // namespace hourglass::HOURGLASS_BUILD
