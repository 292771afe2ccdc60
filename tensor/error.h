#pragma once
#include <concepts>
#include <stdexcept>
#include <string>
#include <string_view>

#include <hourglass/tensor/scalar.h>

namespace hourglass::HOURGLASS_BUILD {

class Shape;

/// What every failure of the library throws. The message names the op or the file, what was expected and what
/// was found.
class Error : public std::runtime_error {
 public:
  using std::runtime_error::runtime_error;
};

/// The one function that raises errors: throws `Error`. A build without exceptions changes this function only
/// (raise.cpp).
[[noreturn]] void raise(const std::string& message);

/// Appends a piece of a message to `text`: a number by up to six digits, unless it is whole; a shape as "[2, 3]".
/// @{
void append(std::string& text, std::string_view piece);
void append(std::string& text, double piece);
void append(std::string& text, const Shape& piece);
void append(std::string& text, std::integral auto piece) { text += std::to_string(piece); }
inline void append(std::string& text, Number piece) { append(text, static_cast<double>(piece)); }
/// @}

/// The pieces, joined: `text("size ", 3, " of ", Shape{2, 3})`.
template <class... Pieces>
std::string text(const Pieces&... pieces) {
  std::string joined;
  (append(joined, pieces), ...);
  return joined;
}

/// Raises an error whose message is the joined pieces.
template <class... Pieces>
[[noreturn]] void fail(const Pieces&... pieces) {
  raise(text(pieces...));
}

/// Raises an error unless `holds`. The pieces are joined only when it does not.
template <class... Pieces>
void require(bool holds, const Pieces&... pieces) {
  if (!holds) fail(pieces...);
}

}  // namespace hourglass::HOURGLASS_BUILD
