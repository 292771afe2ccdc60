#pragma once
#include <functional>
#include <string>
#include <vector>

#include <hourglass/metrics/pca.h>

namespace hourglass::HOURGLASS_BUILD::metrics {

/// Noisy images [n, d] to clean ones.
using Denoise = std::function<Tensor(const Tensor&)>;

/// A denoiser, and the settings to select from.
struct Denoiser {
  std::string name;
  std::vector<Denoise> settings;
  /// The setting with the largest mean PSNR on images whose clean form is known; of equally good ones, the first.
  const Denoise& best(const Tensor& noisy, const Tensor& clean) const;
};

/// Baselines that are not trained on the noise: the noisy image itself, the median and the local Wiener filter (windows
/// of 3 and 5), and the projection on the first 16, 32 or 64 components (fewer, where there are fewer).
std::vector<Denoiser> plain_denoisers(const Pca& pca, Index height, Index width);

/// `psnr` and `ssim` (metrics/image_quality.h), averaged over the images.
/// @{
double mean_psnr(const Tensor& r, const Tensor& x);
double mean_ssim(const Tensor& r, const Tensor& x, Index height, Index width);
/// @}

}  // namespace hourglass::HOURGLASS_BUILD::metrics
