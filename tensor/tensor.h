#pragma once
#include <concepts>
#include <initializer_list>
#include <span>
#include <utility>

#include <hourglass/tensor/scalar.h>
#include <hourglass/tensor/shape.h>

namespace hourglass::HOURGLASS_BUILD {

struct Buffer;  // reference count, write count, and the numbers themselves (tensor.cpp)

/// An n-dimensional array: contiguous, row-major, rank 0 to 4. A Tensor is a handle to a reference-counted buffer:
/// copying it is cheap and shares the numbers, `clone` copies them. Every function that computes makes a new tensor; a
/// function that writes in place has a name that ends in `_` (`write_`, `add_`) and is counted, so that autograd
/// notices a saved value that has changed. Threads: several may read one tensor and copy handles to one buffer; while
/// one thread writes it, no other may use it.
class Tensor {
 public:
  /// No numbers at all: what a gradient is before it arrives. Every op refuses it.
  Tensor() = default;
  /// Uninitialised numbers of this shape.
  explicit Tensor(const Shape& shape);
  /// The given numbers, row by row. Throws unless there are `shape.size()` of them.
  /// @{
  Tensor(const Shape& shape, std::span<const Scalar> values);
  Tensor(const Shape& shape, std::initializer_list<Scalar> values);
  /// @}
  /// The same value everywhere.
  static Tensor full(const Shape& shape, Number value);
  /// 0, and 1, everywhere.
  /// @{
  static Tensor zeros(const Shape& shape) { return full(shape, 0); }
  static Tensor ones(const Shape& shape) { return full(shape, 1); }
  /// @}
  /// A single number: rank 0.
  static Tensor scalar(Number value) { return full({}, value); }

  /// Another handle to the same numbers. The last one gives the buffer back to the pool.
  /// @{
  Tensor(const Tensor& other);
  Tensor(Tensor&& other) noexcept
      : buffer_(std::exchange(other.buffer_, nullptr)), shape_(std::exchange(other.shape_, Shape())) {}
  Tensor& operator=(Tensor other) noexcept;
  ~Tensor();
  /// @}

  /// Whether there are no numbers at all, not even one.
  bool empty() const { return buffer_ == nullptr; }
  /// The shape, how many axes it has, how many numbers (0 in an empty tensor), and the size of an axis, -1 being the
  /// last. Throws when there is no such axis.
  /// @{
  const Shape& shape() const { return shape_; }
  int dim() const { return shape_.dim(); }
  Index numel() const { return buffer_ ? shape_.numel() : 0; }
  Index size(int axis) const { return shape_[shape_.axis(axis, "size")]; }
  /// @}

  /// The numbers, row by row, to read. Throws on an empty tensor.
  /// @{
  const Scalar* data() const;
  std::span<const Scalar> values() const { return {data(), static_cast<std::size_t>(numel())}; }
  /// @}
  /// The numbers, to write; counts as a change of this tensor and of all that share its buffer.
  Scalar* write_();
  /// The only number. Throws unless there is exactly one.
  Scalar item() const;
  /// The number at {i}, {i, j}, … Throws when the index lies outside.
  Scalar at(std::initializer_list<Index> index) const;
  /// The same number, to write: `y.at_({i, j}) += v`. Counts as a change, like `write_`.
  Scalar& at_(std::initializer_list<Index> index);
  /// The i-th along the first axis, copied; -1 is the last. Throws when there is none.
  Tensor operator[](Index i) const;

  /// The same numbers under another shape, shared; in a list, one size may be -1: what is left over. Throws unless the
  /// sizes agree.
  /// @{
  Tensor reshape(const Shape& shape) const;
  Tensor reshape(std::initializer_list<Index> sizes) const;
  /// @}
  /// The same numbers, copied. Throws on an empty tensor.
  Tensor clone() const;
  /// The same numbers in a buffer that no other handle holds: this one if it is so, else a copy.
  Tensor unshared() &&;
  /// Adds `other` in place (counted). Throws unless the shapes agree.
  void add_(const Tensor& other);
  /// Overwrites with `other`'s numbers (counted). Throws unless the shapes agree.
  void copy_(const Tensor& other);
  /// Overwrites every number (counted). Throws on an empty tensor.
  void fill_(Number value);

  /// How often the buffer has been written through `write_` since it was made.
  unsigned version() const;
  /// Whether no other handle holds the buffer: only then may it be written without anybody noticing.
  bool unique() const;
  /// Whether both are handles to one buffer: what is written to one is seen in the other.
  bool shares_with(const Tensor& other) const { return buffer_ && buffer_ == other.buffer_; }

 private:
  Index offset(std::initializer_list<Index> index) const;

  Buffer* buffer_ = nullptr;
  Shape shape_;
};

/// A Tensor or what is derived from it (data::Batch), or a Variable (autograd/variable.h), which a Tensor converts to.
template <class T>
concept TensorOrVariable = std::derived_from<T, Tensor> || requires(T& x, const Tensor& value) {
  (x = value).shape();
};

}  // namespace hourglass::HOURGLASS_BUILD
