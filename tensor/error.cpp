#include <hourglass/tensor/error.h>

#include <cstdio>

#include <hourglass/tensor/shape.h>

namespace hourglass::HOURGLASS_BUILD {

void append(std::string& text, std::string_view piece) { text += piece; }
void append(std::string& text, double piece) {
  char digits[32];
  std::snprintf(digits, sizeof digits, "%.6g", piece);
  text += digits;
}

void append(std::string& text, const Shape& piece) {
  text += '[';
  for (int axis = 0; axis < piece.dim(); ++axis) text += (axis > 0 ? ", " : "") + std::to_string(piece[axis]);
  text += ']';
}

}  // namespace hourglass::HOURGLASS_BUILD
