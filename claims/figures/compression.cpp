// Lossless compression of the test digits by generic compressors and by bits-back coding.
#include <cmath>

#include <hourglass/autograd/grad_mode.h>
#include <hourglass/claims/figures/figures.h>
#include <hourglass/codec/bits.h>
#include <hourglass/codec/bits_back.h>
#include <hourglass/codec/generic.h>
#include <hourglass/models/variational.h>
#include <hourglass/nn/adam.h>
#include <hourglass/nn/corruption.h>
#include <hourglass/tensor/error.h>

namespace hourglass::HOURGLASS_BUILD::claims {

namespace {

Tensor binary_test(Experiment& e) {
  Rng rng(60);
  return nn::binarize(e.digits.test.tensor(), rng);
}

std::vector<double> generic(Experiment& e) {
  const std::vector<std::uint8_t>& grey = e.digits.test.pixels;
  const Tensor x = binary_test(e);
  const io::Bytes packed = codec::pack_bits(x);
  const auto rate = [&](std::size_t bytes) { return 8 * static_cast<double>(bytes) / static_cast<double>(x.numel()); };
  return {rate(codec::gzip_size(grey)),   rate(codec::bzip2_size(grey)),   rate(codec::xz_size(grey)),
          rate(codec::gzip_size(packed)), rate(codec::bzip2_size(packed)), rate(codec::xz_size(packed))};
}

std::vector<double> bits_back(Experiment& e) {
  Rng rng = e.rng(61);
  models::Variational model({.input = 784, .hidden = {100}, .code = 40}, rng);
  nn::Adam adam(model.parameters(), {.learning_rate = 1e-3});
  train(
      e, e.digits.train, model.parameters(), adam, {.epochs = 30, .batch = 100},
      [&](const Tensor& x, auto) { return model.loss(nn::binarize(x, rng), rng); }, rng);
  const NoGrad looking;
  const Tensor x = binary_test(e);
  double elbo = 0;
  for (int draw = 0; draw < 10; ++draw) elbo += double(model.loss(x, rng).value.item()) / 10;
  const codec::BitsBack coded = codec::bits_back_encode(model, x);
  const Tensor decoded = codec::bits_back_decode(model, coded.stream, x.size(0), x.size(1));
  Index wrong = 0;
  for (Index i = 0; i < x.numel(); ++i) wrong += decoded.data()[i] != x.data()[i];
  return {coded.bits_per_pixel(), 100 * std::abs(coded.bits_per_pixel() * 784 * std::log(2.0) / elbo - 1),
          static_cast<double>(wrong)};
}

}  // namespace

std::vector<Figures> compression() {
  const std::string unit = "bits per pixel", tools = "the command-line tools; grey as printed elsewhere";
  const auto size = [&](const std::string& id, const std::string& what, double rate) {
    return figure(id, what, unit, {rate - 0.005, rate + 0.005}, tools);
  };
  return {
      {{size("gzip-grey", "gzip (zlib, level 9) of the 10,000 test digits as one stream", 1.635),
        size("bzip2-grey", "bzip2, the same", 1.415), size("xz-grey", "xz, the same", 1.392),
        size("gzip-binary", "gzip (zlib, level 9) of the binarised digits, 8 pixels a byte", 0.328),
        size("bzip2-binary", "bzip2, the same", 0.250), size("xz-binary", "xz, the same", 0.278)},
       generic},
      {{figure("bits-back",
               "bits-back coding, VAE 784-100-40, 30 epochs, binarised test digits, without the borrowed bits", unit,
               {{}, 0.195}, "Townsend et al. 2019: 0.19"),
        figure("bits-back-gap", "its length beside the negative ELBO", "% apart", {{}, 1}, "Townsend et al. 2019"),
        figure("bits-back-errors", "pixels that come back wrong", "pixels", {{}, 0}, "lossless")},
       bits_back},
  };
}

}  // namespace hourglass::HOURGLASS_BUILD::claims
