#pragma once
#include <hourglass/tensor/error.h>

namespace hourglass::HOURGLASS_BUILD {

/// The body of a stub until its function is written: throws `Error` with "not written yet: " and the pieces.
template <class... Pieces>
[[noreturn]] void todo(const Pieces&... pieces) {
  fail("not written yet: ", pieces...);
}

}  // namespace hourglass::HOURGLASS_BUILD
