#include <cmath>
#include <cstdio>
#include <fstream>
#include <nlohmann/json.hpp>

#include "report/history.h"
#include "report/page.h"
#include "report/progress.h"
#include "tests/check.h"

using namespace hourglass;
using namespace hourglass::report;

TEST_CASE("a picture is a PNG with the numbers as greys") {
  const Picture picture = rows({Tensor({2, 4}, {0, 1, Scalar(0.5), 2, 0, 0, 0, 0})}, 2, 2, 1);
  CHECK(picture.width == 7);  // gap 2 gap 2 gap
  CHECK(picture.height == 4);
  Picture copy = picture;
  CHECK(copy.at(1, 1)[0] == 0);
  CHECK(copy.at(2, 1)[0] == 255);
  CHECK(copy.at(1, 2)[0] == 128);
  CHECK(copy.at(2, 2)[0] == 255);  // clamped
  const auto png = picture.png();
  CHECK(std::vector<std::uint8_t>(png.begin(), png.begin() + 8) ==
        std::vector<std::uint8_t>{0x89, 'P', 'N', 'G', 13, 10, 26, 10});
  CHECK_FAILS(rows({Tensor::zeros({2, 5})}, 2, 2), "[2, 5] is not a row of images of 2 x 2");
}

TEST_CASE("base64 as RFC 4648 has it") {
  const auto of = [](const std::string& s) { return base64({s.begin(), s.end()}); };
  CHECK(of("") == "");
  CHECK(of("f") == "Zg==");
  CHECK(of("fo") == "Zm8=");
  CHECK(of("foobar") == "Zm9vYmFy");
}

TEST_CASE("what stands in a page is escaped, and only a running page reloads itself") {
  Page page("<b>", "a & b");
  page.add_table("T", "text", {{"name", "<i>"}, {{"\"x\"", "1"}}});
  page.set_status("training");
  CHECK(page.html().find("<b>") == std::string::npos);
  CHECK(page.html().find("a &amp; b") != std::string::npos);
  CHECK(page.html().find("&quot;x&quot;") != std::string::npos);
  CHECK(page.html().find("http-equiv=\"refresh\"") != std::string::npos);
  page.set_status("");
  CHECK(page.html().find("http-equiv=\"refresh\"") == std::string::npos);
  page.add_html("T", "other", "<p>new</p>");  // takes the table's place
  CHECK(page.html().find("&quot;x&quot;") == std::string::npos);
  for (const char* outside : {"src=\"http", "href=\"http", "@import", "url(http"})
    CHECK(page.html().find(outside) == std::string::npos);
}

TEST_CASE("a chart leaves out what is not a number") {
  const Chart chart{"t", "x", "y", {{"s", {1, 2, 3}, {1, std::nan(""), 3}}}, false};
  const auto json = nlohmann::json::parse(chart.json());
  CHECK(json["data"]["datasets"][0]["data"].size() == 2);
  CHECK(chart.draw(300, 200).width == 300);
}

TEST_CASE("history goes to text and back, with all its digits") {
  History history;
  history.set(1, "training", 1.0 / 3);
  history.set(2, "training", 0.1);
  history.set(2, "test", 7);
  CHECK(history.csv() == "epoch,training,test\n1,0.3333333333333333,\n2,0.1,7\n");
  const History back = History::parse(history.csv(), "x");
  CHECK(back.csv() == history.csv());
  CHECK(std::isnan(back.rows[0][2]));
  CHECK_FAILS(History::parse("nonsense", "file"), "file: the history does not start with 'epoch'");
  CHECK_FAILS(History::parse("epoch,a\n1,x\n", "file"), "file: 'x' in the history is not a number");
  CHECK_FAILS(History::parse("epoch,a\n1\n", "file"), "a row of the history has 1 cells, expected 2");
}

TEST_CASE("metrics are the JSON of the contract") {
  const Metrics metrics{"04_undercomplete", 1, 2, 21.5, {{"error", 6.25}, {"diverged", std::nan("")}}};
  const auto json = nlohmann::json::parse(metrics.json());
  CHECK(json["lesson"] == "04_undercomplete");
  CHECK(json["seed"] == 1);
  CHECK(json["scalar"] == "float32");
  CHECK(json["threads"] == 2);
  CHECK(json["seconds"] == 21.5);
  CHECK(json["metrics"]["error"] == 6.25);
  CHECK(json["metrics"]["diverged"].is_null());
}

TEST_CASE("where there is no terminal, progress is plain lines") {
  const TemporaryFolder folder;
  std::FILE* file = std::fopen((folder / "out").c_str(), "w");
  {
    Progress progress(file);
    progress.update(1, 2, 128, 1000, 0.1, 5, "nats");
    progress.epoch(1, 2, 4.5, "nats", "  test 5");
  }
  std::fclose(file);
  std::ifstream in(folder / "out");
  const std::string text{std::istreambuf_iterator<char>(in), {}};
  CHECK(text == "epoch 1/2  4.500 nats  test 5\n");
}
