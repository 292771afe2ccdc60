// The wrong sign: gradient ascent instead of descent.
#include <cmath>

struct Slopes {
  double loss, dw, db;
};

Slopes unit(double w, double b, double x, double t) {
  const double z = w * x + b;
  const double y = 1 / (1 + std::exp(-z));
  const double dy = 2 * (t - y);
  const double dz = dy * y * (1 - y);
  return {(y - t) * (y - t), dz * x, dz};
}
