// Task 2 of lesson 13: precision and recall
//
// `found` are the labels of the results of a search, the nearest first; `label` is the label of the query. Write
//
//     precision_among(found, label, k)           the share of the first k results that have the label
//     recall_among(found, label, k, relevant)    the number of the first k results that have the label, divided by
//                                                `relevant`, the number of images in the collection that have it
//
// A list may be shorter than k; precision is then the share of all its results. If there are no results, or no relevant
// images, the value is 0.
#include <span>

#include "lessons/common/exercise/todo.h"

using namespace hourglass;

double precision_among(std::span<const int> found, int label, int k) {
  todo("precision_among(found, label, k): the share of relevant results is missing");
}

double recall_among(std::span<const int> found, int label, int k, int relevant) {
  todo("recall_among(found, label, k, relevant): the share of relevant images is missing");
}
