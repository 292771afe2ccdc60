#include <algorithm>
#include <cmath>
#include <cstdio>
#include <fstream>
#include <limits>
#include <nlohmann/json.hpp>

#define STB_IMAGE_IMPLEMENTATION
#define STB_IMAGE_STATIC
#define STBI_ONLY_PNG
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wunused-function"
#include <stb/stb_image.h>
#pragma GCC diagnostic pop

#include <hourglass/report/gnuplot.h>
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

TEST_CASE("labelled rows stand beside their labels in the page, and in the file") {
  const Tensor x = Tensor::zeros({3, 16});
  Picture picture = rows({{"test <image>", x}, {"reconstruction", x}}, 4, 4, 3);
  CHECK(picture.row_labels == std::vector<std::string>{"test <image>", "reconstruction"});
  picture.column_labels = {"1", "2", "3"};
  Page page("t", "q");
  page.add_picture("P", "text", picture);
  CHECK(page.html().find("<div class=\"rows\"><span>test &lt;image&gt;</span><span>reconstruction</span></div>") !=
        std::string::npos);
  CHECK(page.html().find("<div class=\"columns\"><span>1</span>") != std::string::npos);
  const Output drawn = png(picture);
  REQUIRE(drawn.found);
  REQUIRE(drawn.status == 0);
  int width = 0, height = 0, channels = 0;
  std::uint8_t* pixels = stbi_load_from_memory(reinterpret_cast<const std::uint8_t*>(drawn.text.data()),
                                               static_cast<int>(drawn.text.size()), &width, &height, &channels, 3);
  REQUIRE(pixels != nullptr);
  CHECK(width > picture.width + 100);  // the labels stand to the left
  CHECK(height == picture.height + 28);
  int differ = 0;  // the picture itself is as it was, but for an edge that lies between two pixels
  for (int y = 0; y < picture.height; ++y)
    for (int i = 0; i < picture.width; ++i)
      differ += pixels[3 * ((y + 28) * width + width - picture.width + i)] != picture.at(i, y)[0];
  CHECK(differ * 5 < picture.width * picture.height);
  stbi_image_free(pixels);
}

TEST_CASE("a page opens with what must be known first, and a section can be taken away") {
  Page page("t", "q");
  page.set_notice("a quick run & no result");
  page.add_html("A", "first", "<p>body</p>");
  CHECK(page.html().find("role=\"note\">a quick run &amp; no result<") < page.html().find("class=\"facts\""));
  page.remove("A");
  CHECK(page.html().find("body</p>") == std::string::npos);
  CHECK(Page("t", "q").html().find("class=\"notice\"") == std::string::npos);
}

TEST_CASE("a number that is rounded to zero has no sign in a table") {
  const Table table{{"x", "y"}, {{"a", "-0.000"}, {"b", "-0.010"}, {"c", "-0.00%"}}};
  CHECK(table.text().find("-0.000") == std::string::npos);
  CHECK(table.html().find("<td>0.000</td>") != std::string::npos);
  CHECK(table.html().find("<td>-0.010</td>") != std::string::npos);
  CHECK(table.html().find("<td>0.00%</td>") != std::string::npos);
}

TEST_CASE("identifiers become words") { CHECK(words("posterior_mean") == "posterior mean"); }

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
