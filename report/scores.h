#pragma once
#include <string>
#include <utility>
#include <vector>

#include <hourglass/metrics/sample_judge.h>
#include <hourglass/report/table.h>

namespace hourglass::HOURGLASS_BUILD::report {

/// What a judge says of several kinds of images, a row each: Fréchet distance, precision, recall, confidence, and how
/// many classes make up 1% of them at least.
Table scores(const std::vector<std::pair<std::string, metrics::SampleScores>>& rows);

}  // namespace hourglass::HOURGLASS_BUILD::report
