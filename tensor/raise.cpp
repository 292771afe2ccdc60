#include <hourglass/tensor/error.h>

namespace hourglass::HOURGLASS_BUILD {

// Alone in its file: a build without exceptions takes another in its place (docs/playground/wasm/raise.cpp).
void raise(const std::string& message) { throw Error(message); }

}  // namespace hourglass::HOURGLASS_BUILD
