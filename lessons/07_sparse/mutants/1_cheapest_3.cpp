// Hard thresholding: large values are not shrunk.
#include <cmath>

double cheapest(double z, double lambda) { return std::abs(z) > lambda / 2 ? z : 0; }
