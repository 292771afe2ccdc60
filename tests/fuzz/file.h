#pragma once
#include <sys/mman.h>
#include <unistd.h>

#include <cstdint>
#include <cstdlib>
#include <string>

#include <hourglass/tensor/error.h>

/// The bytes as a file in memory, for readers that take a path; `read(path)` may fail with `Error`, and with nothing
/// else.
template <class Read>
int fuzz_file(const std::uint8_t* data, std::size_t size, const Read& read) {
  static const int file = ::memfd_create("fuzz", 0);
  static const std::string path = "/proc/self/fd/" + std::to_string(file);
  if (::ftruncate(file, 0) != 0 || ::pwrite(file, data, size, 0) != static_cast<ssize_t>(size)) std::abort();
  try {
    read(path);
  } catch (const hourglass::Error&) {
  }
  return 0;
}

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size);
