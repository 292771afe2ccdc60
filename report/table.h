#pragma once
#include <string>
#include <vector>

#include <hourglass/tensor/scalar.h>

namespace hourglass::HOURGLASS_BUILD::report {

/// A small table: the first column is text, the others are right-aligned; a zero is shown without a sign.
struct Table {
  std::vector<std::string> header;
  std::vector<std::vector<std::string>> rows;

  /// Aligned for a terminal, a line a row.
  std::string text() const;
  /// As a `<table>`, all of it escaped.
  std::string html() const;
};

/// An identifier as words: "posterior mean" of "posterior_mean".
std::string words(std::string identifier);

/// `&`, `<`, `>` and quotes as entities: text that may stand anywhere in a page.
std::string escape(const std::string& text);

}  // namespace hourglass::HOURGLASS_BUILD::report
