#include <hourglass/io/picture.h>

#include <hourglass/tensor/error.h>

namespace hourglass::HOURGLASS_BUILD::io {

void check_size(const std::string& name, Index height, Index width) {
  constexpr Index longest_side = 16384, most_pixels = Index{1} << 26;
  for (Index side : {height, width})
    require(side >= 1 && side <= longest_side, name, ": ", width, " x ", height, " pixels, expected 1 to ",
            longest_side, " a side");
  require(height * width <= most_pixels, name, ": ", width, " x ", height, " pixels, at most ", most_pixels,
          " are allowed");
}

}  // namespace hourglass::HOURGLASS_BUILD::io
