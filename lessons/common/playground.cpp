#include "lessons/common/playground.h"

#include <fmt/format.h>

#include <filesystem>

#include <hourglass/report/table.h>

namespace hourglass::HOURGLASS_BUILD {

std::string playground_link(const std::string& lesson, const std::string& out) {
  namespace fs = std::filesystem;
  const fs::path folder = fs::path(HOURGLASS_DATA).parent_path() / "docs/playground";
  if (lesson.find_first_not_of("0123456789") != 2 || !fs::exists(folder)) return "";
  const std::string path = fs::proximate(folder / "index.html", fs::absolute(out)).generic_string();
  const std::string number = lesson.substr(0, 2);
  return fmt::format(
      "Train such a model interactively: <a href=\"{}#lesson={}\">the playground</a>, which "
      "<code>./course play {}</code> writes.",
      report::escape(path), number, number);
}

}  // namespace hourglass::HOURGLASS_BUILD
