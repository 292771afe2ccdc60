#include <hourglass/claims/ledger.h>

#include <fstream>
#include <limits>
#include <nlohmann/json.hpp>

#include <hourglass/data/augment.h>
#include "tests/check.h"

using namespace hourglass;
using namespace hourglass::claims;
using namespace std::string_literals;

namespace {

void write(const std::string& path, const std::string& text) { std::ofstream(path) << text; }

Row measured(const std::string& id, const std::string& what, std::uint64_t seed, double value) {
  Row row = judged(figure(id, what, "nats", {{}, 3.0}, "a paper"), value);
  row.seed = seed, row.seconds = 4;
  return row;
}

}  // namespace

TEST_CASE("a band contains what lies in it, and never what is no number") {
  CHECK(Band{1, 2}.contains(2));
  CHECK_FALSE(Band{1, 2}.contains(2.01));
  CHECK(Band{{}, 2}.contains(-1e9));
  CHECK_FALSE(Band{1, {}}.contains(0.99));
  CHECK(Band{}.contains(7));
  for (const Band& band : {Band{}, Band{1, {}}, Band{{}, 2}})
    for (const double bad : {std::numeric_limits<double>::quiet_NaN(), std::numeric_limits<double>::infinity(),
                             -std::numeric_limits<double>::infinity()}) {
      CHECK_FALSE(band.contains(bad));
      CHECK(judged(figure("f", "", "", band, ""), bad).verdict == Verdict::fail);
    }
  CHECK(Band{{}, 3}.text() == "≤ 3");
  CHECK(Band{1.5, 2}.text() == "1.5 … 2");
}

TEST_CASE("a statement is confirmed, partly, or refuted by its rule and the lesson's metrics") {
  const TemporaryFolder folder;
  const std::string metrics = folder / "metrics.json", rules = folder / "claims.json";
  write(metrics, R"({"seed": 2, "seconds": 3.5, "metrics": {"a": 1.0, "b": 5.0}})");
  const auto verdict = [&](const std::string& confirmed, const std::string& partly) {
    write(rules, R"([{"id": "S1", "statement": "it holds", "value": "a", "unit": "x", "confirmed": )" + confirmed +
                     (partly.empty() ? "" : ", \"partly\": " + partly) + "}]");
    const std::vector<Row> rows = statements(rules, metrics);
    CHECK(rows.size() == 1);
    CHECK(rows[0].value == 1);
    CHECK(rows[0].seed == 2);
    CHECK(rows[0].kind == "statement");
    return rows[0].verdict;
  };
  CHECK(verdict(R"({"a": [0, 2], "b": [4, null]})", "") == Verdict::confirmed);
  CHECK(verdict(R"({"a": [0, 2], "b": [6, null]})", R"({"b": [null, 5]})") == Verdict::partly);
  CHECK(verdict(R"({"a": [2, null]})", R"({"b": [6, null]})") == Verdict::refuted);
  CHECK(verdict(R"({"a": [2, null]})", "") == Verdict::refuted);
  CHECK_FAILS(verdict(R"({"c": [0, 1]})", ""), metrics + ": has no metric 'c'");
  CHECK_FAILS(verdict(R"({"a": 3})", ""), "S1: a: expected [low, high], found 3");
  CHECK_FAILS(verdict(R"({"a": ["0", null]})", ""), "S1: a: expected numbers or null, found [\"0\",null]");
  CHECK_FAILS(verdict(R"({"a": [2, 1]})", ""), "S1: a: expected low <= high, found [2,1]");
  CHECK_FAILS(verdict(R"({"a": [2, null]})", "3"), "S1 has a rule 'partly' that is no object");
  CHECK_FAILS(verdict("{}", ""), "S1 has no rule 'confirmed'");
  write(rules, "[{}]");
  CHECK_FAILS(statements(rules, metrics), rules + ": a statement without 'id'");
  write(rules, "[");
  CHECK_FAILS(statements(rules, metrics), rules + ": no JSON from byte 2 on");
  CHECK_FAILS(statements(folder / "none", metrics), "none: cannot be opened");
}

TEST_CASE("the ledger's JSON has the form that tools rely on") {
  Row row = figure("deep", "the deep one", "squared error", {{}, 3.0}, "a paper");
  row.value = 2.5, row.verdict = Verdict::pass, row.seed = 1, row.seconds = 4;
  const auto json = nlohmann::json::parse(to_json({row}, false));
  CHECK(json["rows"][0]["id"] == "deep");
  CHECK(json["rows"][0]["kind"] == "figure");
  CHECK(json["rows"][0]["verdict"] == "pass");
  CHECK(json["rows"][0]["band"][0].is_null());
  CHECK(json["rows"][0]["band"][1] == 3.0);
  CHECK(json["rows"][0]["seconds"] == 4);
  CHECK(json["provisional"] == false);
  CHECK(to_markdown({row}).find("| deep | the deep one | 2.5 | ≤ 3 | squared error | pass | 1 | 4 | a paper |") !=
        std::string::npos);
}

