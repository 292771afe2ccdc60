#include <algorithm>
#include <cmath>
#include <cstdio>
#include <fstream>
#include <functional>
#include <limits>
#include <nlohmann/json.hpp>

#define STB_IMAGE_IMPLEMENTATION
#define STB_IMAGE_STATIC
#define STBI_ONLY_PNG
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wunused-function"
#include <stb/stb_image.h>
#pragma GCC diagnostic pop

#include <hourglass/report/axis.h>
#include <hourglass/report/canvas.h>
#include <hourglass/report/history.h>
#include <hourglass/report/page.h>
#include <hourglass/report/progress.h>
#include "tests/check.h"

using namespace hourglass;
using namespace hourglass::report;
using namespace std::string_literals;

TEST_CASE("a picture is a PNG with the numbers as greys") {
  const Picture picture = rows({Tensor({2, 4}, {0, 1, Scalar(0.5), 2, 0, 0, 0, 0})}, 2, 2, 1);
  CHECK(picture.width == 7);  // gap 2 gap 2 gap
  CHECK(picture.height == 4);
  CHECK(picture.at(1, 1)[0] == 0);
  CHECK(picture.at(2, 1)[0] == 255);
  CHECK(picture.at(1, 2)[0] == 128);
  CHECK(picture.at(2, 2)[0] == 255);  // clamped
  const auto png = picture.png();
  CHECK(std::vector<std::uint8_t>(png.begin(), png.begin() + 8) ==
        std::vector<std::uint8_t>{0x89, 'P', 'N', 'G', 13, 10, 26, 10});
  CHECK_FAILS(rows({Tensor::zeros({2, 5})}, 2, 2), "[2, 5] is not a row of images of 2 x 2");
}

TEST_CASE("a grid breaks its rows") {
  const Picture picture = grid(Tensor({3, 1}, {0, 1, Scalar(0.5)}), 1, 1, 2, 1);
  CHECK(picture.width == 5);
  CHECK(picture.height == 5);
  CHECK(picture.at(1, 1)[0] == 0);
  CHECK(picture.at(3, 1)[0] == 255);
  CHECK(picture.at(1, 3)[0] == 128);
  CHECK(picture.at(3, 3)[0] == 96);  // nothing hangs here
  CHECK(grid(Tensor({3, 1}, {0, 1, 1}), 1, 1, 9, 1).width == 7);
  CHECK_FAILS(grid(Tensor::zeros({2, 5}), 2, 2, 3), "grid: [2, 5] is not a row of images of 2 x 2");
  CHECK_FAILS(grid(Tensor::zeros({2, 4}), 2, 2, 0), "grid: 0 columns, expected at least 1");
  CHECK_FAILS(grid(Tensor::zeros({2, 4}), 2, 2, 2, 9000), "expected at most 20000 on each side");
}

TEST_CASE("NaN is visible in a picture") {
  const Picture picture = rows({Tensor({1, 2}, {std::numeric_limits<Scalar>::quiet_NaN(), 1})}, 1, 2, 1);
  CHECK(std::vector<int>(picture.at(1, 1), picture.at(1, 1) + 3) == std::vector<int>{213, 94, 0});
  CHECK(picture.at(2, 1)[2] == 255);
}

TEST_CASE("a decoder gets every pixel of a PNG back") {
  Picture picture(31, 17, 0);
  for (std::size_t i = 0; i < picture.pixels.size(); ++i)
    picture.pixels[i] = static_cast<std::uint8_t>(i * i * 37 / 11);
  const auto png = picture.png();
  int width = 0, height = 0, channels = 0;
  std::uint8_t* pixels = stbi_load_from_memory(png.data(), static_cast<int>(png.size()), &width, &height, &channels, 0);
  REQUIRE(pixels != nullptr);
  CHECK(width == 31);
  CHECK(height == 17);
  CHECK(channels == 3);
  CHECK(std::equal(picture.pixels.begin(), picture.pixels.end(), pixels));
  stbi_image_free(pixels);
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
  page.set_status("training", true);
  CHECK(page.html().find("<b>") == std::string::npos);
  CHECK(page.html().find("a &amp; b") != std::string::npos);
  CHECK(page.html().find("&quot;x&quot;") != std::string::npos);
  CHECK(page.html().find("http-equiv=\"refresh\"") != std::string::npos);
  page.set_status("");
  CHECK(page.html().find("http-equiv=\"refresh\"") == std::string::npos);
  page.add_html("T", "other", "<p>new</p>");  // takes the table's place
  CHECK(page.html().find("&quot;x&quot;") == std::string::npos);
  page.add_chart("C", "text", {"t", "x", "y", {{"<s>", {1, 2}, {3, 4.5}}}, false});
  CHECK(page.html().find("<s>") == std::string::npos);
  CHECK(page.html().find("<td>4.5</td>") != std::string::npos);  // the numbers, for those who cannot see the chart
  for (const char* outside : {"src=\"http", "href=\"http", "@import", "url(http"})
    CHECK(page.html().find(outside) == std::string::npos);
}

