#pragma once
#include <algorithm>
#include <cmath>
#include <concepts>
#include <fstream>
#include <iterator>
#include <nlohmann/json.hpp>
#include <regex>
#include <set>
#include <span>
#include <sstream>
#include <string>
#include <vector>

#include <hourglass/nn/layer.h>
#include "tests/check.h"

// docs/pytorch.md against this program: each row of its tables must be compiled here, in the same order, and must have
// the value that PyTorch has (tests/oracles/pytorch.jsonl, made by tools/python/pytorch_table.py). The section "Data"
// is compiled in tests/f32, the others in tests/f64.
namespace pytorch {

using namespace hourglass;

/// A value as a list of numbers, or as a text.
struct Value {
  std::vector<Index> sizes;
  std::vector<double> numbers;
  std::string text;

  Value(const Tensor& x)
      : sizes(x.shape().sizes().begin(), x.shape().sizes().end()), numbers(x.values().begin(), x.values().end()) {}
  Value(const Variable& x) : Value(x.value()) {}
  Value(const Shape& shape) : Value(shape.sizes()) {}
  Value(const std::string& t) : text(t) {}
  template <class T>
  requires std::is_arithmetic_v<T> Value(T number) : numbers{static_cast<double>(number)} {}
  template <class T>
  Value(std::span<T> list) : sizes{std::ssize(list)}, numbers(list.begin(), list.end()) {}
  Value(const std::vector<int>& list) : Value(std::span(list)) {}
};

inline std::string read(const std::string& path) {
  std::ifstream file(HOURGLASS_SOURCE "/" + path);
  return {std::istreambuf_iterator<char>(file), {}};
}

/// Code without its white space: how it is laid out does not count.
inline std::string squeezed(std::string code) {
  std::erase_if(code, [](char c) { return c == ' ' || c == '\n'; });
  return code;
}

/// The code of the first block of this language in a text, empty for none.
inline std::string block(const std::string& text, const std::string& language) {
  const std::string start = "```" + language + "\n";
  const std::size_t first = text.find(start);
  if (first == std::string::npos) return "";
  return text.substr(first + start.size(), text.find("```", first + 3) - first - start.size());
}

/// The entries of a section in tests/oracles/`file`, in their order.
inline std::vector<nlohmann::json> oracle(const std::string& file, const std::string& section) {
  std::vector<nlohmann::json> entries;
  std::istringstream lines(read("tests/oracles/" + file));
  for (std::string line; std::getline(lines, line);)
    if (const auto entry = nlohmann::json::parse(line); entry.at("section") == section) entries.push_back(entry);
  return entries;
}

/// Whether a value is the one of an entry; numbers may differ by this share of the largest.
inline bool agrees(const Value& found, const nlohmann::json& expected, double tolerance) {
  if (expected.contains("text")) return found.text == expected.at("text");
  const auto numbers = expected.at("values").get<std::vector<double>>();
  if (found.sizes != expected.at("shape").get<std::vector<Index>>() || found.numbers.size() != numbers.size())
    return false;
  double largest = 0;
  for (const double v : numbers) largest = std::max(largest, std::abs(v));
  for (std::size_t i = 0; i < numbers.size(); ++i)
    if (!(std::abs(found.numbers[i] - numbers[i]) <= tolerance * largest)) return false;
  return true;
}

inline std::string shown(const Value& value) {
  return value.text + nlohmann::json(value.sizes).dump() + " " + nlohmann::json(value.numbers).dump();
}

/// A section of the page: its block of C++, and both columns of its table.
struct PageSection {
  std::string title, python, setup;
  std::vector<std::pair<std::string, std::string>> rows;
};

/// The sections that have a table.
inline std::vector<PageSection> page() {
  static const std::regex row("^\\| `([^`]+)` \\| `([^`]+)` \\|.*");
  std::vector<PageSection> all;
  const std::string text = read("docs/pytorch.md");
  for (std::size_t start = text.find("\n## "); start != std::string::npos;) {
    const std::size_t end = text.find("\n## ", start + 1);
    const std::string part = text.substr(start + 4, end == std::string::npos ? end : end - start - 4);
    PageSection section{part.substr(0, part.find('\n')), block(part, "python"), block(part, "cpp"), {}};
    std::istringstream lines(part);
    std::smatch cells;
    for (std::string line; std::getline(lines, line);)
      if (std::regex_match(line, cells, row)) section.rows.emplace_back(cells[1], cells[2]);
    if (!section.rows.empty()) all.push_back(section);
    start = end;
  }
  return all;
}

/// What is compiled of one section, in the order of the page.
class Section {
 public:
  Section(const std::string& title, double tolerance) : tolerance_(tolerance) {
    const std::vector<PageSection> all = page();
    const auto found = std::ranges::find(all, title, &PageSection::title);
    REQUIRE_MESSAGE(found != all.end(), "docs/pytorch.md has no table under " << title);
    page_ = *found;
    oracle_ = oracle("pytorch.jsonl", title);
    REQUIRE_MESSAGE((!oracle_.empty() && oracle_[0].at("setup") == page_.python), title << remake);
    oracle_.erase(oracle_.begin());
    CHECK_MESSAGE(oracle_.size() == page_.rows.size(), title << remake);
  }
  /// All rows of the page must have been compiled.
  ~Section() {
    for (std::size_t i = row_; i < page_.rows.size(); ++i)
      CHECK_MESSAGE(false, page_.title << ": no test compiles " << page_.rows[i].second);
  }
  Section(const Section&) = delete;
  Section& operator=(const Section&) = delete;

