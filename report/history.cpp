#include <hourglass/report/history.h>

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <cmath>
#include <limits>
#include <nlohmann/json.hpp>
#include <sstream>

#include <hourglass/io/json.h>
#include <hourglass/tensor/error.h>

namespace hourglass::HOURGLASS_BUILD::report {
namespace {

constexpr double nothing = std::numeric_limits<double>::quiet_NaN();

// As `csv` writes it: infinite perhaps, but NaN is an empty cell. All of the cell must be the number.
double number(const std::string& cell, const std::string& who) {
  double value = nothing;
  if (cell.empty()) return value;
  const char* end = cell.data() + cell.size();
  const auto result = std::from_chars(cell.data(), end, value);
  require(result.ec == std::errc() && result.ptr == end && !std::isnan(value), who, ": '", cell,
          "' in the history is not a number");
  return value;
}

std::vector<std::string> cells(const std::string& line) {
  std::vector<std::string> found(1);
  for (char c : line) {
    if (c == ',') {
      found.emplace_back();
    } else {
      found.back() += c;
    }
  }
  return found;
}

void check_name(const std::string& column, const std::string& who) {
  require(!column.empty() && column != "epoch" && column.find_first_of(",\"\r\n") == std::string::npos, who,
          ": the column '", column,
          "' cannot be named in a CSV file, expected a name without comma, quote and line break, and not 'epoch'");
}

}  // namespace

void History::set(int epoch, const std::string& column, double value) {
  check_name(column, "history");
  const auto known = std::find(columns.begin(), columns.end(), column);
  const auto at = static_cast<std::size_t>(known - columns.begin()) + 1;
  if (known == columns.end()) columns.push_back(column);
  auto row = std::find_if(rows.begin(), rows.end(), [&](const auto& r) { return r[0] >= epoch; });
  if (row == rows.end() || (*row)[0] != epoch) row = rows.insert(row, {static_cast<double>(epoch)});
  for (auto& each : rows) each.resize(columns.size() + 1, nothing);
  (*row)[at] = value;
}

std::string History::csv() const {
  std::string out = "epoch";
  for (const std::string& column : columns) out += "," + column;
  out += '\n';
  for (const auto& row : rows) {
    out += fmt::format("{}", static_cast<int>(row[0]));
    for (std::size_t i = 1; i < row.size(); ++i) out += std::isnan(row[i]) ? "," : fmt::format(",{}", row[i]);
    out += '\n';
  }
  return out;
}

History History::parse(const std::string& csv, const std::string& who) {
  History history;
  std::istringstream lines(csv);
  std::string line;
  require(static_cast<bool>(std::getline(lines, line)) && cells(line)[0] == "epoch", who,
          ": the history does not start with 'epoch'");
  require(csv.ends_with('\n'), who, ": the history breaks off within its last line");
  history.columns = cells(line);
  history.columns.erase(history.columns.begin());
  for (auto column = history.columns.begin(); column != history.columns.end(); ++column) {
    check_name(*column, who);
    require(std::find(history.columns.begin(), column, *column) == column, who, ": the history has the column '",
            *column, "' twice");
  }
  while (std::getline(lines, line)) {
    std::vector<double> row;
    for (const std::string& cell : cells(line)) row.push_back(number(cell, who));
    require(row.size() == history.columns.size() + 1, who, ": a row of the history has ", row.size(),
            " cells, expected ", history.columns.size() + 1);
    require(row[0] >= 0 && row[0] <= 1e9 && row[0] == std::floor(row[0]), who, ": a row of the history begins with '",
            line.substr(0, line.find(',')), "', expected an epoch");
    require(history.rows.empty() || history.rows.back()[0] < row[0], who, ": epoch ", row[0],
            " of the history follows ", "epoch ", history.rows.empty() ? 0 : history.rows.back()[0]);
    history.rows.push_back(row);
  }
  return history;
}

std::string Metrics::json() const {
  nlohmann::ordered_json json = {{"lesson", lesson},   {"seed", seed},
                                 {"scalar", scalar},   {"threads", threads},
                                 {"seconds", seconds}, {"metrics", nlohmann::ordered_json::object()}};
  for (const auto& [name, value] : values)
    json["metrics"][name] = std::isfinite(value) ? nlohmann::ordered_json(value) : nullptr;
  return json.dump(-1, ' ', false, nlohmann::ordered_json::error_handler_t::replace) + "\n";
}

Metrics Metrics::parse(const std::string& json, const std::string& who) {
  const nlohmann::json all = io::parse_json(who, json, 2);
  require(all.is_object(), who, ": expected a JSON object");
  const auto member = [&](const char* name, auto is_right, const char* expected) {
    const auto found = all.find(name);
    require(found != all.end(), who, ": \"", name, "\" is missing");
    require(is_right(*found), who, ": \"", name, "\" is ", found->dump(), ", expected ", expected);
    return *found;
  };
  using Json = nlohmann::json;
  const auto is_text = [](const Json& value) { return value.is_string(); };
  Metrics metrics;
  metrics.lesson = member("lesson", is_text, "a text");
  metrics.seed = member(
      "seed", [](const Json& value) { return value.is_number_unsigned(); }, "a whole number");
  metrics.scalar = member(
      "scalar", [](const Json& value) { return value == "float32" || value == "float64"; }, "float32 or float64");
  metrics.threads = member(
      "threads", [](const Json& value) { return value.is_number_unsigned() && value >= 1u && value <= 1u << 20; },
      "a whole number from 1 to 1048576");
  metrics.seconds = member(
      "seconds", [](const Json& value) { return value.is_number() && value >= 0; }, "a number from 0");
  const Json values = member(
      "metrics", [](const Json& value) { return value.is_object(); }, "an object");
  require(all.size() == 6, who, ": expected lesson, seed, scalar, threads, seconds and metrics and nothing else");
  for (const auto& [name, value] : values.items()) {
    require(value.is_number() || value.is_null(), who, ": the metric \"", name, "\" is ", value.dump(),
            ", expected a number or null");
    metrics.values[name] = value.is_null() ? nothing : value.get<double>();
  }
  return metrics;
}

}  // namespace hourglass::HOURGLASS_BUILD::report
