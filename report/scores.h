#pragma once
#include <string>
#include <utility>
#include <vector>

#include <hourglass/metrics/sample_quality.h>
#include <hourglass/report/table.h>

namespace hourglass::HOURGLASS_BUILD::report {

/// The quality of several sets of samples, a row each: Fréchet distance, precision, recall, confidence, and the number
/// of classes that make up at least 1% of them; dashes for images without classes.
Table scores(const std::vector<std::pair<std::string, metrics::SampleScores>>& rows);

}  // namespace hourglass::HOURGLASS_BUILD::report