  void setup(const std::string& code) const {
    CHECK_MESSAGE(squeezed(code) == squeezed(page_.setup), page_.title << " begins with other code than the test:\n"
                                                                       << code);
  }
  void row(const std::string& code, const Value& found) {
    REQUIRE_MESSAGE(row_ < page_.rows.size(), page_.title << ": the page has no row " << code);
    const std::string &theirs = page_.rows[row_].first, &ours = page_.rows[row_].second;
    CHECK_MESSAGE(squeezed(code) == squeezed(ours), page_.title << ": the page has " << ours << ", the test " << code);
    const nlohmann::json& expected = oracle_.at(row_++);
    CHECK_MESSAGE(expected.at("pytorch") == theirs,
                  page_.title << remake << ": it has " << expected.at("pytorch") << ", the page " << theirs);
    CHECK_MESSAGE(agrees(found, expected, tolerance_),
                  code << " is " << shown(found) << ", PyTorch's " << theirs << " is " << expected);
  }

 private:
  static constexpr const char* remake = ": make tests/oracles/pytorch.jsonl again";
  PageSection page_;
  std::vector<nlohmann::json> oracle_;
  double tolerance_;
  std::size_t row_ = 0;
};

/// Number j is sin(1 + i + j / 2), as in tools/python/pytorch_table.py.
inline Tensor numbers(const Shape& shape, double i = 0) {
  Tensor value(shape);
  for (Index j = 0; j < value.numel(); ++j)
    value.write_()[j] = static_cast<Scalar>(std::sin(1 + i + static_cast<double>(j) / 2));
  return value;
}

/// Parameter i becomes numbers(…, i), as in tools/python/pytorch_table.py.
inline void fill(const nn::Module& module) {
  double i = 0;
  for (const nn::Parameter& p : module.parameters()) {
    if (!p.variable.requires_grad()) continue;
    Tensor value = p.variable.value();
    const Tensor filled = numbers(value.shape(), i++);
    std::copy_n(filled.data(), filled.numel(), value.write_());
  }
}

}  // namespace pytorch

/// The block of C++ of a section, and a row of its table: both are compiled, and compared with the page as texts. The
/// value of a row is that of its last expression.
#define SETUP(...)           \
  table.setup(#__VA_ARGS__); \
  __VA_ARGS__
#define ROW(...) table.row(#__VA_ARGS__, __extension__({ __VA_ARGS__; }))
