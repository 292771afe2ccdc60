#include <hourglass/metrics/labels.h>

#include <cmath>

#include <hourglass/tensor/error.h>
#include <hourglass/tensor/reduce.h>

namespace hourglass::HOURGLASS_BUILD::metrics {

std::vector<int> predicted_classes(const Tensor& z) {
  require(!z.empty() && z.dim() == 2, "predicted_classes: ", z.shape(), " is not a matrix [n, classes]");
  const Index classes = z.size(1);
  for (Index i = 0; i < z.numel(); ++i)
    require(!std::isnan(z.data()[i]), "predicted_classes: row ", i / classes, ", column ", i % classes, " of ",
            z.shape(), " is nan: no number is the largest");
  return argmax(z, 1);
}

double share_equal(std::span<const int> a, std::span<const int> b) {
  require(a.size() == b.size() && !a.empty(), "share_equal: ", a.size(), " labels against ", b.size());
  Index equal = 0;
  for (std::size_t i = 0; i < a.size(); ++i) equal += a[i] == b[i];
  return static_cast<double>(equal) / static_cast<double>(a.size());
}

std::vector<double> class_shares(std::span<const int> labels, int classes) {
  require(!labels.empty() && classes >= 1, "class_shares: ", labels.size(), " labels of ", classes, " classes");
  std::vector<double> shares(static_cast<std::size_t>(classes), 0);
  for (const int label : labels) {
    require(label >= 0 && label < classes, "class_shares: label ", label, " of ", classes, " classes");
    ++shares[static_cast<std::size_t>(label)];
  }
  for (double& share : shares) share /= static_cast<double>(labels.size());  // 100 of 10,000 are 0.01, not less
  return shares;
}

}  // namespace hourglass::HOURGLASS_BUILD::metrics
