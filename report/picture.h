#pragma once
#include <cstdint>
#include <string>
#include <vector>

#include <hourglass/tensor/tensor.h>

namespace hourglass::HOURGLASS_BUILD::report {

/// RGB, row by row, and what stands beside it.
struct Picture {
  int width = 0, height = 0;
  std::vector<std::uint8_t> pixels;
  std::vector<std::string> row_labels, column_labels;  ///< of equal parts, from above and from the left; none is fine

  /// One grey everywhere. Throws unless each side is from 1 to 20,000.
  Picture(int w, int h, std::uint8_t grey);
  /// Red, green and blue of a pixel, from the left and top; not checked.
  /// @{
  std::uint8_t* at(int x, int y) { return pixels.data() + place(x, y); }
  const std::uint8_t* at(int x, int y) const { return pixels.data() + place(x, y); }
  /// @}
  /// The picture as the bytes of a PNG file, without its labels (report/gnuplot.h has those with them).
  std::vector<std::uint8_t> png() const;

 private:
  std::size_t place(int x, int y) const {
    return 3 * (static_cast<std::size_t>(y) * static_cast<std::size_t>(width) + static_cast<std::size_t>(x));
  }
};

/// Rows of grey images, each row a tensor [n, height · width] of numbers in [0, 1] (clamped), enlarged `scale` times,
/// with thin gaps between them: originals above reconstructions. What is not a number is orange, so that it is seen.
/// Throws when a row is not of that size.
Picture rows(const std::vector<Tensor>& images, Index height, Index width, int scale = 2);
/// Images [n, height · width] side by side, and the label of their row.
struct Row {
  std::string label;
  Tensor images;
};
/// The same, each row with its label.
Picture rows(const std::vector<Row>& images, Index height, Index width, int scale = 2);
/// The images of one tensor [n, height · width] in the same way, `columns` in a row.
Picture grid(const Tensor& images, Index height, Index width, Index columns, int scale = 2);

}  // namespace hourglass::HOURGLASS_BUILD::report
