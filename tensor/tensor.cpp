#include <hourglass/tensor/tensor.h>

#include <algorithm>
#include <atomic>
#include <cstddef>
#include <new>

#include <hourglass/tensor/error.h>
#include <hourglass/tensor/memory.h>
#include <hourglass/tensor/parallel.h>

namespace hourglass::HOURGLASS_BUILD {

// The header in front of the numbers, in the same block of the pool; 64 bytes, so that the numbers keep the alignment.
struct alignas(64) Buffer {
  std::atomic<int> owners{1};
  unsigned version = 0;
  std::size_t bytes;

  explicit Buffer(std::size_t total) : bytes(total) {}
  Scalar* numbers() { return reinterpret_cast<Scalar*>(this + 1); }
};

Tensor::Tensor(const Shape& shape) : shape_(shape) {
  require(shape.numel() <= (Index{1} << 56), "tensor: ", shape, " does not fit in memory");
  const std::size_t bytes = sizeof(Buffer) + static_cast<std::size_t>(shape.numel()) * sizeof(Scalar);
  buffer_ = new (memory::take(bytes)) Buffer(bytes);
}

Tensor::Tensor(const Shape& shape, std::span<const Scalar> values) : Tensor(shape) {
  require(static_cast<Index>(values.size()) == numel(), "tensor: ", values.size(), " numbers given for ", shape,
          ", which holds ", numel());
  std::copy(values.begin(), values.end(), buffer_->numbers());
}

Tensor::Tensor(const Shape& shape, std::initializer_list<Scalar> values)
    : Tensor(shape, std::span<const Scalar>(values.begin(), values.size())) {}

Tensor Tensor::full(const Shape& shape, Number value) {
  Tensor made(shape);
  std::fill_n(made.buffer_->numbers(), made.numel(), static_cast<Scalar>(value));
  return made;
}

Tensor::Tensor(const Tensor& other) : buffer_(other.buffer_), shape_(other.shape_) {
  if (buffer_) buffer_->owners.fetch_add(1, std::memory_order_relaxed);
}

Tensor& Tensor::operator=(Tensor other) noexcept {
  std::swap(buffer_, other.buffer_);
  std::swap(shape_, other.shape_);
  return *this;
}

Tensor::~Tensor() {
  if (buffer_ && buffer_->owners.fetch_sub(1, std::memory_order_acq_rel) == 1) memory::give(buffer_, buffer_->bytes);
}

const Scalar* Tensor::data() const {
  require(buffer_ != nullptr, "the tensor is empty");
  return buffer_->numbers();
}

Scalar* Tensor::write_() {
  require(buffer_ != nullptr, "the tensor is empty");
  ++buffer_->version;
  return buffer_->numbers();
}

Scalar Tensor::item() const {
  require(numel() == 1, "item: ", shape_, " holds ", numel(), " numbers, not one");
  return *data();
}

Index Tensor::offset(std::initializer_list<Index> index) const {
  require(static_cast<int>(index.size()) == dim(), "at: ", index.size(), " indices given for ", shape_);
  Index offset = 0;
  int axis = 0;
  for (Index i : index) {
    require(i >= 0 && i < size(axis), "at: index ", i, " on axis ", axis, " of ", shape_);
    offset = offset * size(axis++) + i;
  }
  return offset;
}

Scalar Tensor::at(std::initializer_list<Index> index) const { return data()[offset(index)]; }

Scalar& Tensor::at_(std::initializer_list<Index> index) { return write_()[offset(index)]; }

Tensor Tensor::operator[](Index i) const {
  require(dim() > 0 && !empty(), "[]: ", shape_, empty() ? " is empty" : " has no axis");
  const Index row = i < 0 ? i + size(0) : i, run = numel() / size(0);
  require(row >= 0 && row < size(0), "[]: index ", i, " on axis 0 of ", shape_);
  return Tensor(shape_.without(0), {data() + row * run, static_cast<std::size_t>(run)});
}

Tensor Tensor::reshape(const Shape& shape) const {
  require(!empty(), "reshape: the tensor is empty");
  require(shape.numel() == numel(), "reshape: ", shape_, " to ", shape, ": ", numel(), " and ", shape.numel(),
          " elements differ");
  Tensor same = *this;
  same.shape_ = shape;
  return same;
}

Tensor Tensor::reshape(std::initializer_list<Index> sizes) const {
  return reshape(Shape::filled(sizes, numel(), "reshape"));
}

Tensor Tensor::clone() const { return Tensor(shape_, values()); }

Tensor Tensor::unshared() && { return unique() ? std::move(*this) : clone(); }

void Tensor::add_(const Tensor& other) {
  require(shape_ == other.shape_, "add_: ", shape_, " and ", other.shape_, " differ");
  Scalar* to = write_();
  const Scalar* from = other.data();
  parallel_chunks(numel(), 16384, [=](Index first, Index last) {
    for (Index i = first; i < last; ++i) to[i] += from[i];
  });
}

void Tensor::copy_(const Tensor& other) {
  require(shape_ == other.shape_, "copy_: ", shape_, " and ", other.shape_, " differ");
  std::copy_n(other.data(), numel(), write_());
}

void Tensor::fill_(Number value) { std::fill_n(write_(), numel(), static_cast<Scalar>(value)); }

unsigned Tensor::version() const { return buffer_ ? buffer_->version : 0; }

bool Tensor::unique() const { return buffer_ && buffer_->owners.load(std::memory_order_acquire) == 1; }

}  // namespace hourglass::HOURGLASS_BUILD
