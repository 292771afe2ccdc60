#pragma once
#include <fstream>
#include <set>
#include <string>

#include "tests/check.h"

/// The names of all ops that autograd/ops.h declares: `Variable name(` at the start of a line. Operators are spellings.
inline std::set<std::string> declared_ops() {
  std::ifstream header(HOURGLASS_SOURCE "/autograd/ops.h");
  REQUIRE(header.good());
  std::set<std::string> names;
  for (std::string line; std::getline(header, line);) {
    if (line.starts_with("inline ")) line.erase(0, 7);
    const std::size_t end = line.find('(');
    if (!line.starts_with("Variable ") || end == std::string::npos) continue;
    const std::string name = line.substr(9, end - 9);
    if (!name.starts_with("operator")) names.insert(name);
  }
  return names;
}
