// The checker of one task: it is linked with the task's tests and the student's file. It reports in words what
// does not hold; with `--json LESSON TASK` it reports it for a grading script. Its status is 0 if all holds.
#define DOCTEST_CONFIG_IMPLEMENT
#include "lessons/common/exercise/judge.h"

#include <algorithm>
#include <cmath>
#include <cstdio>
#include <iostream>
#include <nlohmann/json.hpp>
#include <sstream>
#include <vector>

#include <hourglass/tensor/error.h>

namespace hourglass::HOURGLASS_BUILD {
namespace {

std::string number(double x) {
  std::ostringstream text;
  text.precision(10);
  text << x;
  return text.str();
}

// NaN is far from everything.
bool close(double found, double expected, double tolerance) {
  return std::abs(found - expected) <= tolerance * std::max(1.0, std::abs(expected));
}

void complain(const std::string& what) { ADD_FAIL_CHECK_AT("", 0, what); }

}  // namespace

std::string show(const Tensor& x) {
  if (x.empty()) return "an empty tensor";
  std::string shown = text(x.shape(), " {");
  const auto values = x.values();
  for (std::size_t i = 0; i < values.size() && i < 8; ++i) shown += (i ? ", " : "") + number(values[i]);
  return shown + (values.size() > 8 ? ", …}" : "}");
}

void expect(bool holds, const std::string& what) {
  if (!holds) complain("expected: " + what);
}

void expect_close(const std::string& what, double found, double expected, double tolerance) {
  if (!close(found, expected, tolerance))
    complain(what + ": expected " + number(expected) + ", found " + number(found));
}

void expect_close(const std::string& what, const Tensor& found, const Tensor& expected, double tolerance) {
  if (found.empty()) return complain(what + ": expected the shape " + text(expected.shape()) + ", found nothing");
  if (found.shape() != expected.shape())
    return complain(what + ": expected the shape " + text(expected.shape()) + ", found " + text(found.shape()));
  for (std::size_t i = 0; i < expected.values().size(); ++i)
    if (!close(found.values()[i], expected.values()[i], tolerance))
      return complain(what + ": expected " + show(expected) + ", found " + show(found) +
                      "; they differ first at number " + std::to_string(i));
}

void expect_right(const std::string& what, const GradcheckVerdict& verdict) {
  if (!verdict) complain(what + ": " + verdict.text);
}

namespace {

// The reports of the test cases, in order, and their format.
struct Case {
  std::string name;
  bool holds = true;
  std::vector<std::string> complaints;
};
std::vector<Case> cases;
const char* json_lesson = nullptr;
const char* json_task = nullptr;

int holding() {
  return static_cast<int>(std::count_if(cases.begin(), cases.end(), [](const Case& one) { return one.holds; }));
}
void say();
void say_json();

struct Listener final : doctest::IReporter {
  explicit Listener(const doctest::ContextOptions&) {}
  void report_query(const doctest::QueryData&) override {}
  void test_run_start() override {}
  void test_run_end(const doctest::TestRunStats&) override { json_lesson ? say_json() : say(); }  // after a crash, too
  void test_case_start(const doctest::TestCaseData& data) override { cases.push_back({data.m_name, true, {}}); }
  void test_case_reenter(const doctest::TestCaseData&) override {}
  void test_case_end(const doctest::CurrentTestCaseStats& stats) override {
    cases.back().holds = cases.back().holds && stats.testCaseSuccess;
  }
  void test_case_exception(const doctest::TestCaseException& exception) override {
    std::string what = exception.error_string.c_str();
    if (exception.is_crash) what = "the program ended: " + what;
    complain(what);
  }
  void subcase_start(const doctest::SubcaseSignature&) override {}
  void subcase_end() override {}
  void log_assert(const doctest::AssertData& data) override {
    if (!data.m_failed) return;
    complain(data.m_threw ? std::string(data.m_exception.c_str())
                          : std::string("expected ") + data.m_expr + ", found " + data.m_decomp.c_str());
  }
  void log_message(const doctest::MessageData& data) override { complain(data.m_string.c_str()); }
  void test_case_skipped(const doctest::TestCaseData&) override {}

 private:
  static void complain(const std::string& what) {
    cases.back().holds = false;
    cases.back().complaints.push_back(what);
  }
};
REGISTER_REPORTER("judge", 1, Listener);

void say() {
  std::vector<std::string> said;  // a stub has the same message in every case: once is enough
  for (const Case& one : cases) {
    std::printf("  %s %s\n", one.holds ? "✓" : "✗", one.name.c_str());
    for (const std::string& complaint : one.complaints) {
      if (std::find(said.begin(), said.end(), complaint) == said.end()) std::printf("      %s\n", complaint.c_str());
      said.push_back(complaint);
    }
  }
  std::printf("%d of %d hold\n", holding(), static_cast<int>(cases.size()));
  std::fflush(stdout);
}

void say_json() {
  const int passed = holding(), all = static_cast<int>(cases.size());
  nlohmann::ordered_json verdict = {{"lesson", json_lesson}, {"task", json_task}, {"compiled", true}};
  verdict["solved"] = passed == all;
  verdict["passed"] = passed;
  verdict["failed"] = all - passed;
  verdict["messages"] = nlohmann::json::array();
  for (const Case& one : cases)
    for (const std::string& complaint : one.complaints) verdict["messages"].push_back(one.name + ": " + complaint);
  std::printf("%s\n", verdict.dump(-1, ' ', false, nlohmann::json::error_handler_t::replace).c_str());
  std::fflush(stdout);
}

}  // namespace
}  // namespace hourglass::HOURGLASS_BUILD

int main(int argc, char** argv) {
  using namespace hourglass;
  doctest::Context context;
  if (argc == 4 && std::string(argv[1]) == "--json") json_lesson = argv[2], json_task = argv[3];
  context.setOption("reporters", "judge");
  context.run();
  return !cases.empty() && holding() == static_cast<int>(cases.size()) ? 0 : 1;
}
