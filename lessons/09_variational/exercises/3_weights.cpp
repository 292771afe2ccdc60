// Task 3 of lesson 09: from draws to a likelihood
//
// How likely is an image x under the model? log p(x) = log ∫ p(x|h) p(h) dh cannot be computed, but it can be asked:
// with K draws h_k ~ q(h|x),
//
//     w_k = p(x|h_k) p(h_k) / q(h_k|x),     log p(x) ≈ log (1/K Σ_k w_k)
//
// Given are the K logarithms log w_k, numbers such as -95.3 or -1200: their exponentials are 0 in any number format, so
// the largest has to be taken out first. Write it for one image. It is never below the mean of the log w_k, which is
// the ELBO.
#include <span>

#include "lessons/common/exercise/todo.h"

using namespace hourglass;

double log_mean_weight(std::span<const double> log_weights) {
  todo("log_mean_weight(log_weights): the logarithm of the mean weight is to be computed");
}
