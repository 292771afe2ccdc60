#include "report/progress.h"

#include <fmt/format.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include <algorithm>

namespace hourglass::inline HOURGLASS_BUILD::report {
namespace {

int columns(std::FILE* out) {
  winsize size{};
  return ioctl(fileno(out), TIOCGWINSZ, &size) == 0 && size.ws_col > 0 ? size.ws_col : 80;
}

std::string clock_time(double seconds) {
  const int s = static_cast<int>(seconds + 0.5);
  return s < 60 ? fmt::format("{} s", s) : fmt::format("{}:{:02} min", s / 60, s % 60);
}

}  // namespace

Progress::Progress(std::FILE* out)
    : out_(out), terminal_(isatty(fileno(out)) != 0), start_(Clock::now()), drawn_(start_) {}

void Progress::update(int epoch, int epochs, Index done, Index total, double part, double loss, const char* unit) {
  images_ += done >= last_done_ ? done - last_done_ : done;
  last_done_ = done;
  if (first_part_ < 0) first_part_ = part;
  const auto now = Clock::now();
  const double wait = terminal_ ? 0.1 : 5;
  if (std::chrono::duration<double>(now - drawn_).count() < wait) return;
  drawn_ = now;
  const double seconds = std::chrono::duration<double>(now - start_).count();
  const double left = part > first_part_ ? seconds * (1 - part) / (part - first_part_) : 0;
  const std::string text = fmt::format("  {:.2f} {} | {:.0f} images/s | {} left", loss, unit,
                                       static_cast<double>(images_) / seconds, clock_time(left));
  const std::string head = fmt::format("epoch {}/{} ", epoch, epochs);
  if (!terminal_) {
    fmt::print(out_, "{}{:3.0f}%{}\n", head, 100.0 * static_cast<double>(done) / static_cast<double>(total), text);
  } else {
    const int room = std::clamp(columns(out_) - static_cast<int>(head.size() + text.size()) - 3, 5, 30);
    const int full = static_cast<int>(room * done / total);
    std::string bar;
    for (int i = 0; i < room; ++i) bar += i < full ? "━" : "╌";
    fmt::print(out_, "\r{}{}{}\033[K", head, bar, text);
    line_open_ = true;
  }
  std::fflush(out_);
}

void Progress::epoch(int epoch, int epochs, double loss, const char* unit, const std::string& more) {
  last_done_ = 0;
  say(fmt::format("epoch {:>{}}/{}  {:.3f} {}{}", epoch, std::to_string(epochs).size(), epochs, loss, unit, more));
}

void Progress::say(const std::string& line) {
  fmt::print(out_, "{}{}{}\n", line_open_ ? "\r" : "", line, line_open_ ? "\033[K" : "");
  line_open_ = false;
  std::fflush(out_);
}

}  // namespace hourglass::inline HOURGLASS_BUILD::report
