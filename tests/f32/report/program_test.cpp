#include <hourglass/report/program.h>

#include "tests/check.h"

using namespace hourglass;

TEST_CASE("a program gets its input, and its output, its status and its complaint come back") {
  const std::string all("\0\1\nx", 4);
  const report::Output copy = report::run_program({"cat"}, all);
  CHECK(copy.found);
  CHECK(copy.status == 0);
  CHECK(copy.text == all);
  const report::Output failed = report::run_program({"sh", "-c", "echo out; echo err >&2; exit 3"}, "");
  CHECK(failed.status == 3);
  CHECK(failed.text == "out\nerr\n");
  CHECK(report::run_program({"sh", "-c", "kill -9 $$"}, "").status == 128 + 9);
}

TEST_CASE("a program that is not installed is not found, and its arguments are no commands") {
  CHECK_FALSE(report::run_program({"no-such-program-of-hourglass"}, "").found);
  CHECK(report::run_program({"echo", "$(id)", ";", "id"}, "").text == "$(id) ; id\n");
}
