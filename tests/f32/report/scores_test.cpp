#include <hourglass/report/scores.h>

#include "tests/check.h"

using namespace hourglass;

TEST_CASE("scores of samples are a row for each kind of image") {
  metrics::SampleScores s;
  s.frechet = 12.345, s.precision = 0.9, s.recall = 0.25, s.confidence = 0.5;
  s.class_shares = {0.5, 0.495, 0.005};
  const report::Table table = report::scores({{"made", s}});
  CHECK(table.header.size() == 6);
  CHECK(table.rows == std::vector<std::vector<std::string>>{{"made", "12.35", "0.900", "0.250", "0.500", "2 of 3"}});
}

TEST_CASE("samples of data without labels have no scores") {
  metrics::SampleScores s;
  s.precision = 1;
  s.class_shares = {1};
  CHECK(report::scores({{"made", s}}).rows == std::vector<std::vector<std::string>>{{"made", "–", "–", "–", "–", "–"}});
}
