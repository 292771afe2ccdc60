#include <cmath>
#include <functional>
#include <limits>
#include <nlohmann/json.hpp>

#include <hourglass/report/gnuplot.h>
#include "tests/check.h"

using namespace hourglass;
using namespace hourglass::report;

namespace {

bool contains(const std::string& text, const std::string& part) { return text.find(part) != std::string::npos; }

// The datasets of a chart in the page.
nlohmann::json sets(const Chart& chart) { return nlohmann::json::parse(chart.json())["data"]["datasets"]; }

}  // namespace

TEST_CASE("a chart leaves out what is not a number") {
  const Chart chart{"t", "x", "y", {{"s", {1, 2, 3}, {1, std::nan(""), 3}}}};
  CHECK(sets(chart)[0]["data"].size() == 2);
  const Chart without{"t", "x", "y", {{"s", {1, 3}, {1, 3}}}};
  CHECK(chart.gnuplot() == without.gnuplot());  // the line goes on to the next point
}

TEST_CASE("a chart in the page carries its numbers as a table, and its shape as its configuration") {
  Chart chart{"t", "epoch", "nats", {{"a", {1, 2}, {0.5, 2}}, {"b", {2, 3}, {3, 4}}}, true};
  const Table table = chart.table();
  CHECK(table.header == std::vector<std::string>{"epoch", "a", "b"});
  CHECK(table.rows == std::vector<std::vector<std::string>>{{"1", "0.5", ""}, {"2", "2", "3"}, {"3", "", "4"}});
  auto json = nlohmann::json::parse(chart.json());
  CHECK(json["options"]["scales"]["y"]["type"] == "logarithmic");
  CHECK(json["options"]["scales"]["y"]["at"] == nlohmann::json({0.5, 2, 3, 4}));  // few numbers are the ticks
  CHECK(json["options"]["scales"]["x"]["ticks"]["precision"] == 0);
  CHECK(json["options"]["plugins"]["title"]["text"] == "nats");
  chart.log_y = false;
  json = nlohmann::json::parse(chart.json());
  CHECK(json["options"]["scales"]["y"]["beginAtZero"] == true);
  chart.series[1].y.pop_back();
  for (const auto& show : std::vector<std::function<void()>>{[&] { static_cast<void>(chart.gnuplot()); },
                                                             [&] { static_cast<void>(chart.json()); },
                                                             [&] { static_cast<void>(chart.table()); }})
    CHECK_FAILS(show(), "chart: the series 'b' has 2 x and 1 y");
}

TEST_CASE("gnuplot gets labels, a legend, logarithmic axes with the data's ticks, and 0 where the numbers are near") {
  const Chart chart{"Error", "code size", "squared error", {{"PCA", {1, 2, 128}, {50, 40, 3}}}, false, true};
  const std::string commands = chart.gnuplot();
  for (const char* part : {"set title 'Error'", "set xlabel 'code size'", "set ylabel 'squared error'", "title 'PCA'",
                           "set logscale x", "set xtics (1, 2, 128)", "set yrange [0:*]", "1 50\n2 40\n128 3\n"})
    CHECK_MESSAGE(contains(commands, part), part);
  CHECK_FALSE(contains(commands, "set logscale y"));
}

TEST_CASE("a chart is drawn whatever its numbers are") {
  const double nan = std::nan(""), inf = std::numeric_limits<double>::infinity(),
               most = std::numeric_limits<double>::max();
  for (const double value : {nan, inf, most, 1e30, 1e17, 0.0, 1e-300})
    for (const bool log : {false, true}) {
      const Chart chart{"σ² – “t”", "x", "y", {{"é", {1, 2, value}, {value, value + 64, 1}}}, log};
      CHECK(nlohmann::json::accept(chart.json()));
      const Output drawn = svg(chart);
      REQUIRE(drawn.found);
      CHECK_MESSAGE(drawn.status == 0, value, " ", log, " ", drawn.text);
      CHECK((drawn.text.empty() || contains(drawn.text, "σ² – “t”")));
    }
  CHECK(svg({"t", "x", "y", {}}).text.empty());  // nothing to draw, and no fault
}

