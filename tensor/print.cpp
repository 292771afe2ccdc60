#include <hourglass/tensor/print.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <limits>
#include <ostream>

namespace hourglass::HOURGLASS_BUILD {
namespace {

constexpr std::size_t digits = 8, line_width = 75;
constexpr Index threshold = 1000, edge = 3;

// The fewest digits that tell v from its neighbours, at most eight of them behind the point, which is always there.
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

// How the numbers of one tensor are written: all in one width.
class Format {
 public:
  // Looks at the numbers that are shown.
  void see(Scalar v) {
    if (!std::isfinite(v)) {
      undefined_ = std::max(undefined_, std::size_t{std::isnan(v) || v > 0 ? 3u : 4u});
    } else if (v != 0) {
      most_ = std::max(most_, std::abs(v));
      least_ = std::min(least_, std::abs(v));
    }
  }
  bool scientific() const {
    return most_ > 0 && (most_ >= Scalar(1e8) || least_ < Scalar(1e-4) || most_ / least_ > 1000);
  }
  void measure(Scalar v) {
    if (!std::isfinite(v)) return;
    const std::string text = plain(v);
    left_ = std::max(left_, text.find('.'));
    right_ = std::max(right_, std::min(text.find('e'), text.size()) - text.find('.') - 1);
  }
  std::string operator()(Scalar v) const {
    const std::size_t tail = scientific() ? right_ + 4 : right_, width = std::max(left_ + 1 + tail, undefined_);
    if (!std::isfinite(v)) return padded(std::isnan(v) ? "nan" : v > 0 ? "inf" : "-inf", width);
    std::string text = plain(v);
    const std::size_t point = text.find('.'), end = std::min(text.find('e'), text.size());
    text.insert(end, point + 1 + right_ - end, scientific() ? '0' : ' ');
    return padded(text, width);
  }

 private:
  std::string plain(Scalar v) const {
    return shortest(v, scientific() ? std::chars_format::scientific : std::chars_format::fixed);
  }
  static std::string padded(const std::string& text, std::size_t width) {
    return std::string(width - std::min(width, text.size()), ' ') + text;
  }

  Scalar most_ = 0, least_ = std::numeric_limits<Scalar>::max();
  std::size_t undefined_ = 0, left_ = 0, right_ = 0;
};

// visit(i) for the places that are shown of an axis of n, visit(-1) where some are left out.
template <class Visit>
void each_shown(Index n, bool abbreviated, const Visit& visit) {
  for (Index i = 0; i < n; ++i)
    if (!abbreviated || n <= 2 * edge || i < edge || i >= n - edge)
      visit(i);
    else if (i == edge)
      visit(-1);
}

template <class Look>
void each_number(const Tensor& x, int axis, Index first, Index run, const Look& look) {
  if (axis == x.rank()) return look(x.data()[first]);
  const Index step = run / x.size(axis);
  each_shown(x.size(axis), x.size() > threshold, [&](Index i) {
    if (i >= 0) each_number(x, axis + 1, first + i * step, step, look);
  });
}

std::string block(const Tensor& x, const Format& format, int axis, Index first, Index run) {
  const std::string indent(static_cast<std::size_t>(axis + 1), ' ');
  const Index step = run / x.size(axis);
  const bool innermost = axis + 1 == x.rank();
  std::string all, line = indent;
  each_shown(x.size(axis), x.size() > threshold, [&](Index i) {
    if (!innermost) {
      all += all.empty() ? "" : std::string(static_cast<std::size_t>(x.rank() - axis - 1), '\n');
      all += indent + (i < 0 ? "..." : block(x, format, axis + 1, first + i * step, step));
      return;
    }
    const std::string word = i < 0 ? "..." : format(x.data()[first + i]);
    if (line.size() + word.size() > line_width - indent.size() && line.size() > indent.size()) {
      all += line.erase(line.find_last_not_of(' ') + 1) + '\n';
      line = indent;
    }
    line += word + ' ';
  });
  if (innermost) all += line.substr(0, line.size() - 1);
  return '[' + all.substr(indent.size()) + ']';
}

}  // namespace

std::string to_string(const Tensor& x) {
  if (x.empty()) return "[]";
  Format format;
  each_number(x, 0, 0, x.size(), [&](Scalar v) { format.see(v); });
  each_number(x, 0, 0, x.size(), [&](Scalar v) { format.measure(v); });
  if (x.rank() > 0) return block(x, format, 0, 0, x.size());
  const std::string number = format(x.item());
  return number.ends_with('.') ? number + '0' : number;
}

std::ostream& operator<<(std::ostream& out, const Tensor& x) { return out << to_string(x); }

}  // namespace hourglass::HOURGLASS_BUILD
