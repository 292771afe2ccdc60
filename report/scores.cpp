#include <hourglass/report/scores.h>

#include <fmt/format.h>

namespace hourglass::HOURGLASS_BUILD::report {

Table scores(const std::vector<std::pair<std::string, metrics::SampleScores>>& rows) {
  Table table{{"images", "Fréchet distance", "precision", "recall", "confidence", "classes made"}, {}};
  const auto cell = [](double value) { return fmt::format("{:.3f}", value); };
  for (const auto& [name, s] : rows) {
    if (s.class_shares.size() < 2) {  // data without labels: there is no classifier whose features could be compared
      table.rows.push_back({name, "–", "–", "–", "–", "–"});
      continue;
    }
    table.rows.push_back({name, fmt::format("{:.2f}", s.frechet), cell(s.precision), cell(s.recall), cell(s.confidence),
                          fmt::format("{} of {}", s.classes_made(), s.class_shares.size())});
  }
  return table;
}

}  // namespace hourglass::HOURGLASS_BUILD::report
