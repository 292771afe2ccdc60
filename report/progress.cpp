#include <hourglass/report/progress.h>

#include <fmt/format.h>
#include <sys/ioctl.h>

#include <algorithm>
#include <cmath>

#include <hourglass/io/terminal.h>

namespace hourglass::HOURGLASS_BUILD::report {
namespace {

int columns(std::FILE* out) {
  winsize size{};
  return ioctl(fileno(out), TIOCGWINSZ, &size) == 0 && size.ws_col > 0 ? size.ws_col : 80;
}

std::string clock_time(double seconds) {
  const long s = std::lround(std::min(seconds, 1e9));
  if (s < 60) return fmt::format("{} s", s);
  if (s < 3600) return fmt::format("{}:{:02} min", s / 60, s % 60);
  return fmt::format("{}:{:02} h", s / 3600, s / 60 % 60);
}

std::string bar(double part, int room) {
  std::string out;
  const int full = static_cast<int>(room * std::clamp(part, 0.0, 1.0));
  for (int i = 0; i < room; ++i) out += i < full ? "━" : "╌";
  return out;
}

// What is not known yet is not said.
std::string speed_text(const Standing& at) {
  return at.images_per_second < 0 ? "" : fmt::format(" | {:.0f} images/s", at.images_per_second);
}
std::string left_text(const Standing& at) {
  return at.seconds_left < 0 ? "" : fmt::format(" | {} left", clock_time(at.seconds_left));
}

}  // namespace

void Pace::update(Index done, double part, double now) {
  if (first_part_ < 0) {
    first_part_ = part;
    begin_ = now;
  } else if (done > done_) {  // a later batch of the same epoch
    images_ += done - done_;
    training_ += now - now_;
  }
  done_ = done;
  part_ = part;
  now_ = now;
}

double Pace::seconds_left() const {
  return part_ > first_part_ ? (now_ - begin_) * (1 - part_) / (part_ - first_part_) : -1;
}

std::string progress_line(const Standing& at, int width) {
  const std::string head = fmt::format("epoch {}/{}", at.epoch, at.epochs), loss = fmt::format("  {:.2f}", at.loss),
                    unit = fmt::format(" {}", at.unit), speed = speed_text(at), left = left_text(at);
  constexpr std::size_t shortest = 6, longest = 31;  // of the bar, with the blank before it
  std::size_t room = static_cast<std::size_t>(std::max(0, width));
  const auto take = [&](std::size_t size) {
    const bool fits = size <= room;
    if (fits) room -= size;
    return fits;
  };
  if (!take(head.size() + loss.size())) return head.substr(0, room);
  const bool has_left = take(left.size()), has_unit = take(unit.size()), has_bar = take(shortest),
             has_speed = has_bar && take(speed.size());
  std::string line = head;
  if (has_bar)
    line.append(" ").append(bar(at.part_of_epoch, static_cast<int>(shortest - 1 + std::min(longest - shortest, room))));
  line += loss;
  if (has_unit) line += unit;
  if (has_speed) line += speed;
  if (has_left) line += left;
  return line;
}

Progress::Progress(std::FILE* out)
    : out_(out), terminal_(io::takes_escapes(out)), start_(Clock::now()), drawn_(start_) {}

void Progress::update(int epoch, int epochs, Index done, Index total, double part, double loss, const char* unit) {
  const auto now = Clock::now();
  pace_.update(done, part, std::chrono::duration<double>(now - start_).count());
  const double wait = terminal_ ? 0.1 : 5;
  if (std::chrono::duration<double>(now - drawn_).count() < wait) return;
  drawn_ = now;
  const double part_of_epoch = static_cast<double>(done) / static_cast<double>(total);
  const Standing at{epoch, epochs, part_of_epoch, loss, unit, pace_.images_per_second(), pace_.seconds_left()};
  if (terminal_) {
    fmt::print(out_, "\r{}\033[K", progress_line(at, columns(out_) - 1));  // a full line would wrap on some terminals
    line_open_ = true;
  } else {
    fmt::print(out_, "epoch {}/{} {:3.0f}%  {:.2f} {}{}{}\n", epoch, epochs, 100 * part_of_epoch, loss, unit,
               speed_text(at), left_text(at));
  }
  std::fflush(out_);
}

void Progress::epoch(int epoch, int epochs, double loss, const char* unit, const std::string& more) {
  print_line(
      fmt::format("epoch {:>{}}/{}  {:.3f} {}{}", epoch, std::to_string(epochs).size(), epochs, loss, unit, more));
}

void Progress::print_line(const std::string& line) {
  fmt::print(out_, "{}{}{}\n", line_open_ ? "\r" : "", line, line_open_ ? "\033[K" : "");
  line_open_ = false;
  std::fflush(out_);
}

}  // namespace hourglass::HOURGLASS_BUILD::report
