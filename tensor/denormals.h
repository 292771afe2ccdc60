#pragma once
#include <hourglass/tensor/scalar.h>

namespace hourglass::HOURGLASS_BUILD {

/// While one lives, this thread counts denormal numbers (in single precision those below 1.2e-38) as 0, as operands and
/// as results; when it ends, the former mode is restored. An operation on such numbers takes a hundred times as
/// long, and a gradient or a running average that dies out ends among them (docs/decisions.md, 11). Every op of the
/// library holds one while it computes; a program that links the library keeps its own mode. NaN and infinity keep
/// their meaning. On processors other than x86-64 and 64-bit Arm it does nothing. A thread's own: several threads may
/// each hold theirs.
class FlushDenormals {
 public:
  FlushDenormals() : before_(mode()) {
    if ((before_ & flush) != flush) set_mode(before_ | flush);
  }
  FlushDenormals(const FlushDenormals&) = delete;
  FlushDenormals& operator=(const FlushDenormals&) = delete;
  ~FlushDenormals() {
    if ((before_ & flush) != flush) set_mode(before_);
  }

 private:
#if defined(__x86_64__)
  static constexpr std::uint64_t flush = 0x8040;  // of the MXCSR: results flush to zero, denormal operands are zero
  static std::uint64_t mode() { return __builtin_ia32_stmxcsr(); }
  static void set_mode(std::uint64_t mode) { __builtin_ia32_ldmxcsr(static_cast<unsigned>(mode)); }
#elif defined(__aarch64__)
  static constexpr std::uint64_t flush = 1 << 24;  // of the FPCR: results and operands
  static std::uint64_t mode() {
    std::uint64_t mode;
    asm volatile("mrs %0, fpcr" : "=r"(mode));
    return mode;
  }
  static void set_mode(std::uint64_t mode) { asm volatile("msr fpcr, %0" : : "r"(mode) : "memory"); }
#else
  static constexpr std::uint64_t flush = 0;
  static std::uint64_t mode() { return 0; }
  static void set_mode(std::uint64_t) {}
#endif
  std::uint64_t before_;
};

}  // namespace hourglass::HOURGLASS_BUILD