TEST_CASE("a ledger that was written comes back; what is none is refused") {
  const TemporaryFolder folder;
  const std::string path = folder / "ledger.json";
  const Row deep = measured("deep", "the deep one", 2, 2.5);
  const Row never = measured("never", "no number", 2, std::numeric_limits<double>::quiet_NaN());
  write(path, to_json({never, deep}, false));
  CHECK(to_json(read_ledger(path), false) == to_json({never, deep}, false));
  write(path, to_json({deep}, true));
  CHECK_FAILS(read_ledger(path), path + ": was written with --quick");
  write(path, "[]");
  CHECK_FAILS(read_ledger(path), path + ": has no list 'rows'");
  write(path, R"({"rows": [{"id": "deep"}]})");
  CHECK_FAILS(read_ledger(path), path + ": row 1: ");
  std::string broken = to_json({never, deep}, false);
  broken.replace(broken.find("pass"), 4, "past");
  write(path, broken);
  CHECK_FAILS(read_ledger(path), path + ": row 2: there is no verdict 'past'");
  broken = to_json({never, deep}, false);
  broken.replace(broken.find("fail"), 4, "pass");
  write(path, broken);
  CHECK_FAILS(read_ledger(path), path + ": row 1: never is pass without a value");
}

TEST_CASE("a ledger's JSON is read strictly: seeds, seconds, bands, verdicts, and what stands behind its end") {
  const TemporaryFolder folder;
  const std::string path = folder / "ledger.json", whole = to_json({measured("deep", "the deep one", 2, 2.5)}, false);
  const auto refuses = [&](const std::string& from, const std::string& to, const std::string& expected) {
    REQUIRE(whole.find(from) != std::string::npos);
    write(path, std::string(whole).replace(whole.find(from), from.size(), to));
    CHECK_FAILS(read_ledger(path), path + ": " + expected);
  };
  for (const std::string seed : {"-1", "1.7", "18446744073709551616", "1e3", "\"1\"", "null", "true", "-0"})
    refuses("\"seed\": 2", "\"seed\": " + seed, "row 1: the seed is ");
  refuses("\"seconds\": 4.0", "\"seconds\": -4.0", "row 1: the seconds are -4.0, expected a number from 0");
  refuses("\"pass\"", "\"confirmed\"", "row 1: a figure whose verdict is 'confirmed'");
  refuses("\"value\": 2.5", "\"value\": true", "row 1: ");
  refuses("\"value\": 2.5", "\"value\": NaN", "no JSON from byte ");
  refuses("null,", "\"none\",", "row 1: expected numbers or null, found [\"none\",3.0]");
  refuses("null,", "4,", "row 1: expected low <= high, found [4,3.0]");
  refuses("\"seed\": 2", "\"seed\": 1, \"seed\": 2", "the name 'seed' stands in it twice");
  refuses("false,", "false, \"more\": [[[[]]]],", "nested deeper than 4 levels");
  const std::size_t end = whole.size();
  for (const std::string& more : {"\0"s, "\0 and more"s, "{}"s}) {
    write(path, whole + more);
    CHECK_FAILS(read_ledger(path), path + ": no JSON from byte " + std::to_string(end + 1) + " on");
  }
  write(path, "\xef\xbb\xbf" + whole);
  CHECK_FAILS(read_ledger(path), path + ": no JSON from byte 1 on");
  const std::string metrics = folder / "metrics.json", rules = folder / "claims.json";
  write(rules, R"([{"id": "S1", "statement": "", "value": "a", "unit": "", "confirmed": {"a": [0, 2]}}])");
  write(metrics, R"({"seed": -1, "metrics": {"a": 1}})");
  CHECK_FAILS(statements(rules, metrics), metrics + ": the seed is -1, expected a whole number below 2^64");
  write(metrics, R"({"seconds": "3", "metrics": {"a": 1}})");
  CHECK_FAILS(statements(rules, metrics), metrics + ": the seconds are \"3\", expected a number from 0");
}

