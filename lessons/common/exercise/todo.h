#pragma once
#include <cstdlib>

#include <hourglass/tensor/error.h>

namespace hourglass::HOURGLASS_BUILD {

/// What `todo` pretends to return: a value of any type, so that a stub compiles wherever it stands.
struct Todo {
  /// Never called, since `todo` throws.
  template <class T>
  operator T() const {
    std::abort();
  }
};

/// The body of a stub until its function is written: throws `Error` with "not written yet: " and the pieces.
template <class... Pieces>
[[noreturn]] Todo todo(const Pieces&... pieces) {
  fail("not written yet: ", pieces...);
}

}  // namespace hourglass::HOURGLASS_BUILD
