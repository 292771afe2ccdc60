// Uses the distances as squared ones.
#include <cmath>
#include <vector>

double local_dimension(const std::vector<std::vector<double>>& distances) {
  double inverse = 0;
  for (const std::vector<double>& row : distances)
    for (std::size_t j = 0; j + 1 < row.size(); ++j)
      inverse += 0.5 * std::log(row.back() / row[j]) / static_cast<double>(row.size() - 1);
  return static_cast<double>(distances.size()) / inverse;
}
