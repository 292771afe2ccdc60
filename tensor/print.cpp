#include <hourglass/tensor/print.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <limits>
#include <ostream>
#include <vector>

namespace hourglass::HOURGLASS_BUILD {
namespace {

constexpr std::size_t digits = 8, line_width = 75;
constexpr Index threshold = 1000, edge = 3;

// The fewest digits that distinguish v from its neighbours, at most eight of them behind the point, which is always
// there.
std::string shortest(Scalar v, std::chars_format format) {
  std::array<char, 400> text{};
  const auto write = [&](auto... precision) {
    return std::string(text.data(), std::to_chars(text.data(), text.data() + text.size(), v, format, precision...).ptr);
  };
  std::string all = write();
  std::size_t exponent = std::min(all.find('e'), all.size());
  if (all.find('.') == std::string::npos) all.insert(exponent, ".");
  if (std::min(all.find('e'), all.size()) - all.find('.') - 1 <= digits) return all;
  all = write(static_cast<int>(digits));
  exponent = std::min(all.find('e'), all.size());
  const std::size_t last = all.find_last_not_of('0', exponent - 1);
  return all.erase(last + 1, exponent - last - 1);
}

// How the numbers that are shown are written: all in one width.
class Format {
 public:
  explicit Format(const std::vector<Scalar>& shown) {
    Scalar most = 0, least = std::numeric_limits<Scalar>::max();
    for (const Scalar v : shown) {
      if (!std::isfinite(v)) width_ = std::max(width_, std::size_t{std::isnan(v) || v > 0 ? 3u : 4u});
      if (!std::isfinite(v) || v == 0) continue;
      most = std::max(most, std::abs(v));
      least = std::min(least, std::abs(v));
    }
    scientific_ = most > 0 && (most >= Scalar(1e8) || least < Scalar(1e-4) || most / least > 1000);
    for (const Scalar v : shown) {
      if (!std::isfinite(v)) continue;
      const std::string text = plain(v);
      left_ = std::max(left_, text.find('.'));
      right_ = std::max(right_, std::min(text.find('e'), text.size()) - text.find('.') - 1);
    }
    width_ = std::max(width_, left_ + 1 + right_ + (scientific_ ? 4 : 0));
  }
  std::string operator()(Scalar v) const {
    std::string text = std::isnan(v) ? "nan" : !std::isfinite(v) ? (v > 0 ? "inf" : "-inf") : plain(v);
    if (const std::size_t point = text.find('.'); point != std::string::npos) {
      const std::size_t end = std::min(text.find('e'), text.size());
      text.insert(end, point + 1 + right_ - end, scientific_ ? '0' : ' ');
    }
    return std::string(width_ - std::min(width_, text.size()), ' ') + text;
  }

 private:
  std::string plain(Scalar v) const {
    return shortest(v, scientific_ ? std::chars_format::scientific : std::chars_format::fixed);
  }

  bool scientific_ = false;
  std::size_t width_ = 0, left_ = 0, right_ = 0;
};

// visit(i) for the rows of x that are shown, visit(-1) where some are left out.
template <class Visit>
void each_shown(const Tensor& x, bool abbreviated, const Visit& visit) {
  for (Index i = 0, n = x.size(0); i < n; ++i)
    if (!abbreviated || n <= 2 * edge || i < edge || i >= n - edge)
      visit(i);
    else if (i == edge)
      visit(-1);
}

void collect(const Tensor& x, bool abbreviated, std::vector<Scalar>& shown) {
  if (x.dim() == 0) return shown.push_back(x.item());
  each_shown(x, abbreviated, [&](Index i) {
    if (i >= 0) collect(x[i], abbreviated, shown);
  });
}

std::string block(const Tensor& x, bool abbreviated, const Format& format, const std::string& indent) {
  std::string all, line = indent;
  each_shown(x, abbreviated, [&](Index i) {
    if (x.dim() > 1) {
      all += all.empty() ? "" : std::string(static_cast<std::size_t>(x.dim() - 1), '\n');
      all += indent + (i < 0 ? "..." : block(x[i], abbreviated, format, indent + ' '));
      return;
    }
    const std::string word = i < 0 ? "..." : format(x.at({i}));
    if (line.size() + word.size() > line_width - indent.size() && line.size() > indent.size()) {
      all += line.erase(line.find_last_not_of(' ') + 1) + '\n';
      line = indent;
    }
    line += word + ' ';
  });
  if (x.dim() == 1) all += line.substr(0, line.size() - 1);
  return '[' + all.substr(indent.size()) + ']';
}

}  // namespace

std::string to_string(const Tensor& x) {
  if (x.empty()) return "[]";
  std::vector<Scalar> shown;
  collect(x, x.numel() > threshold, shown);
  const Format format(shown);
  if (x.dim() > 0) return block(x, x.numel() > threshold, format, " ");
  const std::string number = format(x.item());
  return number.ends_with('.') ? number + '0' : number;
}

std::ostream& operator<<(std::ostream& out, const Tensor& x) { return out << to_string(x); }

}  // namespace hourglass::HOURGLASS_BUILD
