#include <hourglass/claims/ledger.h>

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <limits>
#include <nlohmann/json.hpp>
#include <set>

#include <hourglass/io/json.h>
#include <hourglass/io/reader.h>
#include <hourglass/tensor/error.h>

namespace hourglass::HOURGLASS_BUILD::claims {

using Json = nlohmann::json;

namespace {

Json read_json(const std::string& path) {
  const io::Bytes bytes = io::read_file(path, std::size_t{64} << 20);
  return io::parse_json(path, {reinterpret_cast<const char*>(bytes.data()), bytes.size()}, 4);
}

Band band_of(const Json& pair, const std::string& where) {
  require(pair.is_array() && pair.size() == 2, where, ": expected [low, high], found ", pair.dump());
  const auto side = [&](const Json& v) {
    require(v.is_number() || v.is_null(), where, ": expected numbers or null, found ", pair.dump());
    return v.is_null() ? std::nullopt : std::optional(v.get<double>());
  };
  const Band band{side(pair[0]), side(pair[1])};
  require(!band.low || !band.high || *band.low <= *band.high, where, ": expected low <= high, found ", pair.dump());
  return band;
}

std::uint64_t seed_of(const Json& seed, const std::string& where) {
  require(seed.is_number_unsigned(), where, ": the seed is ", seed.dump(), ", expected a whole number below 2^64");
  return seed;
}

double seconds_of(const Json& seconds, const std::string& where) {
  require(seconds.is_number() && seconds >= 0, where, ": the seconds are ", seconds.dump(),
          ", expected a number from 0");
  return seconds;
}

double metric(const Json& metrics, const std::string& name, const std::string& path) {
  require(metrics.contains("metrics") && metrics["metrics"].contains(name) && metrics["metrics"][name].is_number(),
          path, ": has no metric '", name, "'");
  return metrics["metrics"][name].get<double>();
}

Verdict verdict_of(const std::string& name, const std::string& where) {
  for (const Verdict v : {Verdict::pass, Verdict::fail, Verdict::confirmed, Verdict::partly, Verdict::refuted})
    if (name == to_text(v)) return v;
  fail(where, ": there is no verdict '", name, "'");
}

// Throws a JSON exception when a key is missing or of another type.
Row row_of(const Json& json, const std::string& where) {
  Row row = figure(json.at("id"), json.at("what"), json.at("unit"), band_of(json.at("band"), where), json.at("source"));
  row.kind = json.at("kind");
  require(row.kind == "figure" || row.kind == "statement", where, ": there is no kind '", row.kind, "'");
  row.verdict = verdict_of(json.at("verdict"), where);
  require((row.kind == "figure") == (row.verdict == Verdict::pass || row.verdict == Verdict::fail), where, ": a ",
          row.kind, " whose verdict is '", to_text(row.verdict), "'");
  // JSON has no NaN; it is written as null
  row.value = json.at("value").is_null() ? std::numeric_limits<double>::quiet_NaN() : json.at("value").get<double>();
  const bool holds =
      row.verdict == Verdict::pass || row.verdict == Verdict::confirmed || row.verdict == Verdict::partly;
  require(!holds || std::isfinite(row.value), where, ": ", row.id, " is ", to_text(row.verdict), " without a value");
  row.seed = seed_of(json.at("seed"), where);
  row.seconds = seconds_of(json.at("seconds"), where);
  return row;
}

bool holds(const Json& rule, const Json& metrics, const std::string& where, const std::string& path) {
  for (const auto& [name, band] : rule.items())
    if (!band_of(band, where + ": " + name).contains(metric(metrics, name, path))) return false;
  return true;
}

// The rows of a kind, each id once.
std::vector<Row> first_seeds(const std::vector<Row>& rows, const std::string& kind) {
  std::vector<Row> first;
  for (const Row& row : rows)
    if (row.kind == kind && std::ranges::find(first, row.id, &Row::id) == first.end()) first.push_back(row);
  return first;
}

std::string table(const std::vector<Row>& rows) {
  std::string text = "| id | what | measured | band | unit | verdict | seed | s | source |\n";
  text += "| --- | --- | --- | --- | --- | --- | --- | --- | --- |\n";
  for (const Row& row : rows)
    text += fmt::format("| {} | {} | {:.4g} | {} | {} | {} | {} | {:.0f} | {} |\n", row.id, row.what, row.value,
                        row.band.text(), row.unit, to_text(row.verdict), row.seed, row.seconds, row.source);
  return text;
}

// The value of each figure with each seed, when there are several.
std::string by_seeds(const std::vector<Row>& rows) {
  std::set<std::uint64_t> seeds;
  for (const Row& row : rows)
    if (row.kind == "figure") seeds.insert(row.seed);
  if (seeds.size() < 2) return "";
  std::string text = "\n### By seeds\n\n| id |", rule = "| --- |";
  for (const std::uint64_t seed : seeds) {
    text += fmt::format(" seed {} |", seed);
    rule += " --- |";
  }
  text += "\n" + rule + "\n";
  for (const Row& row : first_seeds(rows, "figure")) {
    text += "| " + row.id + " |";
    for (const std::uint64_t seed : seeds) {
      const auto at = std::ranges::find_if(rows, [&](const Row& r) { return r.id == row.id && r.seed == seed; });
      text += at == rows.end() ? "  |"
                               : fmt::format(" {:.4g}{} |", at->value, at->verdict == Verdict::fail ? " (fail)" : "");
    }
    text += "\n";
  }
  return text;
}

}  // namespace

bool Band::contains(double value) const {
  return std::isfinite(value) && (!low || value >= *low) && (!high || value <= *high);
}

std::string Band::text() const {
  if (low && high) return fmt::format("{:g} … {:g}", *low, *high);
  if (low) return fmt::format("≥ {:g}", *low);
  return high ? fmt::format("≤ {:g}", *high) : "any";
}

const char* to_text(Verdict verdict) {
  switch (verdict) {
    case Verdict::pass:
      return "pass";
    case Verdict::fail:
      return "fail";
    case Verdict::confirmed:
      return "confirmed";
    case Verdict::partly:
      return "partly";
    case Verdict::refuted:
      return "refuted";
  }
  fail("verdict: unknown verdict ", static_cast<int>(verdict));
}

Row judged(Row row, double value) {
  row.value = value;
  row.verdict = row.band.contains(value) ? Verdict::pass : Verdict::fail;
  return row;
}

Row figure(std::string id, std::string what, std::string unit, Band band, std::string source) {
  Row row;
  row.id = std::move(id);
  row.kind = "figure";
  row.what = std::move(what);
  row.unit = std::move(unit);
  row.band = band;
  row.source = std::move(source);
  return row;
}

std::vector<Row> statements(const std::string& rules, const std::string& path) {
  const Json list = read_json(rules), metrics = read_json(path);
  require(list.is_array(), rules, ": expected a list of statements");
  std::vector<Row> rows;
  for (const Json& each : list) {
    for (const char* key : {"id", "statement", "value", "unit"})
      require(each.contains(key) && each[key].is_string(), rules, ": a statement without '", key, "': ", each.dump());
    require(each.contains("confirmed") && each["confirmed"].is_object() && !each["confirmed"].empty(), rules, ": ",
            each["id"].get<std::string>(), " has no rule 'confirmed'");
    require(!each.contains("partly") || each["partly"].is_object(), rules, ": ", each["id"].get<std::string>(),
            " has a rule 'partly' that is no object");
    Row row;
    row.id = each["id"];
    row.kind = "statement";
    row.what = each["statement"];
    row.unit = each["unit"];
    row.source = "the course's notes";
    const std::string name = each["value"], where = rules + ": " + row.id;
    row.value = metric(metrics, name, path);
    if (each["confirmed"].contains(name)) row.band = band_of(each["confirmed"][name], where + ": " + name);
    const bool all = holds(each["confirmed"], metrics, where, path);
    const bool some = each.contains("partly") && holds(each["partly"], metrics, where, path);
    row.verdict = all ? Verdict::confirmed : some ? Verdict::partly : Verdict::refuted;
    row.seed = seed_of(metrics.value("seed", Json(0u)), path);
    row.seconds = seconds_of(metrics.value("seconds", Json(0u)), path);
    rows.push_back(row);
  }
  return rows;
}

std::vector<Row> read_ledger(const std::string& path) {
  const Json json = read_json(path);
  require(json.contains("rows") && json["rows"].is_array(), path, ": has no list 'rows' and is no ledger");
  require(!json.contains("provisional") || json["provisional"] == false, path,
          ": was written with --quick, its figures stand for nothing");
  std::vector<Row> rows;
  for (const Json& each : json["rows"]) {
    const std::string where = text(path, ": row ", rows.size() + 1);
    try {
      rows.push_back(row_of(each, where));
    } catch (const nlohmann::json::exception& error) {
      fail(where, ": ", error.what());
    }
  }
  return rows;
}

void put(std::vector<Row>& ledger, const std::vector<Row>& rows) {
  for (const Row& row : rows)
    std::erase_if(ledger, [&](const Row& old) { return old.id == row.id && old.seed == row.seed; });
  ledger.insert(ledger.end(), rows.begin(), rows.end());
}

std::vector<Row> known_rows(const std::vector<Row>& ledger, const Figures& figures, std::uint64_t seed) {
  std::vector<Row> found;
  for (const Row& row : figures.rows) {
    const auto same = std::ranges::find_if(ledger, [&](const Row& r) {
      return r.id == row.id && r.what == row.what && r.unit == row.unit && r.seed == seed;
    });
    if (same == ledger.end()) return {};
    found.push_back(judged(row, same->value));
    found.back().seed = seed;
    found.back().seconds = same->seconds;
  }
  return found;
}

std::vector<Row> in_order(const std::vector<Row>& ledger, const std::vector<Figures>& all) {
  std::set<std::uint64_t> seeds;
  for (const Row& row : ledger) seeds.insert(row.seed);
  std::vector<Row> rows;
  for (const std::uint64_t seed : seeds)
    for (const Figures& figures : all)
      for (const Row& row : known_rows(ledger, figures, seed)) rows.push_back(row);
  for (const Row& row : ledger)
    if (row.kind == "statement") rows.push_back(row);
  return rows;
}

std::string line(const Row& row) {
  return fmt::format("{:<9} {:<28} {:>10.4g}  {:<16} {:<28} seed {} {:>6.1f} s", to_text(row.verdict), row.id,
                     row.value, row.band.text(), row.unit, row.seed, row.seconds);
}

std::string to_markdown(const std::vector<Row>& rows) {
  std::string page =
      "# The ledger\n\nWritten by `./course claims`: what was measured beside what was published or stated.\n";
  page += "\n## Figures\n\n" + table(first_seeds(rows, "figure"));
  page += by_seeds(rows);
  return page + "\n## Statements of the notes\n\n" + table(first_seeds(rows, "statement"));
}

std::string to_json(const std::vector<Row>& rows, bool quick) {
  using Json = nlohmann::ordered_json;
  const auto side = [](const std::optional<double>& v) { return v ? Json(*v) : Json(nullptr); };
  Json list = Json::array();
  for (const Row& row : rows)
    list.push_back({{"id", row.id},
                    {"kind", row.kind},
                    {"what", row.what},
                    {"verdict", to_text(row.verdict)},
                    {"value", row.value},
                    {"band", {side(row.band.low), side(row.band.high)}},
                    {"unit", row.unit},
                    {"seed", row.seed},
                    {"seconds", row.seconds},
                    {"source", row.source}});
  return Json{{"provisional", quick}, {"rows", list}}.dump(1) + "\n";
}

}  // namespace hourglass::HOURGLASS_BUILD::claims
