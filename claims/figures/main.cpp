// `claims [--quick|--full] [--seed S] [--json FILE] [--only ID] [--lesson RULES METRICS]…`: measures the figures, reads
// the statements of lessons that have been run, and prints the ledger. The status is 1 when a figure fails.
#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <chrono>
#include <exception>

#include "claims/figures/figures.h"
#include "io/writer.h"
#include "tensor/error.h"

using namespace hourglass;
using namespace hourglass::claims;

namespace {

std::vector<Figures> all_figures() {
  std::vector<Figures> all;
  for (const auto& part : {pca_and_linear(), reconstruction(), likelihood(), features(), generation(), variants(),
                           compression()})
    all.insert(all.end(), part.begin(), part.end());
  return all;
}

bool names(const Figures& figures, const std::string& only) {
  if (only.empty()) return true;
  for (const Row& row : figures.rows)
    if (row.id == only) return true;
  return false;
}

void measure(Figures figures, Experiment& experiment, std::vector<Row>& ledger) {
  experiment.of = figures.rows.front().id;
  const auto start = std::chrono::steady_clock::now();
  const std::vector<double> values = figures.measure(experiment);
  require(values.size() == figures.rows.size(), experiment.of, ": ", values.size(), " values for ", figures.rows.size(),
          " rows");
  const double seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
  for (std::size_t i = 0; i < values.size(); ++i) {
    Row row = figures.rows[i];
    row.value = values[i];
    row.verdict = row.band.contains(values[i]) ? Verdict::pass : Verdict::fail;
    row.seed = experiment.seed, row.seconds = seconds;
    fmt::print("{}\n", line(row));
    std::fflush(stdout);
    ledger.push_back(row);
  }
}

int run(int argc, char** argv) {
  bool quick = false, full = false;
  std::uint64_t seed = 0;
  std::string json, markdown, only;
  std::vector<std::string> lessons;
  CLI::App app("The ledger: published figures and the notes' statements beside what is measured here.");
  app.add_flag("--quick", quick, "a smoke run: one epoch on few digits, verdicts provisional; with --full of every row");
  app.add_flag("--full", full, "the rows that take long too, with seeds 1, 2 and 3");
  app.add_option("--seed", seed, "one seed (default 1; with --full 1, 2 and 3)")->check(CLI::PositiveNumber);
  app.add_option("--json", json, "write the ledger there");
  app.add_option("--markdown", markdown, "write it there as a page to read");
  app.add_option("--only", only, "only the measurement that this figure comes from");
  app.add_option("--lesson", lessons, "pairs of a lesson's claims.json and its run's metrics.json");
  CLI11_PARSE(app, argc, argv);
  require(lessons.size() % 2 == 0, "claims: --lesson takes pairs of files");

  std::vector<Row> ledger;
  const std::vector<std::uint64_t> seeds = seed   ? std::vector{seed}
                                           : full ? std::vector<std::uint64_t>{1, 2, 3}
                                                  : std::vector<std::uint64_t>{1};
  bool found = false;
  for (const std::uint64_t each : seeds) {
    Experiment experiment(each, quick);
    for (const Figures& figures : all_figures())
      if (names(figures, only) && (full || !only.empty() || !figures.is_long))
        measure(figures, experiment, ledger), found = true;
  }
  require(found, "claims: there is no figure '", only, "'");
  for (std::size_t i = 0; i < lessons.size(); i += 2)
    for (Row& row : statements(lessons[i], lessons[i + 1])) {
      fmt::print("{}\n", line(row));
      ledger.push_back(std::move(row));
    }
  if (!markdown.empty()) io::write_file(markdown, to_markdown(ledger));
  if (!json.empty()) io::write_file(json, to_json(ledger, quick));
  const auto count = [&](Verdict v) {
    return std::count_if(ledger.begin(), ledger.end(), [&](const Row& row) { return row.verdict == v; });
  };
  fmt::print("figures: {} pass, {} fail; statements: {} confirmed, {} partly, {} refuted{}\n", count(Verdict::pass),
             count(Verdict::fail), count(Verdict::confirmed), count(Verdict::partly), count(Verdict::refuted),
             quick ? " (--quick: provisional)" : "");
  return quick || count(Verdict::fail) == 0 ? 0 : 1;
}

}  // namespace

int main(int argc, char** argv) {
  try {
    return run(argc, argv);
  } catch (const std::exception& error) {
    fmt::print(stderr, "{}\n", error.what());
    return 1;
  }
}
