#pragma once
#include <string>
#include <vector>

#include <hourglass/tensor/scalar.h>

namespace hourglass::HOURGLASS_BUILD::report {

/// What another program made of its input.
struct Output {
  bool found = false;  ///< whether it is installed
  int status = 0;      ///< its exit status; 128 + n where signal n ended it
  std::string text;    ///< its standard output, and behind it, where the status is not 0, its standard error
};

/// Runs a program of the PATH, `input` at its standard input. No shell stands between: nothing in the arguments or in
/// the input can become a command. Throws where the system starts no process or has no temporary file.
Output run_program(const std::vector<std::string>& command, const std::string& input);

}  // namespace hourglass::HOURGLASS_BUILD::report
