// Task 2 of lesson 13: how good a list is
//
// `found` are the labels of what a search brought, the best first; `label` is the query's. Write
//
//     precision_among(found, label, k)           the share of the first k that have the label
//     recall_among(found, label, k, relevant)    the share of all `relevant` images of that label that the first k hold
//
// A list may be shorter than k: then precision is the share of what there is. Where nothing was found, or nothing is
// relevant, the answer is 0.
#include <span>

#include "lessons/common/exercise/todo.h"

using namespace hourglass;

double precision_among(std::span<const int> found, int label, int k) { todo("precision_among(found, label, k)"); }

double recall_among(std::span<const int> found, int label, int k, int relevant) {
  todo("recall_among(found, label, k, relevant)");
}
