// Negative values become 0, as in a relu.
#include <algorithm>

double cheapest(double z, double lambda) { return std::max(z - lambda / 2, 0.0); }
