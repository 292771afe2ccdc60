#pragma once
#include <cmath>
#include <fstream>
#include <sstream>
#include <string>
#include <vector>

#include <hourglass/tensor/print.h>
#include "tests/check.h"

/// Prints each array of tests/oracles/printed.txt that this build can hold, and compares it with what NumPy prints.
inline void check_printing() {
  using namespace hourglass;
  std::ifstream file(HOURGLASS_SOURCE "/tests/oracles/printed.txt");
  REQUIRE(file.good());
  int compared = 0;
  for (std::string head; std::getline(file, head);) {
    std::string expected;
    for (std::string line; std::getline(file, line) && line != "--";) expected += (expected.empty() ? "" : "\n") + line;
    if (!head.starts_with(sizeof(Scalar) == 4 ? "f32 " : "f64 ")) continue;
    std::vector<Index> sizes;
    std::istringstream shape(head.substr(5, head.find(']') - 5));
    for (std::string size; std::getline(shape, size, ',');) sizes.push_back(std::stol(size));
    Tensor x{Shape(sizes)};
    std::istringstream rest(head.substr(head.find(']') + 2));
    std::string kind, word;
    rest >> kind >> word;
    for (Index i = 0; i < x.numel(); ++i) {
      x.write_()[i] = static_cast<Scalar>(kind == "count" ? static_cast<double>(i) * std::stod(word) : std::stod(word));
      if (kind == "of") rest >> word;
    }
    std::ostringstream found;
    found << x;
    CHECK(found.str() == expected);
    ++compared;
  }
  CHECK(compared == 25);
  CHECK(to_string(Tensor()) == "[]");
}
