#include <hourglass/tensor/memory.h>

#include <array>
#include <bit>
#include <cstdint>
#include <cstdlib>
#include <mutex>

#include <hourglass/tensor/error.h>

#if __has_include(<sanitizer/asan_interface.h>)
#include <sanitizer/asan_interface.h>  // a block that waits in the pool is poisoned, so that its use is reported
#else
#define ASAN_POISON_MEMORY_REGION(block, bytes) static_cast<void>(bytes)
#define ASAN_UNPOISON_MEMORY_REGION(block, bytes) static_cast<void>(bytes)
#endif

namespace hourglass::HOURGLASS_BUILD::memory {
namespace {

constexpr std::size_t alignment = 64;

// A block that waits holds the pointer to the next one of its size.
struct Waiting {
  Waiting* next;
};

// Four sizes to each doubling: 64, 80, 96, 112, 128, 160, … (rounded up to 64). So at most a quarter is wasted, and
// a batch that is a little smaller than the last one reuses its block.
struct SizeClass {
  std::size_t index, bytes;
};

SizeClass size_class(std::size_t bytes) {
  if (bytes < alignment) bytes = alignment;
  const auto doubling = static_cast<std::size_t>(std::bit_width(bytes - 1));  // 2^(doubling-1) < bytes <= 2^doubling
  const std::size_t quarter = std::size_t{1} << (doubling - 3);
  const std::size_t steps = (bytes + quarter - 1) / quarter;  // 5 to 8 quarters of half the doubling
  const std::size_t rounded = (steps * quarter + alignment - 1) / alignment * alignment;
  return {doubling * 4 + steps - 5, rounded};
}

struct Pool {
  std::mutex mutex;
  std::array<Waiting*, 64 * 4> waiting{};
  Usage usage;
};

// Never destroyed: tensors with static lifetime may outlive every other object.
Pool& pool() {
  static Pool& it = *new Pool;
  return it;
}

}  // namespace

void* take(std::size_t bytes) {
  require(std::uint64_t{bytes} < (std::uint64_t{1} << 60), "memory: ", bytes,
          " bytes requested, more than any machine has");
  const SizeClass size = size_class(bytes);
  Pool& p = pool();
  const std::lock_guard lock(p.mutex);
  Waiting*& first = p.waiting[size.index];
  void* block = first;
  if (block) {
    ASAN_UNPOISON_MEMORY_REGION(block, size.bytes);
    first = first->next;
  } else {
    block = std::aligned_alloc(alignment, size.bytes);
    require(block != nullptr, "memory: the system refused ", size.bytes, " bytes; ", p.usage.in_use, " are in use");
    p.usage.reserved += size.bytes;
    ++p.usage.requests;
  }
  p.usage.in_use += size.bytes;
  if (p.usage.in_use > p.usage.peak) p.usage.peak = p.usage.in_use;
  return block;
}

void give(void* block, std::size_t bytes) noexcept {
  if (!block) return;
  const SizeClass size = size_class(bytes);
  Pool& p = pool();
  const std::lock_guard lock(p.mutex);
  Waiting*& first = p.waiting[size.index];
  first = new (block) Waiting{first};  // stays readable: the leak check follows it
  ASAN_POISON_MEMORY_REGION(first + 1, size.bytes - sizeof(Waiting));
  p.usage.in_use -= size.bytes;
}

Usage usage() {
  const std::lock_guard lock(pool().mutex);
  return pool().usage;
}

void trim() {
  Pool& p = pool();
  const std::lock_guard lock(p.mutex);
  for (Waiting*& first : p.waiting)
    while (first) {
      Waiting* block = first;
      ASAN_UNPOISON_MEMORY_REGION(block, sizeof(Waiting));
      first = block->next;
      std::free(block);
    }
  p.usage.reserved = p.usage.in_use;
}

}  // namespace hourglass::HOURGLASS_BUILD::memory
