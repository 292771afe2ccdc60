#include <hourglass/metrics/denoisers.h>

#include <algorithm>
#include <numeric>

#include <hourglass/metrics/filters.h>
#include <hourglass/metrics/image_quality.h>
#include <hourglass/tensor/error.h>

namespace hourglass::HOURGLASS_BUILD::metrics {
namespace {

double average(const std::vector<double>& each) {
  return std::accumulate(each.begin(), each.end(), 0.0) / static_cast<double>(each.size());
}

}  // namespace

const Denoise& Denoiser::best(const Tensor& noisy, const Tensor& clean) const {
  require(!settings.empty(), "denoiser: ", name, " has no setting to choose from");
  std::vector<double> quality;
  for (const Denoise& denoise : settings) quality.push_back(mean_psnr(denoise(noisy), clean));
  const auto place = std::max_element(quality.begin(), quality.end()) - quality.begin();
  return settings[static_cast<std::size_t>(place)];
}

std::vector<Denoiser> plain_denoisers(const Pca& pca, Index height, Index width) {
  std::vector<Denoise> median, wiener, project;
  for (const Index window : {3, 5}) {
    median.push_back([=](const Tensor& y) { return median_filter(y, height, width, window); });
    wiener.push_back([=](const Tensor& y) { return local_wiener(y, height, width, window); });
  }
  for (const Index k : {16, 32, 64})
    project.push_back([pca, k](const Tensor& y) { return pca.reconstruct(y, std::min(k, y.size(1))); });
  return {{"as it is", {[](const Tensor& y) { return y; }}},
          {"median", median},
          {"local Wiener", wiener},
          {"PCA", project}};
}

double mean_psnr(const Tensor& r, const Tensor& x) { return average(psnr(r, x)); }
double mean_ssim(const Tensor& r, const Tensor& x, Index height, Index width) {
  return average(ssim(r, x, height, width));
}

}  // namespace hourglass::HOURGLASS_BUILD::metrics
