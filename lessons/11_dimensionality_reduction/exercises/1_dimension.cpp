// Task 1 of lesson 11: intrinsic dimension
//
// If data fill m dimensions evenly near a point, the number of points within a radius grows as its m-th power. From the
// distances T_1 <= … <= T_k of the point to its k nearest neighbours, the maximum likelihood estimate of m is
//
//     1/m = 1/(k - 1) Σ_{j < k} log (T_k / T_j)
//
// For many points, average 1/m and return the reciprocal of the mean. The argument has one row for each point, with its
// distances (not squared), in increasing order and all above 0. Each row has the same k >= 2.
#include <vector>

#include "lessons/common/exercise/todo.h"

using namespace hourglass;

double local_dimension(const std::vector<std::vector<double>>& distances) {
  todo("local_dimension(distances): the estimate of the dimension is missing");
}
