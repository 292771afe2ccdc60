#pragma once
#include <new>
#include <string_view>

#include <hourglass/tensor/error.h>

namespace hourglass::HOURGLASS_BUILD::io {

/// What `work` returns; where memory runs out in it, an error that names `who`.
template <class Work>
auto with_memory(std::string_view who, const Work& work) {
  try {
    return work();
  } catch (const std::bad_alloc&) {
    fail(who, ": out of memory");
  }
}

}  // namespace hourglass::HOURGLASS_BUILD::io
