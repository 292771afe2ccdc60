// `claims [--quick|--full] [--seed S] [--keep FILE] [--json FILE] [--only ID] [--lesson RULES METRICS]…`: measures the
// figures, reads the statements of lessons that have been run, and prints the ledger. The status is 1 when a figure
// fails.
#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <algorithm>
#include <chrono>
#include <exception>
#include <set>

#include "claims/figures/figures.h"
#include "io/writer.h"
#include "tensor/error.h"

using namespace hourglass;
using namespace hourglass::claims;

namespace {

std::vector<Figures> all_figures() {
  std::vector<Figures> all;
  for (const auto& part :
       {pca_and_linear(), reconstruction(), likelihood(), features(), generation(), variants(), compression()})
    all.insert(all.end(), part.begin(), part.end());
  return all;
}

bool names(const Figures& figures, const std::string& only) {
  if (only.empty()) return true;
  for (const Row& row : figures.rows)
    if (row.id == only) return true;
  return false;
}

std::vector<Row> measure(const Figures& figures, Experiment& experiment) {
  experiment.of = figures.rows.front().id;
  const auto start = std::chrono::steady_clock::now();
  const std::vector<double> values = figures.measure(experiment);
  require(values.size() == figures.rows.size(), experiment.of, ": ", values.size(), " values for ", figures.rows.size(),
          " rows");
  std::vector<Row> rows = figures.rows;
  for (std::size_t i = 0; i < rows.size(); ++i) {
    rows[i].seed = experiment.seed;
    rows[i].seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
    rows[i] = judged(rows[i], values[i]);
  }
  return rows;
}

// What the command line asks for.
struct Request {
  bool quick = false, full = false;
  std::uint64_t seed = 0;  // 0: those of the rule
  std::string json, markdown, only;
  std::vector<std::string> keep, lessons;

  std::vector<std::uint64_t> seeds() const {
    if (seed) return {seed};
    return full ? std::vector<std::uint64_t>{1, 2, 3} : std::vector<std::uint64_t>{1};
  }
  bool asks_for(const Figures& figures) const {
    return names(figures, only) && (full || !only.empty() || !figures.is_long);
  }
};

void write(const Request& request, const std::vector<Row>& ledger) {
  if (!request.markdown.empty()) io::write_file(request.markdown, to_markdown(ledger));
  if (!request.json.empty()) io::write_file(request.json, to_json(ledger, request.quick));
}

void print(const std::vector<Row>& rows) {
  for (const Row& row : rows) fmt::print("{}\n", line(row));
  std::fflush(stdout);
}

// What a ledger knows of today's figures, in their order and judged by today's bands, then its statements.
std::vector<Row> in_order(const std::vector<Row>& ledger, const std::vector<Figures>& all) {
  std::set<std::uint64_t> seeds;
  for (const Row& row : ledger) seeds.insert(row.seed);
  std::vector<Row> rows;
  for (const std::uint64_t seed : seeds)
    for (const Figures& figures : all)
      for (const Row& row : earlier_rows(ledger, figures, seed)) rows.push_back(row);
  for (const Row& row : ledger)
    if (row.kind == "statement") rows.push_back(row);
  return rows;
}

// Measures what is asked for and not known, and writes the files after each measurement: a whole ledger takes hours.
void measure_figures(const Request& request, std::vector<Row>& ledger, const std::vector<Figures>& all) {
  for (const std::uint64_t seed : request.seeds()) {
    Experiment experiment(seed, request.quick);
    for (const Figures& figures : all) {
      if (!request.asks_for(figures)) continue;
      std::vector<Row> rows = earlier_rows(ledger, figures, seed);
      if (rows.empty()) {
        rows = measure(figures, experiment);
        ledger.insert(ledger.end(), rows.begin(), rows.end());
        write(request, in_order(ledger, all));
      }
      print(rows);
    }
  }
}

void judge_statements(const Request& request, std::vector<Row>& ledger) {
  for (std::size_t i = 0; i < request.lessons.size(); i += 2) {
    const std::vector<Row> rows = statements(request.lessons[i], request.lessons[i + 1]);
    for (const Row& row : rows) std::erase_if(ledger, [&](const Row& r) { return r.id == row.id; });
    ledger.insert(ledger.end(), rows.begin(), rows.end());
    print(rows);
  }
}

int run(int argc, char** argv) {
  Request request;
  CLI::App app("The ledger: published figures and the notes' statements beside what is measured here.");
  app.add_flag("--quick", request.quick,
               "a smoke run: one epoch on few digits, verdicts provisional; with --full of every row");
  app.add_flag("--full", request.full, "the rows that take long too, with seeds 1, 2 and 3");
  app.add_option("--seed", request.seed, "one seed (default 1; with --full 1, 2 and 3)")->check(CLI::PositiveNumber);
  app.add_option("--keep", request.keep, "a ledger by --json: what stands there is not measured again");
  app.add_option("--json", request.json, "write the ledger there, after each measurement");
  app.add_option("--markdown", request.markdown, "write it there as a page to read");
  app.add_option("--only", request.only, "only the measurement that this figure comes from");
  app.add_option("--lesson", request.lessons, "pairs of a lesson's claims.json and its run's metrics.json");
  CLI11_PARSE(app, argc, argv);
  const std::vector<Figures> all = all_figures();
  require(request.lessons.size() % 2 == 0, "claims: --lesson takes pairs of files");
  require(!request.quick || request.keep.empty(), "claims: --quick gives no figures that could stand beside kept ones");
  require(std::ranges::any_of(all, [&](const Figures& f) { return names(f, request.only); }),
          "claims: there is no figure '", request.only, "'");

  std::vector<Row> ledger;
  for (const std::string& path : request.keep)
    for (const Row& row : read_ledger(path)) ledger.push_back(row);
  measure_figures(request, ledger, all);
  judge_statements(request, ledger);
  ledger = in_order(ledger, all);
  write(request, ledger);
  const auto count = [&](Verdict v) { return std::ranges::count(ledger, v, &Row::verdict); };
  fmt::print("figures: {} pass, {} fail; statements: {} confirmed, {} partly, {} refuted{}\n", count(Verdict::pass),
             count(Verdict::fail), count(Verdict::confirmed), count(Verdict::partly), count(Verdict::refuted),
             request.quick ? " (--quick: provisional)" : "");
  return request.quick || count(Verdict::fail) == 0 ? 0 : 1;
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
