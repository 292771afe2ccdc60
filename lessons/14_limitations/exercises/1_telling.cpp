// Task 1 of lesson 14: telling strangers
//
// A net copies badly what it does not know, so its error tells strangers. How well? `own` are the errors on images like
// those of its training, `strange` those on others. Write the chance that a stranger drawn at random has a larger error
// than one of the own drawn at random:
//
//     telling(own, strange) = Σ_i Σ_j [s_i > o_j] / (number of pairs),      a pair of equal errors counting half
//
// 1/2 is a coin, 1 tells all apart, and no threshold had to be chosen: it is the area under the ROC curve.
#include <span>

#include "lessons/common/exercise/todo.h"

using namespace hourglass;

double telling(std::span<const double> own, std::span<const double> strange) { todo("telling(own, strange)"); }
