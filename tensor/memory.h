#pragma once
#include <cstddef>
#include <vector>

#include <hourglass/tensor/scalar.h>

/// The memory pool that buffers are taken from and returned to. A training step requests the same sizes again and
/// again: after the first few steps every request is served from returned buffers, without a heap allocation.
namespace hourglass::HOURGLASS_BUILD::memory {

/// At least `bytes` bytes, aligned to 64. Thread-safe. Throws `Error` when the system has no more.
void* take(std::size_t bytes);
/// Returns the buffer that `take(bytes)` gave to the pool.
void give(void* block, std::size_t bytes) noexcept;

/// Statistics of this process's memory pool, over all threads.
struct Usage {
  std::size_t in_use = 0;    ///< bytes in use now
  std::size_t peak = 0;      ///< the most bytes that were ever in use
  std::size_t reserved = 0;  ///< bytes held from the system, in use or free
  std::size_t requests = 0;  ///< how often memory was requested from the system
};
/// The figures of this moment. Thread-safe.
Usage usage();
/// Returns the free buffers of the pool to the system.
void trim();

/// The allocator of a standard container that takes its memory from the pool.
template <class T>
struct Allocator {
  using value_type = T;
  /// The allocator of a container (C++'s named requirement Allocator). Without a state: all are equal.
  /// @{
  Allocator() = default;
  template <class U>
  Allocator(const Allocator<U>&) {}
  T* allocate(std::size_t count) { return static_cast<T*>(take(count * sizeof(T))); }
  void deallocate(T* place, std::size_t count) noexcept { give(place, count * sizeof(T)); }
  bool operator==(const Allocator&) const = default;
  /// @}
};

/// A `std::vector` in the pool.
template <class T>
using Vector = std::vector<T, Allocator<T>>;

}  // namespace hourglass::HOURGLASS_BUILD::memory
