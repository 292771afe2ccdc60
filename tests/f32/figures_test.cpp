#include "lessons/common/figures.h"

#include <cstdio>
#include <cstdlib>

#include <hourglass/io/reader.h>
#include "tests/check.h"

using namespace hourglass;

namespace {

std::string text(const std::string& file) {
  const io::Bytes bytes = io::read_file(file, 1 << 22);
  return {bytes.begin(), bytes.end()};
}

bool contains(const std::string& text, const std::string& part) { return text.find(part) != std::string::npos; }

const report::Chart chart{"A chart", "x", "y", {{"line", {1, 2}, {3, 4}}}, false};

}  // namespace

TEST_CASE("pictures and charts become files, and with tables and widgets sections of the page") {
  const TemporaryFolder folder;
  const std::string lines = folder / "lines";
  std::FILE* out = std::fopen(lines.c_str(), "w");
  report::Progress progress(out);
  Figures figures(folder.path.string(), {"Title", "Question?"}, progress);
  figures.show("picture", "One picture", "all black", report::Picture(2, 3, 0));
  figures.show("chart", "One chart", "rising", chart);
  figures.show("One table", "of one row", report::Table{{"name", "value"}, {{"row", "12.5"}}});
  figures.show("One widget", "to press", play::Widget{"<p id='widget'></p>"});
  figures.show_architecture("digraph {}");
  CHECK_FALSE(std::filesystem::exists(folder / "picture.png"));  // files are written at the end
  figures.write_files();
  const auto png = text(folder / "picture.png");
  CHECK(contains(png, "PNG"));
  CHECK(contains(text(folder / "chart.png"), "PNG"));
  CHECK(contains(text(folder / "chart.svg"), "<svg"));
  CHECK(text(folder / "architecture.dot") == "digraph {}");
  CHECK_FALSE(std::filesystem::exists(folder / "report.html"));
  figures.write();
  const std::string page = text(folder / "report.html");
  for (const char* part :
       {"Title", "Question?", "One picture", "One chart", "One table", "12.5", "<p id='widget'></p>"})
    CHECK_MESSAGE(contains(page, part), part);
  CHECK(contains(page, play::script()));
  std::fclose(out);
  CHECK(contains(text(lines), "One table\n"));
  CHECK(contains(text(lines), "12.5"));

  figures.show("picture", "One picture", "all white", report::Picture(2, 3, 255));
  figures.write_files();
  CHECK(text(folder / "picture.png") != png);
  CHECK(contains(figures.page.html(), "all white"));
  CHECK_FALSE(contains(figures.page.html(), "all black"));
}

TEST_CASE("the errors become a chart, where there are any") {
  const TemporaryFolder folder;
  report::Progress progress;
  Figures figures(folder.path.string(), {"Title", "Question?"}, progress);
  figures.show_error({}, "nats per image");
  figures.write_files();
  CHECK_FALSE(std::filesystem::exists(folder / "error.png"));
  figures.show_error({{"training", {1}, {5}}, {"test", {1}, {6.5}}}, "nats per image");
  figures.show("later", "A later figure", "", chart);
  figures.show_error({{"training", {1}, {5}}, {"test", {1}, {6.5}}}, "nats per image");
  CHECK(figures.page.html().find("A later figure") < figures.page.html().find("Error over the epochs"));
  figures.write_files();
  CHECK(std::filesystem::exists(folder / "error.svg"));
  const std::string page = figures.page.html();
  for (const char* part : {"Error over the epochs", "nats per image", "training", "test", "6.5"})
    CHECK_MESSAGE(contains(page, part), part);
}

TEST_CASE("without gnuplot a run leaves out its charts' files and the labels, and says so in one line") {
  const TemporaryFolder folder;
  const std::string lines = folder / "lines";
  std::FILE* out = std::fopen(lines.c_str(), "w");
  report::Progress progress(out);
  Figures figures(folder.path.string(), {"Title", "Question?"}, progress);
  figures.show("chart", "One chart", "rising", chart);
  figures.show("other", "Another chart", "rising", chart);
  figures.show("rows", "Rows", "text", report::rows({{"a row", Tensor::zeros({1, 4})}}, 2, 2));
  const std::string path = std::getenv("PATH");
  setenv("PATH", folder.path.c_str(), 1);
  figures.write_files();
  setenv("PATH", path.c_str(), 1);
  std::fclose(out);
  CHECK_FALSE(std::filesystem::exists(folder / "chart.svg"));
  CHECK(contains(text(folder / "rows.png"), "PNG"));
  CHECK(text(lines) ==
        "note: gnuplot is not installed (Debian's package gnuplot-nox): the files of the charts and the labels of the "
        "pictures are left out; report.html has them\n");
}
