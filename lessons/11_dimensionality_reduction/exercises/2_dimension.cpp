// Task 2 of lesson 11: how many numbers the data need near a point
//
// If data fill a space of m dimensions evenly, the number of points within a radius grows as its m-th power. From the
// distances T_1 <= … <= T_k of one point to its k nearest neighbours the likeliest m follows:
//
//     1/m = 1/(k - 1) Σ_{j < k} log (T_k / T_j)
//
// Over many points, take the mean of 1/m, and turn it over at the end. Write it for distances (not squared) given row
// by row, one point a row, each row of the same k >= 2 and in increasing order, all above 0.
#include <vector>

#include "lessons/common/exercise/todo.h"

using namespace hourglass;

double local_dimension(const std::vector<std::vector<double>>& distances) {
  todo("local_dimension(distances): the number of dimensions is to be estimated");
}
