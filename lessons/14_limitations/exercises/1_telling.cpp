// Task 1 of lesson 14: anomaly detection by the reconstruction error
//
// An autoencoder reconstructs unfamiliar images badly, so a large error indicates an anomaly. `own` are the errors o_j
// of images like those of the training, `strange` the errors s_i of anomalies. Write the probability that a randomly
// drawn anomaly has a larger error than a randomly drawn image of the training distribution:
//
//     telling(own, strange) = Σ_i Σ_j [s_i > o_j] / (number of pairs),      where a pair of equal errors counts 1/2
//
// [s_i > o_j] is 1 if the condition holds and 0 otherwise. The result is the area under the ROC curve: 1/2 for a
// useless error, 1 for a perfect one. It needs no threshold.
#include <span>

#include "lessons/common/exercise/todo.h"

using namespace hourglass;

double telling(std::span<const double> own, std::span<const double> strange) {
  todo("telling(own, strange): the area is missing");
}
