#include <hourglass/metrics/units.h>

#include <algorithm>
#include <cmath>
#include <map>

#include <hourglass/tensor/distances.h>
#include <hourglass/tensor/error.h>

namespace hourglass::HOURGLASS_BUILD::metrics {

std::vector<std::vector<int>> strongest_images(const Tensor& h, Index count, Number threshold) {
  require(!h.empty() && h.dim() == 2 && count >= 1, "strongest images: ", count, " of the codes ", h.shape(),
          ", expected at least 1 of codes [n, units]");
  require_finite(h, "strongest images");
  require(!std::isnan(threshold), "strongest images: the threshold is ", double(threshold));
  const auto units = static_cast<std::size_t>(h.size(1));
  std::vector<std::vector<int>> strongest(units);
  for (std::size_t unit = 0; unit < units; ++unit) {
    const auto activation = [&](int image) { return h.data()[static_cast<std::size_t>(image) * units + unit]; };
    std::vector<int>& images = strongest[unit];
    for (int i = 0; i < static_cast<int>(h.size(0)); ++i)
      if (activation(i) > threshold) images.push_back(i);
    if (std::ssize(images) < count) images.clear();
    std::stable_sort(images.begin(), images.end(), [&](int a, int b) { return activation(a) > activation(b); });
    images.resize(std::min(images.size(), static_cast<std::size_t>(count)));
  }
  return strongest;
}

double purity(const std::vector<std::vector<int>>& strongest, std::span<const int> labels) {
  double sum = 0, counted = 0;
  for (const std::vector<int>& images : strongest) {
    if (images.empty()) continue;
    std::map<int, double> of_label;
    double commonest = 0;
    for (const int i : images) {
      require(i >= 0 && static_cast<std::size_t>(i) < labels.size(), "purity: image ", i, " of ", labels.size(),
              " labels");
      commonest = std::max(commonest, ++of_label[labels[static_cast<std::size_t>(i)]]);
    }
    sum += commonest / static_cast<double>(images.size());
    ++counted;
  }
  return counted > 0 ? sum / counted : 0;
}

}  // namespace hourglass::HOURGLASS_BUILD::metrics
