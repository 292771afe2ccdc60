// The checks that the tests of an exercise make, in words.
#include "lessons/common/exercise/judge.h"

#include <algorithm>
#include <cmath>
#include <sstream>

#include <hourglass/tensor/error.h>

namespace hourglass::HOURGLASS_BUILD {
namespace {

std::string number(double x) {
  std::ostringstream text;
  text.precision(10);
  text << x;
  return text.str();
}

// NaN is far from everything.
bool close(double found, double expected, double tolerance) {
  return std::abs(found - expected) <= tolerance * std::max(1.0, std::abs(expected));
}

void complain(const std::string& what) { ADD_FAIL_CHECK_AT("", 0, what); }

void expect_all(bool accepted, const std::vector<Tested>& versions) {
  const auto is_missed = [&](const Tested& one) { return one.accepted != accepted; };
  const auto missed = std::count_if(versions.begin(), versions.end(), is_missed);
  if (missed == 0) return;
  const std::string count = text(static_cast<std::ptrdiff_t>(versions.size()) - missed, " of ", versions.size());
  const std::string& one = std::find_if(versions.begin(), versions.end(), is_missed)->what;
  complain(accepted ? "accepts " + count + " right versions; it rejects " + one
                    : "rejects " + count + " wrong versions; it accepts " + one);
}

}  // namespace

std::string show(const Tensor& x) {
  if (x.empty()) return "an empty tensor";
  std::string shown = text(x.shape(), " {");
  const auto values = x.values();
  for (std::size_t i = 0; i < values.size() && i < 8; ++i) shown += (i ? ", " : "") + number(values[i]);
  return shown + (values.size() > 8 ? ", …}" : "}");
}

void expect(bool holds, const std::string& what) {
  if (!holds) complain("expected: " + what);
}

void expect_close(const std::string& what, double found, double expected, double tolerance) {
  if (!close(found, expected, tolerance))
    complain(what + ": expected " + number(expected) + ", found " + number(found));
}

void expect_close(const std::string& what, const Tensor& found, const Tensor& expected, double tolerance) {
  if (found.empty()) return complain(what + ": expected the shape " + text(expected.shape()) + ", found nothing");
  if (found.shape() != expected.shape())
    return complain(what + ": expected the shape " + text(expected.shape()) + ", found " + text(found.shape()));
  for (std::size_t i = 0; i < expected.values().size(); ++i)
    if (!close(found.values()[i], expected.values()[i], tolerance))
      return complain(what + ": expected " + show(expected) + ", found " + show(found) +
                      "; they differ first at number " + std::to_string(i));
}

void expect_accepted(const std::vector<Tested>& right) { expect_all(true, right); }

void expect_rejected(const std::vector<Tested>& wrong) { expect_all(false, wrong); }

void expect_right(const std::string& what, const GradcheckVerdict& verdict) {
  if (!verdict) complain(what + ": " + verdict.text);
}

}  // namespace hourglass::HOURGLASS_BUILD
