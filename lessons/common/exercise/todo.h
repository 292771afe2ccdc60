#pragma once
#include "tensor/error.h"

namespace hourglass::inline HOURGLASS_BUILD {

/// What a stub says until its function is written: throws `Error` with "not written yet: " and the pieces.
template <class... Pieces>
[[noreturn]] void todo(const Pieces&... pieces) {
  fail("not written yet: ", pieces...);
}

}  // namespace hourglass::inline HOURGLASS_BUILD
