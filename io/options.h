#pragma once
#include <CLI/CLI.hpp>
#include <cstdint>
#include <string>

#include <hourglass/tensor/scalar.h>

namespace hourglass::HOURGLASS_BUILD::io {

/// Reads the command line; ends the program on `--help`. Throws, naming the option, what was expected and
/// what was found.
void parse_options(CLI::App& app, int argc, char** argv);

/// For an option of CLI11 (`->transform`): a whole number from low to high, both included, in decimal digits: 010 is
/// ten, where CLI11 by itself takes it for octal. Anything else is refused, naming the option, the range and what was
/// found.
CLI::Validator whole_number(std::uint64_t low, std::uint64_t high);

/// Likewise a number of `unit` (such as "seconds") from low to high; without `high`, any finite number from low. Not a
/// number is refused, and so is infinity.
/// @{
CLI::Validator real_number(const std::string& unit, double low);
CLI::Validator real_number(const std::string& unit, double low, double high);
/// @}

}  // namespace hourglass::HOURGLASS_BUILD::io