TEST_CASE("a chart leaves out what is not a number") {
  const Chart chart{"t", "x", "y", {{"s", {1, 2, 3}, {1, std::nan(""), 3}}}, false};
  const auto json = nlohmann::json::parse(chart.json());
  CHECK(json["data"]["datasets"][0]["data"].size() == 2);
  CHECK(chart.draw(300, 200).width == 300);
  const Chart without{"t", "x", "y", {{"s", {1, 3}, {1, 3}}}, false};
  CHECK(chart.draw(300, 200).pixels == without.draw(300, 200).pixels);  // the line goes on to the next point
}

TEST_CASE("a chart in the page carries its numbers as a table, and its shape as its configuration") {
  Chart chart{"t", "epoch", "nats", {{"a", {1, 2}, {0.5, 2}}, {"b", {2, 3}, {3, 4}}}, true};
  const Table table = chart.table();
  CHECK(table.header == std::vector<std::string>{"epoch", "a", "b"});
  CHECK(table.rows == std::vector<std::vector<std::string>>{{"1", "0.5", ""}, {"2", "2", "3"}, {"3", "", "4"}});
  auto json = nlohmann::json::parse(chart.json());
  CHECK(json["options"]["scales"]["y"]["type"] == "logarithmic");
  CHECK(json["options"]["scales"]["x"]["ticks"]["precision"] == 0);
  CHECK(json["options"]["plugins"]["title"]["text"] == "nats");
  chart.log_y = false;
  json = nlohmann::json::parse(chart.json());
  CHECK(json["options"]["scales"]["y"]["beginAtZero"] == true);
  chart.series[1].y.pop_back();
  for (const auto& show : std::vector<std::function<void()>>{
           [&] { chart.draw(); }, [&] { static_cast<void>(chart.json()); }, [&] { static_cast<void>(chart.table()); }})
    CHECK_FAILS(show(), "chart: the series 'b' has 2 x and 1 y");
}

TEST_CASE("a chart is drawn whatever its numbers are") {
  const double nan = std::nan(""), inf = std::numeric_limits<double>::infinity(),
               most = std::numeric_limits<double>::max();
  for (const double value : {nan, inf, -inf, most, -most, 1e30, 1e17, 0.0, 1e-300})
    for (const bool log : {false, true})
      for (const double other : {value, value + 64, 1.0}) {
        const Chart chart{"σ² – “t”", "x", "y", {{"é", {1, 2, value}, {value, other, 1}}}, log};
        const Picture picture = chart.draw(300, 200);
        bool ink = false;  // the axis at least
        for (const std::uint8_t pixel : picture.pixels) ink = ink || pixel < 100;
        CHECK(ink);
        CHECK(nlohmann::json::accept(chart.json()));
      }
}

TEST_CASE("ticks are round and lie on the axis") {
  using Numbers = std::vector<double>;
  const auto labels = [](const Numbers& values, bool log, int wanted) {
    std::string joined;
    for (const double tick : Axis(values, log).ticks(wanted)) joined += (joined.empty() ? "" : " ") + tick_label(tick);
    return joined;
  };
  CHECK(labels({-0.7e-9, 0, 0.5e-9}, false, 6) == "-6e-10 -4e-10 -2e-10 0 2e-10 4e-10");
  CHECK(labels({0.1, 0.5}, false, 4) == "0.1 0.2 0.3 0.4 0.5");
  CHECK(labels({1, 2, 3}, false, 8) == "1 2 3");  // no epoch 1.5
  CHECK(labels({1}, false, 8) == "0 1 2");
  CHECK(labels({2, 8}, true, 6) == "2 5");
  CHECK(labels({2.2, 4.4}, true, 4) == "3 4");  // no 1, 2 or 5 twice: as on a linear axis
  CHECK(labels({0.001, 1000}, true, 6) == "0.001 0.01 0.1 1 10 100 1000");
  CHECK(labels({1e-30, 1}, true, 3) == "1e-30 1e-20 1e-10 1");
}

TEST_CASE("positions on an axis run from 0 to 1") {
  const Axis line({2, 6}, false), log({1, 100}, true);
  CHECK(line.place(2) == 0);
  CHECK(line.place(5) == 0.75);
  CHECK(log.place(10) == doctest::Approx(0.5));
  CHECK(!log.shows(0));
  Axis zero({2, 6}, false), waste({5, 6}, false);
  zero.begin_at_zero();
  waste.begin_at_zero();
  CHECK(zero.low() == 0);
  CHECK(waste.low() == 5);
}

