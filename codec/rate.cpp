#include <hourglass/codec/rate.h>

#include <cmath>

#include <hourglass/codec/jpeg.h>
#include <hourglass/tensor/distances.h>
#include <hourglass/tensor/error.h>

namespace hourglass::HOURGLASS_BUILD::codec {
namespace {

double squared_error(const Scalar* r, const Scalar* x, Index n) {
  double sum = 0;
  for (Index i = 0; i < n; ++i) sum += (double(r[i]) - double(x[i])) * (double(r[i]) - double(x[i]));
  return sum;
}

}  // namespace

Rate rate(double bytes, const Tensor& r, const Tensor& x) {
  require(!x.empty() && r.shape() == x.shape(), "rate: ", r.shape(), " beside ", x.shape());
  require_finite(r, "rate: r");
  require_finite(x, "rate: x");
  return {bytes, 10 * std::log10(double(x.numel()) / squared_error(r.data(), x.data(), x.numel()))};
}

Mosaics mosaics(const Tensor& x) {
  require(!x.empty() && x.size(0) >= 1, "mosaics: there is no image");
  Index side = 1;
  while (side < 10 && (side + 1) * (side + 1) <= x.size(0)) ++side;
  const Index one = x.numel() / x.size(0), count = x.size(0) / (side * side) * side * side;
  return {Tensor({count, one}, std::vector<Scalar>(x.data(), x.data() + count * one)), side};
}

Rate jpeg_rate(const Tensor& x, Index side, Index height, Index width, int quality) {
  require(side >= 1 && x.dim() == 2 && x.size(0) % (side * side) == 0 && x.size(1) == height * width,
          "jpeg_rate: ", x.shape(), " are not mosaics of ", side, " × ", side, " images of ", height, " × ", width);
  const Index one = side * side * x.size(1);
  double bytes = 0, error = 0;
  for (const Scalar* from = x.data(); from != x.data() + x.numel(); from += one) {
    const Tensor hundred({side * side, x.size(1)}, std::vector<Scalar>(from, from + one));
    const Tensor picture = mosaic(hundred, side, side, height, width);
    const io::Bytes file = jpeg(picture, quality);
    bytes += static_cast<double>(file.size());
    error += squared_error(read_jpeg("jpeg_rate", file).data(), picture.data(), one);
  }
  return {bytes, 10 * std::log10(double(x.numel()) / error), quality};
}

Rate jpeg_rate_at(double psnr, const Tensor& x, Index side, Index height, Index width) {
  require(!std::isnan(psnr), "jpeg_rate_at: the quality wanted is ", psnr, " dB");
  int low = 1, high = 100;  // the quality lies between, as PSNR rises with quality
  while (low < high) {
    const int middle = (low + high) / 2;
    if (jpeg_rate(x, side, height, width, middle).psnr >= psnr)
      high = middle;
    else
      low = middle + 1;
  }
  return jpeg_rate(x, side, height, width, high);
}

Rate jpeg_rate_within(double bytes, const Tensor& x, Index side, Index height, Index width) {
  require(!std::isnan(bytes), "jpeg_rate_within: the room is ", bytes, " bytes");
  Rate best = jpeg_rate(x, side, height, width, 1);
  for (int low = 2, high = 100; best.bytes <= bytes && low <= high;) {  // a better one lies between, if there is one
    const int middle = (low + high) / 2;
    const Rate found = jpeg_rate(x, side, height, width, middle);
    if (found.bytes <= bytes)
      best = found, low = middle + 1;
    else
      high = middle - 1;
  }
  return best;
}

}  // namespace hourglass::HOURGLASS_BUILD::codec
