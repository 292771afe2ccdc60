#pragma once
#include <cstdio>

#include <hourglass/tensor/scalar.h>

namespace hourglass::HOURGLASS_BUILD::io {

/// Whether `out` takes escape codes: it is a terminal, TERM names one that moves its cursor (neither unset nor "dumb"),
/// and NO_COLOR is not set. Elsewhere, as into a file or a pipe, plain lines are written.
bool takes_escapes(std::FILE* out);

}  // namespace hourglass::HOURGLASS_BUILD::io
