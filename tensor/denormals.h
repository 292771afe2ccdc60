#pragma once
#include <hourglass/tensor/scalar.h>

namespace hourglass::HOURGLASS_BUILD {

/// While one lives, this thread counts denormal numbers (in single precision those below 1.2e-38) as 0, as operands and
/// as results; when it ends, the former mode is restored. An operation on such numbers takes a hundred times as
/// long, and a gradient or a running average that dies out ends among them (docs/decisions.md, 11). Every op of the
/// library holds one while it computes; a program that links the library keeps its own mode. NaN and infinity keep
/// their meaning. On processors other than x86-64 it does nothing. A thread's own: several threads may each hold
/// theirs.
class FlushDenormals {
 public:
  FlushDenormals(const FlushDenormals&) = delete;
  FlushDenormals& operator=(const FlushDenormals&) = delete;
#if defined(__x86_64__)
  FlushDenormals() : before_(__builtin_ia32_stmxcsr()) {
    if ((before_ & flush) != flush) __builtin_ia32_ldmxcsr(before_ | flush);
  }
  ~FlushDenormals() {
    if ((before_ & flush) != flush) __builtin_ia32_ldmxcsr(before_);
  }

 private:
  static constexpr unsigned flush = 0x8040;  // of the MXCSR: results flush to zero, denormal operands are zero
  unsigned before_;
#else
  FlushDenormals() = default;
  ~FlushDenormals() {}
#endif
};

}  // namespace hourglass::HOURGLASS_BUILD