TEST_CASE("a file of a chart is a vector graphic with letters, and a PNG") {
  const Chart chart{"Error", "epoch", "nats", {{"training", {1, 2}, {3, 2}}, {"test", {1, 2}, {4, 3}}}};
  const Output vector = svg(chart), pixels = png(chart);
  REQUIRE(vector.found);
  CHECK(contains(vector.text, "<svg"));
  CHECK(contains(vector.text, "font-family=\"sans-serif\""));
  for (const char* label : {"Error", "epoch", "nats", "training", "test"})
    CHECK_MESSAGE(contains(vector.text, ">" + std::string(label) + "</text>"), label);
  CHECK(pixels.text.substr(1, 3) == "PNG");
}

TEST_CASE("hostile text is text: nothing in a title becomes a command of gnuplot or of a shell") {
  const TemporaryFolder folder;
  const std::string hit = folder / "hit";
  const std::vector<std::string> texts = {"`touch " + hit + "`",
                                          "$(touch " + hit + ")",
                                          "'; system('touch " + hit + "'); x='",
                                          "'\nsystem('touch " + hit + "')\nset title '",
                                          "\\'; !touch " + hit,
                                          "@" + hit + " \"`touch " + hit + "`\"",
                                          "x\nEOD\n!touch " + hit,
                                          "x\r!touch " + hit,
                                          "a ^{b} _c {/Symbol d} <b>&amp;</b>"};
  for (const std::string& text : texts) {
    Chart chart{text, text, text, {{text, {1, 2}, {3, 4}}, {text, {1, 2}, {3, 4}, Mark::dots}}};
    const Output drawn = svg(chart);
    CHECK_MESSAGE(drawn.status == 0, text, ": ", drawn.text);
    CHECK_MESSAGE(!std::filesystem::exists(hit), text);
    Picture picture(4, 4, 0);
    picture.row_labels = picture.column_labels = {text};
    CHECK(png(picture).status == 0);
    CHECK_MESSAGE(!std::filesystem::exists(hit), text);
  }
  CHECK(contains(svg({"<b>&", "x", "y", {{"s", {1}, {1}}}}).text, "&lt;b>&amp;"));
  CHECK(quoted("it's\n") == "'it’s '");
}

TEST_CASE("a scatter plot has a series of dots for each label, named in the legend") {
  const Tensor points({3, 2}, {0, 0, 1, 1, 2, 3});
  const Chart chart = scatter("Codes", points, std::vector<int>{3, 1, 3});
  REQUIRE(chart.series.size() == 2);
  CHECK(chart.series[0].name == "1");
  CHECK(chart.series[1].name == "3");
  CHECK(chart.series[1].x == std::vector<double>{0, 2});
  CHECK(chart.table().rows.empty());  // dots are no table
  CHECK(sets(chart)[0]["showLine"] == false);
  CHECK(scatter("Codes", points, {}).series.size() == 1);
  CHECK(contains(chart.gnuplot(), "with points"));
  const std::vector<int> one{0}, below{-1};
  CHECK_FAILS(scatter("t", Tensor({1, 3}, {5, 7, 8}), one), "scatter: expected points [n, 2], found [1, 3]");
  CHECK_FAILS(scatter("t", Tensor({2, 2}, {5, 7, 8, 9}), one), "scatter: 1 labels for [2, 2]");
  CHECK_FAILS(scatter("t", Tensor({1, 2}, {5, 7}), below), "scatter: a label is below 0");
  CHECK_FAILS(scatter("t", Tensor({1, 2}, {5, std::numeric_limits<Scalar>::infinity()}), one),
              "scatter: point 0 is not finite");
}

TEST_CASE("arrows lead from each row to the same row") {
  const Tensor from({2, 2}, {0, 0, 1, 1}), to({2, 2}, {1, 0, 1, 3});
  Chart chart{"Field", "x", "y", {arrows("r(x) - x", from, to)}};
  chart.same_scale = true;
  const std::string commands = chart.gnuplot();
  CHECK(contains(commands, "0 0 1 0\n1 1 0 2\n"));  // tail, and what leads to the head
  CHECK(contains(commands, "with vectors"));
  CHECK(contains(commands, "set size ratio -1"));
  const auto data = sets(chart)[0]["data"];
  REQUIRE(data.size() == 6);
  CHECK(data[2]["y"].is_null());  // a gap behind each arrow
  CHECK(data[4]["y"] == 3);
  CHECK(svg(chart).status == 0);
  CHECK_FAILS(arrows("a", from, Tensor({1, 2}, {0, 0})), "arrows: from [2, 2] to [1, 2]");
  CHECK_FAILS(arrows("a", from, Tensor({1, 3}, {1, 2, 3})), "arrows: expected points [n, 2], found [1, 3]");
}
