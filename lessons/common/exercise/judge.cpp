// The checker of one task: it is linked with the task's tests and the student's files. It reports in words what
// does not hold; with `--json LESSON TASK` it reports it for a grading script. Its status is 0 if all holds.
#define DOCTEST_CONFIG_IMPLEMENT
#include "lessons/common/exercise/judge.h"

#include <unistd.h>

#include <algorithm>
#include <csignal>
#include <cstdio>
#include <cstdlib>
#include <iostream>
#include <nlohmann/json.hpp>
#include <vector>

namespace hourglass::HOURGLASS_BUILD {
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
bool only_first = false;
bool crashed = false;

int holding() {
  return static_cast<int>(std::count_if(cases.begin(), cases.end(), [](const Case& one) { return one.holds; }));
}
bool all_hold() { return holding() == static_cast<int>(cases.size()); }
void say();

struct Listener final : doctest::IReporter {
  explicit Listener(const doctest::ContextOptions&) {}
  void report_query(const doctest::QueryData&) override {}
  void test_run_start() override {}
  void test_run_end(const doctest::TestRunStats&) override {
    if (crashed) say();  // `main` does not go on
  }
  void test_case_start(const doctest::TestCaseData& data) override { cases.push_back({data.m_name, true, {}}); }
  void test_case_reenter(const doctest::TestCaseData&) override {}
  void test_case_end(const doctest::CurrentTestCaseStats& stats) override {
    cases.back().holds = cases.back().holds && stats.testCaseSuccess;
  }
  void test_case_exception(const doctest::TestCaseException& exception) override {
    std::string what = exception.error_string.c_str();
    if (exception.is_crash) {
      what = "the program ended: " + what;
      crashed = true;
    }
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

void say_complaints(const Case& one, std::vector<std::string>& said) {
  constexpr std::size_t most = 2;  // of many of one kind two are enough
  for (std::size_t i = 0; i < one.complaints.size() && i < most; ++i) {
    const std::string& complaint = one.complaints[i];
    if (std::find(said.begin(), said.end(), complaint) == said.end()) std::printf("      %s\n", complaint.c_str());
    said.push_back(complaint);
  }
  if (one.complaints.size() > most) std::printf("      … and %zu more\n", one.complaints.size() - most);
}

void say_text() {
  std::vector<std::string> said;  // a stub has the same message in every case: once is enough
  for (const Case& one : cases) {
    std::printf("  %s %s\n", one.holds ? "✓" : "✗", one.name.c_str());
    say_complaints(one, said);
    if (!one.holds && only_first) break;
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

void say() { json_lesson ? say_json() : say_text(); }

// The limit of processor time: names the test that was running (judge.sh).
void out_of_time(int) {
  if (cases.empty()) std::_Exit(125);
  const std::string& name = cases.back().name;
  const bool named = write(STDOUT_FILENO, name.data(), name.size()) >= 0;
  std::_Exit(named ? 124 : 125);
}

// Runs the test cases that this filter leaves of those made for a piece of the engine.
void run(const char* filter) {
  doctest::Context context;
  context.setOption("reporters", "judge");
  context.addFilter(filter, "*/engine/*");
  context.run();
}

}  // namespace
}  // namespace hourglass::HOURGLASS_BUILD

int main(int argc, char** argv) {
  using namespace hourglass;
  if (argc == 4 && std::string(argv[1]) == "--json") json_lesson = argv[2], json_task = argv[3];
  std::signal(SIGXCPU, out_of_time);
  only_first = argc == 2 && std::string(argv[1]) == "--first";
  run("source-file");  // the tests made for a piece come first; when they hold, the project's own
  if (all_hold()) run("source-file-exclude");
  say();
  return !cases.empty() && all_hold() ? 0 : 1;
}
