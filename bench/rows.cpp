#include "bench/rows.h"

#include <fmt/format.h>

#include <algorithm>
#include <nlohmann/json.hpp>

#include <hourglass/report/table.h>
#include <hourglass/tensor/error.h>

namespace hourglass::HOURGLASS_BUILD::bench {
namespace {

using Json = nlohmann::ordered_json;

double rounded(double x) { return std::round(x * 100) / 100; }

Json or_null(double microseconds) { return microseconds > 0 ? Json(rounded(microseconds)) : Json(); }

double median_or_0(const Times& times) { return times.all.empty() ? 0 : times.median(); }

// The smaller one of two times, of which 0 stands for none.
double better(double a, double b) { return a > 0 && b > 0 ? std::min(a, b) : std::max(a, b); }

std::string number(double x, int digits = 0) { return x > 0 ? fmt::format("{:.{}f}", x, digits) : "–"; }

std::string ratio(double a, double b) { return a > 0 && b > 0 ? fmt::format("{:.2f}", a / b) : "–"; }

std::vector<std::string> peers_of(const std::vector<Row>& rows) {
  std::vector<std::string> names;
  for (const auto& [name, times] : rows.at(0).peers) names.push_back(name);
  return names;
}

report::Table every_row(const std::vector<Row>& rows) {
  report::Table table{{"workload", "threads", "ours µs", "least", "most", "panels", "OpenBLAS", "ours/floor", "MB"},
                      {}};
  for (const std::string& peer : peers_of(rows)) table.header.insert(table.header.end(), {peer + " µs", "/ours", "MB"});
  for (const Row& row : rows) {
    std::vector<std::string> cells{row.workload,
                                   std::to_string(row.threads),
                                   number(row.ours.median()),
                                   number(row.ours.least()),
                                   number(row.ours.most()),
                                   number(median_or_0(row.panels)),
                                   number(median_or_0(row.blas)),
                                   ratio(row.ours.median(), row.floor()),
                                   number(row.peak_mb)};
    for (const auto& [peer, times] : row.peers) {
      const double median = median_or_0(times);
      cells.insert(cells.end(), {number(median), ratio(median, row.ours.median()), number(row.peers_peak_mb.at(peer))});
    }
    table.rows.push_back(std::move(cells));
  }
  return table;
}

// Everybody at the number of threads that suits them, as somebody would run it.
report::Table at_their_best(const std::vector<Row>& rows) {
  report::Table table{{"workload", "what", "ours µs", "ours/floor"}, {}};
  for (const std::string& peer : peers_of(rows)) table.header.push_back(peer + "/ours");
  for (const Row& first : rows) {
    if (!table.rows.empty() && table.rows.back()[0] == first.workload) continue;
    double ours = 0, floor = 0;
    std::map<std::string, double> peers;
    for (const Row& row : rows) {
      if (row.workload != first.workload) continue;
      ours = better(ours, row.ours.median());
      floor = better(floor, row.floor());
      for (const auto& [peer, times] : row.peers) peers[peer] = better(peers[peer], median_or_0(times));
    }
    table.rows.push_back({first.workload, first.what, number(ours), ratio(ours, floor)});
    for (const auto& [peer, time] : peers) table.rows.back().push_back(ratio(time, ours));
  }
  return table;
}

}  // namespace

double Times::median() const {
  require(!all.empty(), "bench: no times");
  std::vector<double> sorted = all;
  std::sort(sorted.begin(), sorted.end());
  return (sorted[(sorted.size() - 1) / 2] + sorted[sorted.size() / 2]) / 2;
}

double Times::least() const { return *std::min_element(all.begin(), all.end()); }
double Times::most() const { return *std::max_element(all.begin(), all.end()); }

double Row::floor() const { return better(median_or_0(panels), median_or_0(blas)); }

std::string json(const std::string& machine, const std::vector<Row>& rows) {
  Json all{{"machine", machine}, {"rows", Json::array()}};
  for (const Row& row : rows) {
    Json peers = Json::object();
    for (const auto& [peer, times] : row.peers) peers[peer] = or_null(median_or_0(times));
    all["rows"].push_back({{"workload", row.workload},
                           {"threads", row.threads},
                           {"ours_us", rounded(row.ours.median())},
                           {"ours_spread_us", {rounded(row.ours.least()), rounded(row.ours.most())}},
                           {"floor_us", or_null(row.floor())},
                           {"peak_mb", rounded(row.peak_mb)},
                           {"peers_us", peers}});
  }
  return all.dump(2) + "\n";
}

std::string text(const std::vector<Row>& rows) {
  return every_row(rows).text() + "\neach at its faster number of threads\n" + at_their_best(rows).text();
}

}  // namespace hourglass::HOURGLASS_BUILD::bench
