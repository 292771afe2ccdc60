#pragma once
#include <vector>

#include <hourglass/tensor/tensor.h>

namespace hourglass::HOURGLASS_BUILD::metrics {

/// Rows of which only the numbers that are not 0 are kept, 8 bytes each: codes of 2,000 units, a twentieth of them
/// active, for 60,000 images take 50 MB instead of 480.
class SparseRows {
 public:
  SparseRows() = default;
  /// The rows of x [n, d].
  explicit SparseRows(const Tensor& x) { add(x); }
  /// Adds the rows of x [n, d]. Throws when d is not that of the rows before, and unless all numbers are finite in
  /// float.
  void add(const Tensor& x);
  /// Adds one row of others. Throws when there is no such row, it has other columns than the rows before, or the others
  /// are these.
  void add(const SparseRows& others, Index row);

  /// How many rows, how many columns each has, and how many numbers are kept of all.
  /// @{
  Index count() const { return static_cast<Index>(start_.size()) - 1; }
  Index columns() const { return columns_; }
  Index nonzeros() const { return static_cast<Index>(entries_.size()); }
  /// @}

  /// A number that is not 0.
  struct Entry {
    int column;
    float value;
  };
  /// From the first entry of a row, by columns, to behind its last one; not checked.
  /// @{
  const Entry* begin(Index row) const { return entries_.data() + start_[static_cast<std::size_t>(row)]; }
  const Entry* end(Index row) const { return begin(row + 1); }
  /// @}

 private:
  Index columns_ = 0;
  std::vector<Index> start_ = {0};  // where each row begins in entries_
  std::vector<Entry> entries_;
};

}  // namespace hourglass::HOURGLASS_BUILD::metrics
