// Averages m instead of 1/m.
#include <cmath>
#include <vector>

double local_dimension(const std::vector<std::vector<double>>& distances) {
  double sum = 0;
  for (const std::vector<double>& row : distances) {
    double inverse = 0;
    for (std::size_t j = 0; j + 1 < row.size(); ++j)
      inverse += std::log(row.back() / row[j]) / static_cast<double>(row.size() - 1);
    sum += 1 / inverse;
  }
  return sum / static_cast<double>(distances.size());
}
