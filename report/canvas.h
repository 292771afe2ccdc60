#pragma once
#include <array>
#include <string>

#include <hourglass/report/picture.h>

namespace hourglass::HOURGLASS_BUILD::report {

using Color = std::array<std::uint8_t, 3>;

/// A white sheet to draw on, places in pixels from the left and top. It is drawn three times as large and averaged
/// down: smooth lines without any cleverness.
class Canvas {
 public:
  /// In pixels. Throws unless each side is from 1 to 6,666.
  Canvas(int width, int height) : big_(width * fine, height * fine, 255) {}

  /// A disc, and a line with round ends, of this radius in pixels; what lies off the sheet is cut away.
  /// @{
  void dot(double x, double y, double radius, Color color);
  void line(double x0, double y0, double x1, double y1, double radius, Color color);
  /// @}
  /// Letters of a screen font, `size` times 12 pixels high, their upper left corner at (x, y). Letters beyond ASCII
  /// are spelt: σ² becomes sigma^2.
  void text(double x, double y, const std::string& text, int size, Color color);
  /// How wide `text` makes such letters, in pixels.
  static int text_width(const std::string& text, int size);

  /// The sheet at its own size.
  Picture picture() const;

 private:
  static constexpr int fine = 3;
  void set(int x, int y, Color color);
  Picture big_;
};

/// A UTF-8 text in ASCII alone: Greek letters, powers, dashes and quotes are spelt, the rest becomes '?'.
std::string spell(const std::string& text);

}  // namespace hourglass::HOURGLASS_BUILD::report
