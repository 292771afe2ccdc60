#include "lessons/common/playground.h"
#include "tests/check.h"

using namespace hourglass;

TEST_CASE("playground: a report links to its lesson's state, by a path from where it lies") {
  const std::string source = HOURGLASS_SOURCE;
  CHECK(playground_link("09_variational", source + "/out/09_variational")
            .find("<a href=\"../../docs/playground/index.html#lesson=09\">") != std::string::npos);
  CHECK(playground_link("09_variational", source).find("<a href=\"docs/playground/index.html#lesson=09\">") !=
        std::string::npos);
  CHECK(playground_link("program", source).empty());
}
