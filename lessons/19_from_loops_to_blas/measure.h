#pragma once
#include <string>
#include <vector>

#include <hourglass/tensor/tensor.h>
#include "lessons/common/run.h"

// How long a matrix product takes, how far two of them are apart, and how the page of lesson 19 shows that.
namespace hourglass::HOURGLASS_BUILD {

/// y [m, n] = a [m, k] · b [k, n], all of them row by row.
struct Product {
  Index m, n, k;
  const Scalar *a, *b;
  Scalar* y;
};

/// One implementation of the product.
struct Method {
  std::string name, key;
  bool on_threads;
  void (*multiply)(const Product&);  ///< null: the library's product, which calls OpenBLAS

  /// a · b
  Tensor operator()(const Tensor& a, const Tensor& b) const;
};

/// What is measured of one method.
struct Measured {
  Method method;
  int threads;
  double difference;         ///< from the method before it
  double speed;              ///< of the layer's product, in GFLOP/s
  report::Series over_size;  ///< the same of square matrices, over their side
};

/// max |y - before| over max |before|; 0 where there is no `before`. Throws on NaN.
double difference(const Tensor& y, const Tensor& before);
/// The speed of a · b in GFLOP/s, on the threads that are set: the fastest of as many repetitions as fit into `budget`
/// seconds, three at least.
double speed(const Method& method, const Tensor& a, const Tensor& b, double budget);
/// The speed of products of square matrices of these sides, over the side.
report::Series speed_over_size(const Method& method, const std::vector<Index>& sides, double budget, Rng& rng);

/// Metrics, table and chart; the speed-up is relative to the first method.
void show_methods(Run& run, const std::vector<Measured>& measured, Index images);

}  // namespace hourglass::HOURGLASS_BUILD
