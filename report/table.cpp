#include <hourglass/report/table.h>

#include <fmt/format.h>

#include <algorithm>

namespace hourglass::HOURGLASS_BUILD::report {
namespace {

// How many characters a terminal shows: bytes that continue a UTF-8 character do not count.
std::size_t shown_width(const std::string& text) {
  return static_cast<std::size_t>(std::count_if(text.begin(), text.end(), [](char c) { return (c & 0xC0) != 0x80; }));
}

// A rounded number that has become zero has no sign: "-0.00" is "0.00".
std::string unsigned_zero(const std::string& cell) {
  const bool zero = cell.starts_with("-0") && cell.find_first_of("123456789") == std::string::npos;
  return zero ? cell.substr(1) : cell;
}

}  // namespace

std::string Table::text() const {
  std::vector<std::size_t> width(header.size());
  const auto measure = [&](const std::vector<std::string>& row) {
    for (std::size_t i = 0; i < std::min(row.size(), width.size()); ++i)
      width[i] = std::max(width[i], shown_width(row[i]));
  };
  measure(header);
  for (const auto& row : rows) measure(row);
  std::string out;
  const auto line = [&](const std::vector<std::string>& row) {
    out += "  ";
    for (std::size_t i = 0; i < std::min(row.size(), width.size()); ++i) {
      const std::string cell = unsigned_zero(row[i]);
      const std::string gap(width[i] - shown_width(cell), ' ');
      out += i == 0 ? cell + gap : "   " + gap + cell;
    }
    out += '\n';
  };
  line(header);
  for (const auto& row : rows) line(row);
  return out;
}

std::string Table::html() const {
  std::string out = "<table><thead><tr>";
  for (const std::string& cell : header) out += "<th scope=\"col\">" + escape(cell) + "</th>";
  out += "</tr></thead><tbody>";
  for (const auto& row : rows) {
    out += "<tr>";
    for (std::size_t i = 0; i < row.size(); ++i)
      out +=
          i == 0 ? "<th scope=\"row\">" + escape(row[i]) + "</th>" : "<td>" + escape(unsigned_zero(row[i])) + "</td>";
    out += "</tr>";
  }
  return out + "</tbody></table>";
}

std::string words(std::string identifier) {
  std::replace(identifier.begin(), identifier.end(), '_', ' ');
  return identifier;
}

std::string escape(const std::string& text) {
  std::string out;
  for (char c : text) {
    switch (c) {
      case '&':
        out += "&amp;";
        break;
      case '<':
        out += "&lt;";
        break;
      case '>':
        out += "&gt;";
        break;
      case '"':
        out += "&quot;";
        break;
      case '\'':
        out += "&#39;";
        break;
      default:
        out += c;
    }
  }
  return out;
}

}  // namespace hourglass::HOURGLASS_BUILD::report