TEST_CASE("letters beyond ASCII are spelt, since the font has none") {
  CHECK(spell("β = 0.5, σ² – x") == "beta = 0.5, sigma^2 - x");
  CHECK(spell("é\t\x7f\xff") == "????");
  CHECK(Canvas::text_width("β", 2) == Canvas::text_width("beta", 2));
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

TEST_CASE("a history that holds anything but numbers is refused") {
  CHECK_FAILS(History::parse("epoch,a\n1,1x\n", "file"), "file: '1x' in the history is not a number");
  CHECK_FAILS(History::parse("epochs,a\n1,1\n", "file"), "file: the history does not start with 'epoch'");
  CHECK_FAILS(History::parse("epoch,a\n,1\n", "file"), "file: a row of the history begins with '', expected an epoch");
  CHECK_FAILS(History::parse("epoch,a\n1.5,1\n", "file"), "begins with '1.5', expected an epoch");
  CHECK_FAILS(History::parse("epoch,a\n1e300,1\n", "file"), "begins with '1e300', expected an epoch");
  CHECK_FAILS(History::parse("epoch,a\n1,nan\n", "file"), "file: 'nan' in the history is not a number");
  CHECK_FAILS(History::parse("epoch,a\n1,-nan\n", "file"), "file: '-nan' in the history is not a number");
  CHECK_FAILS(History::parse("epoch,a,b,a\n1,1,2,3\n", "file"), "file: the history has the column 'a' twice");
  CHECK_FAILS(History::parse("epoch,epoch\n1,1\n", "file"), "file: the column 'epoch' cannot be named");
  CHECK_FAILS(History::parse("epoch,\n1,1\n", "file"), "file: the column '' cannot be named");
  CHECK_FAILS(History::parse("epoch,a\n2,1\n1,1\n", "file"), "file: epoch 1 of the history follows epoch 2");
  CHECK_FAILS(History::parse("epoch,a\n1,1\n1,1\n", "file"), "file: epoch 1 of the history follows epoch 1");
  CHECK_FAILS(History::parse("epoch,a\n1,0.25", "file"), "file: the history breaks off within its last line");
  CHECK_FAILS(History::parse("epoch,a\n1,1\0\n2,1\n"s, "file"), "file: '1");
  History history;
  CHECK_FAILS(history.set(1, "epoch", 1), "history: the column 'epoch' cannot be named in a CSV file");
  CHECK_FAILS(history.set(1, "a,b", 1), "history: the column 'a,b' cannot be named in a CSV file");
  history.set(1, "a", std::numeric_limits<double>::infinity());
  CHECK(std::isinf(History::parse(history.csv(), "file").rows[0][1]));
  history.set(0, "a", 2);  // whatever comes when, epochs ascend
  CHECK(history.csv() == "epoch,a\n0,2\n1,inf\n");
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
  const Metrics back = Metrics::parse(metrics.json(), "x");
  CHECK(back.json() == metrics.json());
  CHECK(std::isnan(back.values.at("diverged")));
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

TEST_CASE("the pace is that of this process, without what lies between epochs") {
  Pace pace;
  pace.update(30128, 0.05, 10);  // resumed in the middle of an epoch
  CHECK(pace.images_per_second() < 0);
  CHECK(pace.seconds_left() < 0);
  pace.update(30256, 0.10, 10.5);
  CHECK(pace.images_per_second() == 256);
  CHECK(pace.seconds_left() == doctest::Approx(9));
  pace.update(128, 0.15, 20.5);  // the next epoch, after ten seconds of measuring
  CHECK(pace.images_per_second() == 256);
  pace.update(256, 0.20, 21);
  CHECK(pace.images_per_second() == 256);
}

TEST_CASE("a progress line is never longer than the terminal, and leaves out what matters least") {
  const Standing at{3, 10, 0.5, 12.345, "squared error per image", 123456, 131};
  const auto letters = [](const std::string& text) {
    return std::count_if(text.begin(), text.end(), [](char c) { return (c & 0xC0) != 0x80; });
  };
  for (int width = 0; width <= 200; ++width) CHECK(letters(progress_line(at, width)) <= width);
  const std::string wide = progress_line(at, 120);
  CHECK(wide.ends_with("  12.35 squared error per image | 123456 images/s | 2:11 min left"));
  CHECK(wide.starts_with("epoch 3/10 ━━━━━━━━━━━━━━━╌"));
  CHECK(progress_line(at, 70).find("images/s") == std::string::npos);
  CHECK(progress_line(at, 70).find("2:11 min left") != std::string::npos);
  CHECK(progress_line(at, 20) == "epoch 3/10  12.35");
  CHECK(progress_line({3, 10, 0.5, 1, "nats", -1, -1}, 21) == "epoch 3/10  1.00 nats");
  CHECK(progress_line({3, 10, 0.5, 1, "nats", -1, 7500}, 40).ends_with("2:05 h left"));
}
