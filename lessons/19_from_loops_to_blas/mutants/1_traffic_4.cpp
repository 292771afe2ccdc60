// Divides integers: 1.9 becomes 1.
#include <hourglass/tensor/shape.h>

using namespace hourglass;

Index operations(Index m, Index n, Index k) { return 2 * m * n * k; }

Index striped_bytes(Index m, Index n, Index k, Index rows) {
  const Index stripes = (m + rows - 1) / rows;
  return 4 * (m * k + stripes * k * n + m * n);
}

Index least_bytes(Index m, Index n, Index k) { return striped_bytes(m, n, k, m); }

Index rows_needed(Index m, Index n, Index k, double intensity) {
  for (Index rows = 1; rows <= m; ++rows)
    if (static_cast<double>(operations(m, n, k) / striped_bytes(m, n, k, rows)) >= intensity) return rows;
  return 0;
}
