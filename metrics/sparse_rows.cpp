#include <hourglass/metrics/sparse_rows.h>

#include <cmath>

#include <hourglass/tensor/distances.h>
#include <hourglass/tensor/error.h>

namespace hourglass::HOURGLASS_BUILD::metrics {

void SparseRows::add(const Tensor& x) {
  require(!x.empty() && x.dim() == 2, "sparse rows: ", x.shape(), " is not a matrix [n, d]");
  require(count() == 0 || x.size(1) == columns_, "sparse rows: rows ", x.shape(), " after rows of ", columns_,
          " columns");
  require_finite(x, "sparse rows");
  columns_ = x.size(1);
  for (Index i = 0; i < x.size(0); ++i) {
    for (Index j = 0; j < columns_; ++j)
      if (const auto v = static_cast<float>(x.data()[i * columns_ + j]); v != 0) {
        require(std::isfinite(v), "sparse rows: row ", i, ", column ", j, " of ", x.shape(), " is ",
                double(x.data()[i * columns_ + j]), ", more than a float holds");
        entries_.push_back({static_cast<int>(j), v});
      }
    start_.push_back(nonzeros());
  }
}

void SparseRows::add(const SparseRows& others, Index row) {
  require(this != &others, "sparse rows: rows added to themselves");
  require(row >= 0 && row < others.count(), "sparse rows: row ", row, " of ", others.count());
  require(count() == 0 || others.columns_ == columns_, "sparse rows: a row of ", others.columns_,
          " columns after rows of ", columns_);
  columns_ = others.columns_;
  entries_.insert(entries_.end(), others.begin(row), others.end(row));
  start_.push_back(nonzeros());
}

}  // namespace hourglass::HOURGLASS_BUILD::metrics
