// Omits the factor 2 of the square's derivative.
#include <algorithm>
#include <cmath>

double cheapest(double z, double lambda) { return std::copysign(std::max(std::abs(z) - lambda, 0.0), z); }
