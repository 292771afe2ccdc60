#include "tests/f32/faults.h"

#include <dlfcn.h>
#include <fcntl.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <atomic>
#include <cerrno>
#include <cstdarg>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <new>

#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
#define HOURGLASS_OWN_MALLOC 0
#else
#define HOURGLASS_OWN_MALLOC 1
#endif

namespace faults {
namespace {

std::atomic<int> armed{-1};
std::atomic<long> left{0}, counted{0};
std::atomic<bool> trickles{false}, interrupts{false};

// Whether this call is the one that is to fail.
bool due(Call call) { return armed == static_cast<int>(call) && --left == 0; }

int refuse(int why) {
  errno = why;
  return -1;
}

}  // namespace

std::string name(Call call) {
  constexpr const char* names[] = {"open", "read", "write", "fsync", "rename", "close", "memory"};
  return names[static_cast<int>(call)];
}

void arm(Call call, long n) {
  left = n;
  armed = static_cast<int>(call);
}

bool disarm() {
  armed = -1;
  return left <= 0;
}

void trickle(bool on) { trickles = on; }
long allocations() { return counted; }
bool counts_memory() { return HOURGLASS_OWN_MALLOC != 0; }

}  // namespace faults

using faults::Call, faults::due, faults::refuse;

extern "C" {

int open(const char* path, int flags, ...) {
  va_list more;
  va_start(more, flags);
  const auto mode = (flags & (O_CREAT | O_TMPFILE)) != 0 ? va_arg(more, int) : 0;
  va_end(more);
  if (due(Call::open)) return refuse(EIO);
  return static_cast<int>(::syscall(SYS_openat, AT_FDCWD, path, flags, mode));
}

ssize_t read(int file, void* into, size_t count) {
  return due(Call::read) ? refuse(EIO) : ::syscall(SYS_read, file, into, count);
}

ssize_t write(int file, const void* from, size_t count) {
  if (due(Call::write)) return refuse(ENOSPC);
  if (faults::trickles) {
    faults::interrupts = !faults::interrupts;
    if (faults::interrupts) return refuse(EINTR);
    if (count > 1) count = 1;
  }
  return ::syscall(SYS_write, file, from, count);
}

int fsync(int file) { return due(Call::fsync) ? refuse(EIO) : static_cast<int>(::syscall(SYS_fsync, file)); }

// A close that fails has closed all the same.
int close(int file) {
  const int result = static_cast<int>(::syscall(SYS_close, file));
  return due(Call::close) ? refuse(EIO) : result;
}

int rename(const char* from, const char* to) noexcept {
  return due(Call::rename) ? refuse(EIO) : static_cast<int>(::syscall(SYS_rename, from, to));
}

// Some kernels of OpenBLAS 0.3.21 use what malloc returns without a look at it: no library above them can help that. Their
// requests are granted, and the next one fails.
static bool comes_from_openblas(const void* caller) {
  Dl_info place{};
  return dladdr(caller, &place) != 0 && std::strstr(place.dli_fname, "openblas") != nullptr;
}

static bool has_memory(const void* caller) {
  ++faults::counted;
  if (!due(Call::memory)) return true;
  if (!comes_from_openblas(caller)) return refuse(ENOMEM) == 0;
  faults::left = 1;
  return true;
}

#if HOURGLASS_OWN_MALLOC
void* __libc_malloc(size_t bytes);
void* __libc_calloc(size_t count, size_t bytes);
void* __libc_realloc(void* block, size_t bytes);
void* __libc_memalign(size_t alignment, size_t bytes);

void* malloc(size_t bytes) noexcept { return has_memory(__builtin_return_address(0)) ? __libc_malloc(bytes) : nullptr; }
void* calloc(size_t count, size_t bytes) noexcept {
  return has_memory(__builtin_return_address(0)) ? __libc_calloc(count, bytes) : nullptr;
}
void* realloc(void* block, size_t bytes) noexcept {
  return has_memory(__builtin_return_address(0)) ? __libc_realloc(block, bytes) : nullptr;
}
void* aligned_alloc(size_t alignment, size_t bytes) noexcept {
  return has_memory(__builtin_return_address(0)) ? __libc_memalign(alignment, bytes) : nullptr;
}
#else
void* aligned_alloc(size_t alignment, size_t bytes) noexcept {
  void* block = nullptr;
  return has_memory(__builtin_return_address(0)) && posix_memalign(&block, alignment, bytes) == 0 ? block : nullptr;
}
#endif

}  // extern "C"

#if !HOURGLASS_OWN_MALLOC
void* operator new(std::size_t bytes) {
  void* const block = has_memory(__builtin_return_address(0)) ? std::malloc(bytes) : nullptr;
  if (!block) throw std::bad_alloc();
  return block;
}
void operator delete(void* block) noexcept { std::free(block); }
void operator delete(void* block, std::size_t) noexcept { std::free(block); }
#endif
