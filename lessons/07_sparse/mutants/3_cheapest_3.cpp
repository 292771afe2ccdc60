// What is small goes, what is large stays as it was.
#include <cmath>

double cheapest(double z, double lambda) { return std::abs(z) > lambda / 2 ? z : 0; }
