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

/// The vectors of a processor, and what is written in them (vector_product.h).
struct Vectors {
  const char* name;  ///< such as "AVX2"
  void (*product)(const Product& p);
  double (*compute)(Index steps, Scalar* result);  ///< in registers alone; returns the number of operations
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

/// The most that one core computes in these vectors, in GFLOP/s: operations on numbers that stay in registers.
double peak(const Vectors& vectors, double budget);

/// Metrics, table and chart; the speed-up is relative to the first method, and `peak` is that of this processor.
void show_methods(Run& run, const std::vector<Measured>& measured, Index images, double peak);

}  // namespace hourglass::HOURGLASS_BUILD