TEST_CASE("known rows get verdicts by today's bands, and count only under today's definitions") {
  const std::vector<Row> ledger = {measured("deep", "the deep one", 2, 2.5)};
  Figures today{{figure("deep", "the deep one", "nats", {{}, 2.0}, "another paper")}, {}};
  const std::vector<Row> rows = known_rows(ledger, today, 2);
  REQUIRE(rows.size() == 1);
  CHECK(rows[0].verdict == Verdict::fail);
  CHECK(rows[0].source == "another paper");
  CHECK(rows[0].seconds == 4);
  CHECK(known_rows(ledger, today, 1).empty());
  today.rows.push_back(figure("other", "measured beside it", "nats", {}, ""));
  CHECK(known_rows(ledger, today, 2).empty());  // one measurement fills both
  today.rows = {figure("deep", "the deeper one", "nats", {{}, 2.0}, "")};
  CHECK(known_rows(ledger, today, 2).empty());
}

TEST_CASE("a new measurement replaces a known one, in the ledger's order") {
  std::vector<Row> ledger = {measured("b", "the same", 2, 1), measured("a", "an old one", 1, 1),
                             measured("b", "the same", 1, 1), measured("gone", "", 1, 1)};
  put(ledger, {measured("a", "a new one", 1, 2), measured("b", "the same", 1, 2)});
  const Figures a{{figure("a", "a new one", "nats", {}, "")}, {}}, b{{figure("b", "the same", "nats", {}, "")}, {}};
  const std::vector<Row> rows = in_order(ledger, {a, b});
  REQUIRE(rows.size() == 3);
  CHECK(rows[0].id == "a");
  CHECK(rows[1].value == 2);
  CHECK(rows[2].seed == 2);
  CHECK(rows[2].value == 1);
}

TEST_CASE("the page has a table by seeds when there are several, and names what fails in it") {
  const Row first = measured("deep", "the deep one", 1, 2.5), second = measured("deep", "the deep one", 3, 3.5);
  CHECK(to_markdown({first}).find("By seeds") == std::string::npos);
  const std::string page = to_markdown({first, second});
  CHECK(page.find("| id | seed 1 | seed 3 |\n| --- | --- | --- |\n| deep | 2.5 | 3.5 (fail) |\n") != std::string::npos);
  CHECK(page.find("| pass | 1 |") != std::string::npos);
  CHECK(page.find("| fail | 3 |") == std::string::npos);
}

TEST_CASE("shifted images are the same images elsewhere, with black at the edge") {
  Rng rng(1);
  const Tensor x = rng.uniform({200, 12}, Scalar(0.5), 1);  // 3 x 4
  const Tensor y = data::shifted(x, 3, 4, 1, rng);
  int found[3][3] = {};
  for (Index i = 0; i < 200; ++i) {
    bool matched = false;
    for (Index down = -1; down <= 1; ++down)
      for (Index right = -1; right <= 1; ++right) {
        bool same = true;
        for (Index r = 0; r < 3; ++r)
          for (Index c = 0; c < 4; ++c) {
            const Index fr = r - down, fc = c - right;
            const bool inside = fr >= 0 && fr < 3 && fc >= 0 && fc < 4;
            same &= y.data()[i * 12 + r * 4 + c] == (inside ? x.data()[i * 12 + fr * 4 + fc] : 0);
          }
        if (same) matched = true, ++found[down + 1][right + 1];
      }
    CHECK(matched);
  }
  for (const auto& row : found)
    for (const int count : row) CHECK(count > 5);
  CHECK_FAILS(data::shifted(x, 4, 4, 1, rng), "[200, 12] are not images of 4 x 4");
  CHECK_FAILS(data::shifted(x, 3, 4, 3, rng), "3 pixels of 3 x 4");
}

TEST_CASE("images that are shifted by given pixels lose what leaves, and get black") {
  const Tensor x({2, 6}, {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12});  // two images of 2 x 3
  const auto shifted = [&](Index down, Index right) {
    const Tensor y = data::shifted_by(x, 2, 3, down, right);
    return std::vector<int>(y.values().begin(), y.values().end());
  };
  CHECK(shifted(0, 1) == std::vector<int>{0, 1, 2, 0, 4, 5, 0, 7, 8, 0, 10, 11});
  CHECK(shifted(1, -1) == std::vector<int>{0, 0, 0, 2, 3, 0, 0, 0, 0, 8, 9, 0});
  CHECK(shifted(-1, 0) == std::vector<int>{4, 5, 6, 0, 0, 0, 10, 11, 12, 0, 0, 0});
  CHECK_FAILS(data::shifted_by(x, 3, 3, 0, 1), "shifted_by: [2, 6] are not images of 3 x 3");
  CHECK_FAILS(data::shifted_by(x, 2, 3, -2, 0), "shifted_by: 2 pixels of 2 x 3");
}
