#pragma once
#include <algorithm>
#include <cstring>
#include <vector>

#include <hourglass/tensor/tensor.h>
#include "lessons/19_from_loops_to_blas/blocked_product.h"
#include "lessons/19_from_loops_to_blas/measure.h"

namespace hourglass::HOURGLASS_BUILD {

// [vector]
/// A vector of so many bytes: what one register holds. GCC and clang translate its + and * into instructions of the
/// processor, or into several where the processor's vectors are shorter (GCC's manual, "Vector Extensions").
template <int bytes>
struct Vector {
  using type [[gnu::vector_size(bytes)]] = Scalar;
  static constexpr int lanes = bytes / static_cast<int>(sizeof(Scalar));  ///< numbers in a vector
};
// [/vector]

/// The tile of y that the registers of a processor hold: `rows` times `vectors` vectors of `bytes` bytes.
template <int bytes_, int rows_, int vectors_>
struct Registers {
  static constexpr int bytes = bytes_, rows = rows_, vectors = vectors_;
  static constexpr int columns = vectors * Vector<bytes>::lanes;
};

using Avx512 = Registers<64, 12, 2>;  ///< 24 of 32 registers
using Avx2 = Registers<32, 6, 2>;     ///< 12 of 16 registers
#ifdef __aarch64__
using Baseline = Registers<16, 8, 3>;  ///< NEON: 24 of 32 registers
#else
using Baseline = Registers<16, 4, 2>;  ///< SSE2: 8 of 16 registers
#endif

inline constexpr Index slice_depth = 256;  ///< rows of b that are multiplied at a time
inline constexpr Index slice_height = 96;  ///< rows of a: a multiple of each tile's, 96 · 256 floats are 96 KB

/// The first `sides` rows (or columns) of a slice, `width` at a time: l by l, so that a tile reads them in the order
/// of memory. Beyond the last one it packs zeros. `to` has room for them.
// [pack]
inline void pack(Strided from, Index sides, Index depth, Index width, Scalar* to) {
  for (Index i = 0; i < sides; i += width)
    for (Index l = 0; l < depth; ++l)
      for (Index s = i; s < i + width; ++s) *to++ = s < sides ? from.first[s * from.row + l * from.column] : 0;
}
// [/pack]

/// y [rows, columns] = (or, where `add`, +=) a · b, both packed: for each l, `rows` numbers of a and `vectors` vectors
/// of b are loaded, and rows · columns products are added in registers.
// [tile]
template <class R>
[[gnu::always_inline]] inline void multiply_vectors(Index depth, const Scalar* a, const Scalar* b, bool add, Scalar* y,
                                                    Index row) {
  using V = typename Vector<R::bytes>::type;
  V sum[R::rows][R::vectors] = {};
  for (Index l = 0; l < depth; ++l, a += R::rows, b += R::columns) {
    V right[R::vectors];
#pragma GCC unroll 3
    for (int j = 0; j < R::vectors; ++j) std::memcpy(&right[j], b + j * Vector<R::bytes>::lanes, sizeof(V));
#pragma GCC unroll 12
    for (int i = 0; i < R::rows; ++i)
#pragma GCC unroll 3
      for (int j = 0; j < R::vectors; ++j) sum[i][j] += a[i] * right[j];
  }
#pragma GCC unroll 12
  for (int i = 0; i < R::rows; ++i)
#pragma GCC unroll 3
    for (int j = 0; j < R::vectors; ++j) {
      Scalar* const to = y + i * row + j * Vector<R::bytes>::lanes;
      V before = {};
      if (add) std::memcpy(&before, to, sizeof(V));
      const V after = before + sum[i][j];
      std::memcpy(to, &after, sizeof(V));
    }
}
// [/tile]

/// The same at the edge of y: a whole tile beside it, of which `rows` times `columns` numbers are kept.
template <class R>
[[gnu::always_inline]] inline void multiply_edge(Index depth, const Scalar* a, const Scalar* b, bool add, Scalar* y,
                                                 Index row, Index rows, Index columns) {
  Scalar tile[R::rows * R::columns];
  multiply_vectors<R>(depth, a, b, false, tile, R::columns);
  for (Index i = 0; i < rows; ++i)
    for (Index j = 0; j < columns; ++j) {
      const Scalar before = add ? y[i * row + j] : 0;
      y[i * row + j] = before + tile[i * R::columns + j];
    }
}

// [slices]
/// The tiles of y in `height` rows and all n columns, from packed slices of a and b.
template <class R>
[[gnu::always_inline]] inline void multiply_slices(Index height, Index n, Index depth, const Scalar* a, const Scalar* b,
                                                   bool add, Scalar* y) {
  for (Index j = 0; j < n; j += R::columns)
    for (Index i = 0; i < height; i += R::rows) {
      const Index rows = std::min<Index>(R::rows, height - i);
      const Index columns = std::min<Index>(R::columns, n - j);
      Scalar* const to = y + i * n + j;
      if (rows == R::rows && columns == R::columns)
        multiply_vectors<R>(depth, a + i * depth, b + j * depth, add, to, n);
      else
        multiply_edge<R>(depth, a + i * depth, b + j * depth, add, to, n, rows, columns);
    }
}

/// y = a · b on this thread. A slice is 256 columns of a, or rows of b. Each slice of b is packed once, and each of a
/// once, 96 rows at a time, which stay in the second cache. Each y_ij is summed in an order that depends on k alone
/// (Goto & van de Geijn 2008).
template <class R>
[[gnu::always_inline]] inline void vector_product(const Product& p) {
  Tensor left({slice_depth, slice_height});
  Tensor right({slice_depth, p.n + R::columns});
  Scalar* const packed_a = left.write_();
  Scalar* const packed_b = right.write_();
  for (Index l = 0; l < p.k; l += slice_depth) {
    const Index depth = std::min(slice_depth, p.k - l);
    pack({p.b + l * p.n, 1, p.n}, p.n, depth, R::columns, packed_b);
    for (Index i = 0; i < p.m; i += slice_height) {
      const Index height = std::min(slice_height, p.m - i);
      pack({p.a + i * p.k + l, p.k, 1}, height, depth, R::rows, packed_a);
      multiply_slices<R>(height, p.n, depth, packed_a, packed_b, l > 0, p.y + i * p.n);
    }
  }
}
// [/slices]

/// `steps` times twelve products and sums of vectors that stay in registers, none of which waits for another one: no
/// program computes faster. Returns the number of operations.
template <class R>
[[gnu::always_inline]] inline double multiply_registers(Index steps, Scalar* result) {
  using V = typename Vector<R::bytes>::type;
  constexpr int count = 12;
  const V factor = V{} + Scalar(0.5);
  const V term = V{} + Scalar(1);
  V x[count] = {};
  for (Index s = 0; s < steps; ++s)
#pragma GCC unroll 12
    for (int i = 0; i < count; ++i) x[i] = x[i] * factor + term;
#pragma GCC unroll 12
  for (int i = 0; i < count; ++i) *result += x[i][0];
  return 2.0 * count * Vector<R::bytes>::lanes * static_cast<double>(steps);
}

// [kinds]
#ifdef __x86_64__
[[gnu::target("avx512f")]] inline void product_avx512(const Product& p) { vector_product<Avx512>(p); }
[[gnu::target("avx2,fma")]] inline void product_avx2(const Product& p) { vector_product<Avx2>(p); }
[[gnu::target("avx512f")]] inline double peak_avx512(Index n, Scalar* to) { return multiply_registers<Avx512>(n, to); }
[[gnu::target("avx2,fma")]] inline double peak_avx2(Index n, Scalar* to) { return multiply_registers<Avx2>(n, to); }
#endif

/// The kinds of vectors that this processor has, the longest first.
inline std::vector<Vectors> kinds_of_vectors() {
  std::vector<Vectors> kinds;
#ifdef __x86_64__
  __builtin_cpu_init();
  if (__builtin_cpu_supports("avx512f")) kinds.push_back({"AVX-512", product_avx512, peak_avx512});
  if (__builtin_cpu_supports("avx2") && __builtin_cpu_supports("fma"))
    kinds.push_back({"AVX2", product_avx2, peak_avx2});
  kinds.push_back({"SSE2", vector_product<Baseline>, multiply_registers<Baseline>});
#elif defined(__aarch64__)
  kinds.push_back({"NEON", vector_product<Baseline>, multiply_registers<Baseline>});
#else
  kinds.push_back({"16 bytes", vector_product<Baseline>, multiply_registers<Baseline>});
#endif
  return kinds;
}
// [/kinds]

}  // namespace hourglass::HOURGLASS_BUILD
