// All pixels have the same weight.
#include <hourglass/tensor/tensor.h>

using namespace hourglass;

double slant_of(const Tensor& image) {
  double ink = 0, rows = 0, columns = 0, products = 0, over = 0;
  for (Index r = 0; r < image.size(0); ++r)
    for (Index c = 0; c < image.size(1); ++c) {
      const double w = static_cast<double>(image.at({r, c}));
      ink += w;
      rows += w * static_cast<double>(r);
      columns += w * static_cast<double>(c);
    }
  if (ink <= 0) return 0;
  for (Index r = 0; r < image.size(0); ++r)
    for (Index c = 0; c < image.size(1); ++c) {
      const double w = static_cast<double>(image.at({r, c}));
      const double down = static_cast<double>(r) - rows / ink, right = static_cast<double>(c) - columns / ink;
      products += down * right;
      over += w * down * down;
    }
  return over > 1e-12 ? products / over : 0;
}
