// The derivative of the sigmoid computed from z instead of from its output y.
#include <cmath>

struct Slopes {
  double loss, dw, db;
};

Slopes unit(double w, double b, double x, double t) {
  const double z = w * x + b;
  const double y = 1 / (1 + std::exp(-z));
  const double dy = 2 * (y - t);
  const double dz = dy * z * (1 - z);
  return {(y - t) * (y - t), dz * x, dz};
}
