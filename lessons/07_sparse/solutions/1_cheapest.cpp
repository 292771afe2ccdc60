#include <algorithm>
#include <cmath>

double cheapest(double z, double lambda) { return std::copysign(std::max(std::abs(z) - lambda / 2, 0.0), z); }
