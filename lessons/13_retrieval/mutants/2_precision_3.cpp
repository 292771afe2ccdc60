// Divides precision by k even if the list is shorter.
#include <algorithm>
#include <cstddef>
#include <span>

namespace {

std::span<const int> head(std::span<const int> found, int k) {
  return found.first(std::min(found.size(), static_cast<std::size_t>(k)));
}

double hits(std::span<const int> looked, int label) {
  return static_cast<double>(std::count(looked.begin(), looked.end(), label));
}

}  // namespace

double precision_among(std::span<const int> found, int label, int k) {
  const auto looked = head(found, k);
  return looked.empty() ? 0 : hits(looked, label) / k;
}

double recall_among(std::span<const int> found, int label, int k, int relevant) {
  return relevant == 0 ? 0 : hits(head(found, k), label) / relevant;
}
