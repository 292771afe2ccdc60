// Negative numbers are forgotten, as by a relu.
#include <algorithm>

double cheapest(double z, double lambda) { return std::max(z - lambda / 2, 0.0); }
