#pragma once
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include <hourglass/claims/experiment.h>

/// The ledger: every published figure and every statement of the notes beside what was measured here. The band of a
/// figure and the rule of a statement are written before the run.
namespace hourglass::HOURGLASS_BUILD::claims {

/// From low to high, either of which may be open.
struct Band {
  std::optional<double> low, high;
  bool contains(double value) const;  ///< never, when value is not finite
  std::string text() const;           ///< "≤ 3", "4.7 … 6.6"
};

/// The verdict on a figure: pass or fail; on a statement: the others.
enum class Verdict { pass, fail, confirmed, partly, refuted };
/// "pass", …
const char* to_text(Verdict verdict);

/// A figure or a statement: the expected and the measured value.
struct Row {
  std::string id, kind;  ///< kind: "figure" or "statement"
  std::string what;      ///< its definition
  std::string unit, source;
  Band band;
  double value = 0;
  Verdict verdict = Verdict::fail;
  std::uint64_t seed = 0;
  double seconds = 0;  ///< of the measurement that it came from, shared by its rows
};

/// One measurement, and the figures that it fills: `measure` returns a value for each of `rows`, in order.
struct Figures {
  std::vector<Row> rows;
  std::function<std::vector<double>(Experiment&)> measure;
  bool is_long = false;  ///< only with --full
};
/// The row of a figure that has not been measured yet.
Row figure(std::string id, std::string what, std::string unit, Band band, std::string source);
/// The row with its value, and the verdict that follows: pass in the band, else fail.
Row judged(Row row, double value);

/// The statements of a lesson by its `claims.json` and the metrics that a run of it wrote: a list of
/// {"id", "statement", "value", "unit", "confirmed": {metric: [low, high]}, "partly": {…}}. A statement is confirmed
/// when all metrics of the first lie in their bands, partly when all of the second do, else refuted. Throws, naming
/// file and metric, when one is missing.
std::vector<Row> statements(const std::string& rules, const std::string& metrics);

/// The rows of a ledger that `to_json` wrote. Throws, naming the file and the row, when it is none or was written with
/// --quick.
std::vector<Row> read_ledger(const std::string& path);
/// Puts rows into a ledger, in place of those of the same id and seed.
void put(std::vector<Row>& ledger, const std::vector<Row>& rows);
/// The rows that a ledger has for all of these figures with a seed, with verdicts by today's bands; none unless it has
/// each of them under today's definition, which is `what` and `unit`: what these do not state may have changed.
std::vector<Row> known_rows(const std::vector<Row>& ledger, const Figures& figures, std::uint64_t seed);
/// The rows of a ledger for these figures, seed by seed, then its statements.
std::vector<Row> in_order(const std::vector<Row>& ledger, const std::vector<Figures>& all);

/// A line of the ledger for the terminal.
std::string line(const Row& row);
/// The ledger as a page of Markdown tables: figures by the first seed that each has, then a table of all seeds when
/// there are several, then statements.
std::string to_markdown(const std::vector<Row>& rows);
/// {"rows": […]}; `quick` marks the verdicts as provisional.
std::string to_json(const std::vector<Row>& rows, bool quick);

}  // namespace hourglass::HOURGLASS_BUILD::claims
