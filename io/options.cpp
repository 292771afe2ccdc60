#include <hourglass/io/options.h>

#include <fmt/format.h>

#include <charconv>
#include <cstdlib>
#include <limits>

#include <hourglass/tensor/error.h>

namespace hourglass::HOURGLASS_BUILD::io {
namespace {

// The whole text as a number from low to high, by the rules of no locale; NaN lies in no range.
template <class Number>
bool is_number(const std::string& text, Number low, Number high, Number& value) {
  const char* end = text.data() + text.size();
  const auto result = std::from_chars(text.data(), end, value);
  return result.ec == std::errc() && result.ptr == end && value >= low && value <= high;
}

std::string refusal(const std::string& expected, const std::string& found) {
  return "expected " + expected + ", found '" + found + "'";
}

CLI::Validator real_number(const std::string& expected, const std::string& range, double low, double high) {
  const auto check = [=](std::string& text) {
    double value = 0;
    return is_number(text, low, high, value) ? "" : refusal(expected, text);
  };
  return {check, range};
}

}  // namespace

void parse_options(CLI::App& app, int argc, char** argv) {
  try {
    app.parse(argc, argv);
  } catch (const CLI::Success& help) {
    std::exit(app.exit(help));
  } catch (const CLI::ArgumentMismatch& error) {  // "--seed: 1 required UINT missing" and the like
    const std::string said = error.what();
    const bool none = said.ends_with("missing");
    fail(said.substr(0, said.find(':')), ": expected one value, found ", none ? "none" : "several");
  } catch (const CLI::ParseError& error) {
    fail(error.what());
  }
}

CLI::Validator whole_number(std::uint64_t low, std::uint64_t high) {
  const std::string range = fmt::format("{} to {}", low, high);
  const auto check = [=](std::string& text) {
    std::uint64_t value = 0;
    if (!is_number(text, low, high, value)) return refusal("a whole number from " + range, text);
    text = std::to_string(value);
    return std::string();
  };
  return {check, range};
}

CLI::Validator real_number(const std::string& unit, double low) {
  const std::string range = fmt::format("{} or more", low);
  return real_number(unit + ", " + range, range, low, std::numeric_limits<double>::max());
}

CLI::Validator real_number(const std::string& unit, double low, double high) {
  const std::string range = fmt::format("{} to {}", low, high);
  return real_number(unit + " from " + range, range, low, high);
}

}  // namespace hourglass::HOURGLASS_BUILD::io
