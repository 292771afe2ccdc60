#include <hourglass/io/terminal.h>

#include <unistd.h>

#include <cstdlib>
#include <string_view>

namespace hourglass::HOURGLASS_BUILD::io {

bool takes_escapes(std::FILE* out) {
  const auto variable = [](const char* name) {
    const char* value = std::getenv(name);
    return std::string_view(value ? value : "");
  };
  return isatty(fileno(out)) != 0 && variable("NO_COLOR").empty() && !variable("TERM").empty() &&
         variable("TERM") != "dumb";
}

}  // namespace hourglass::HOURGLASS_BUILD::io
