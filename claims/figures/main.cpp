// `claims [--quick|--full] [--seed S] [--only ID] [--keep FILE] [--json FILE] [--lesson RULES METRICS]…`: measures the
// figures, reads the statements of lessons that have been run, and prints the ledger. The status is 1 when a
// requested figure fails.
#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <algorithm>
#include <chrono>
#include <exception>
#include <filesystem>

#include <hourglass/claims/figures/figures.h>
#include <hourglass/io/options.h>
#include <hourglass/io/writer.h>
#include <hourglass/tensor/error.h>

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
  const double seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
  require(values.size() == figures.rows.size(), experiment.of, ": ", values.size(), " values for ", figures.rows.size(),
          " rows");
  std::vector<Row> rows;
  for (std::size_t i = 0; i < values.size(); ++i) {
    rows.push_back(judged(figures.rows[i], values[i]));
    rows[i].seed = experiment.seed;
    rows[i].seconds = seconds;
  }
  return rows;
}

// The request of the command line.
struct Request {
  bool quick = false, full = false;
  std::uint64_t seed = 0;  // 0: none was given
  std::string only, keep, json, markdown;
  std::vector<std::string> lessons;

  std::vector<std::uint64_t> seeds() const {
    if (seed) return {seed};
    return full ? std::vector<std::uint64_t>{1, 2, 3} : std::vector<std::uint64_t>{1};
  }
  bool asks_for(const Figures& figures) const {
    return names(figures, only) && (full || !only.empty() || !figures.is_long);
  }
};

// Measures the requested rows that are not known, and writes the kept ledger after each measurement; returns the
// requested rows.
std::vector<Row> measure_figures(const Request& request, const std::vector<Figures>& all, std::vector<Row>& ledger) {
  std::vector<Row> asked;
  for (const std::uint64_t seed : request.seeds()) {
    Experiment experiment(seed, request.quick);
    for (const Figures& figures : all) {
      if (!request.asks_for(figures)) continue;
      std::vector<Row> rows = known_rows(ledger, figures, seed);
      if (rows.empty()) {
        put(ledger, rows = measure(figures, experiment));
        if (!request.keep.empty()) io::write_file(request.keep, to_json(ledger, false));
      }
      for (const Row& row : rows) {
        fmt::print("{}\n", line(row));
        asked.push_back(row);
      }
      std::fflush(stdout);
    }
  }
  return asked;
}

int judge(const std::vector<Row>& rows, bool quick) {
  const auto count = [&](Verdict v) { return std::ranges::count(rows, v, &Row::verdict); };
  fmt::print("figures: {} pass, {} fail; statements: {} confirmed, {} partly, {} refuted{}\n", count(Verdict::pass),
             count(Verdict::fail), count(Verdict::confirmed), count(Verdict::partly), count(Verdict::refuted),
             quick ? " (--quick: provisional)" : "");
  return quick || count(Verdict::fail) == 0 ? 0 : 1;
}

int run(int argc, char** argv) {
  Request request;
  CLI::App app("The ledger: published figures and the notes' statements beside what is measured here.");
  app.add_flag("--quick", request.quick,
               "a smoke run: one epoch on few digits, verdicts provisional; with --full of every row");
  app.add_flag("--full", request.full, "the rows that take long too, with seeds 1, 2 and 3");
  app.add_option("--seed", request.seed, "one seed (default 1; with --full 1, 2 and 3)")
      ->transform(io::whole_number(1, ~std::uint64_t{0} >> 1));
  app.add_option("--only", request.only, "only the measurement that this figure comes from");
  app.add_option("--keep", request.keep, "read what is known from there, and add each measurement to it");
  app.add_option("--json", request.json, "write the ledger there");
  app.add_option("--markdown", request.markdown, "write it there as a page to read");
  app.add_option("--lesson", request.lessons, "pairs of a lesson's claims.json and its run's metrics.json");
  io::parse_options(app, argc, argv);
  const std::vector<Figures> all = all_figures();
  require(request.lessons.size() % 2 == 0, "claims: --lesson takes pairs of files");
  require(!request.quick || request.keep.empty(), "claims: --quick gives no figures that are worth keeping");
  require(std::ranges::any_of(all, [&](const Figures& f) { return names(f, request.only); }),
          "claims: there is no figure '", request.only, "'");

  std::vector<Row> judged_now, ledger;
  for (std::size_t i = 0; i < request.lessons.size(); i += 2)
    for (const Row& row : statements(request.lessons[i], request.lessons[i + 1])) judged_now.push_back(row);
  if (std::filesystem::exists(request.keep)) ledger = read_ledger(request.keep);
  put(ledger, judged_now);
  std::vector<Row> asked = measure_figures(request, all, ledger);
  for (const Row& row : judged_now) {
      fmt::print("{}\n", line(row));
      asked.push_back(row);
    }
  const std::vector<Row> page = in_order(ledger, all);
  if (!request.markdown.empty()) io::write_file(request.markdown, to_markdown(page));
  if (!request.json.empty()) io::write_file(request.json, to_json(page, request.quick));
  return judge(asked, request.quick);
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
