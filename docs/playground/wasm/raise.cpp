#include <hourglass/tensor/error.h>

// In the place of tensor/raise.cpp. There are no exceptions here; the page's own function throws one of JavaScript's
// through all frames of ours (../page/engine.js). Nothing is unwound: what the call that failed held is lost.
extern "C" [[noreturn, clang::import_module("hourglass"), clang::import_name("raise")]] void hourglass_raise(
    const char* text, std::size_t length);

namespace hourglass::HOURGLASS_BUILD {

void raise(const std::string& message) { hourglass_raise(message.data(), message.size()); }

}  // namespace hourglass::HOURGLASS_BUILD
