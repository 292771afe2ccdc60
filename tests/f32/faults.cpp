#include "tests/f32/faults.h"

#include <fcntl.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <atomic>
#include <cerrno>
#include <cstdarg>
#include <cstdio>
#include <cstdlib>

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

#if HOURGLASS_OWN_MALLOC
void* __libc_malloc(size_t bytes);
void* __libc_calloc(size_t count, size_t bytes);
void* __libc_realloc(void* block, size_t bytes);
void* __libc_memalign(size_t alignment, size_t bytes);

static bool has_memory() {
  ++faults::counted;
  return !due(Call::memory) || refuse(ENOMEM) == 0;
}

void* malloc(size_t bytes) noexcept { return has_memory() ? __libc_malloc(bytes) : nullptr; }
void* calloc(size_t count, size_t bytes) noexcept { return has_memory() ? __libc_calloc(count, bytes) : nullptr; }
void* realloc(void* block, size_t bytes) noexcept { return has_memory() ? __libc_realloc(block, bytes) : nullptr; }
void* aligned_alloc(size_t alignment, size_t bytes) noexcept {
  return has_memory() ? __libc_memalign(alignment, bytes) : nullptr;
}
#endif

}  // extern "C"
