// Uses the whole list and ignores k.
#include <algorithm>
#include <cstddef>
#include <span>

namespace {

std::span<const int> head(std::span<const int> found, int k) { return k > 0 ? found : found.first(0); }

double hits(std::span<const int> looked, int label) {
  return static_cast<double>(std::count(looked.begin(), looked.end(), label));
}

}  // namespace

double precision_among(std::span<const int> found, int label, int k) {
  const auto looked = head(found, k);
  return looked.empty() ? 0 : hits(looked, label) / static_cast<double>(looked.size());
}

double recall_among(std::span<const int> found, int label, int k, int relevant) {
  return relevant == 0 ? 0 : hits(head(found, k), label) / relevant;
}
