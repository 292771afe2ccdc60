#pragma once
#include <span>

#include <hourglass/tensor/scalar.h>

namespace hourglass::HOURGLASS_BUILD::metrics {

/// The area under the receiver operating characteristic: the probability that a score of `strange` is above one of
/// `own`, ties counted half (Mann & Whitney 1947; Hanley & McNeil 1982). 1/2 is chance level, 1 a perfect separation.
/// Throws unless both have a score, and on a NaN.
double area_under_roc(std::span<const double> own, std::span<const double> strange);

}  // namespace hourglass::HOURGLASS_BUILD::metrics
