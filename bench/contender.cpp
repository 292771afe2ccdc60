#include "bench/contender.h"

#include <fcntl.h>
#include <poll.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cmath>
#include <csignal>
#include <cstdlib>
#include <fstream>

#include <hourglass/tensor/error.h>

namespace hourglass::HOURGLASS_BUILD::bench {
namespace {

[[noreturn]] void become(const std::vector<std::string>& command, int in, int out, const std::string& log) {
  const int err = open(log.c_str(), O_WRONLY | O_CREAT | O_TRUNC, 0644);
  dup2(in, STDIN_FILENO);
  dup2(out, STDOUT_FILENO);
  dup2(err, STDERR_FILENO);
  std::vector<char*> words;
  for (const std::string& word : command) words.push_back(const_cast<char*>(word.c_str()));
  words.push_back(nullptr);
  execvp(words[0], words.data());
  _exit(127);
}

}  // namespace

Contender::Contender(const std::vector<std::string>& command, const std::string& log) : log_(log) {
  int down[2], up[2];  // closed in every other child, which would keep them open
  require(pipe2(down, O_CLOEXEC) == 0 && pipe2(up, O_CLOEXEC) == 0, "bench: the system refused a pipe");
  std::signal(SIGPIPE, SIG_IGN);
  process_ = fork();
  require(process_ >= 0, "bench: the system refused a process");
  if (process_ == 0) become(command, down[0], up[1], log);
  close(down[0]);
  close(up[1]);
  to_ = down[1];
  from_ = up[0];
}

Contender::~Contender() {
  close(to_);
  for (int tenths = 0; tenths < 50; ++tenths) {
    if (waitpid(process_, nullptr, WNOHANG) == process_) {
      process_ = 0;
      break;
    }
    usleep(tenths < 10 ? 5'000 : 100'000);
  }
  if (process_ != 0) {
    kill(process_, SIGKILL);
    waitpid(process_, nullptr, 0);
  }
  close(from_);
}

std::optional<std::string> Contender::line(int seconds) {
  for (std::size_t end; (end = unread_.find('\n')) == std::string::npos;) {
    pollfd ready{from_, POLLIN, 0};
    char some[256];
    const ssize_t got = poll(&ready, 1, seconds * 1000) == 1 ? read(from_, some, sizeof some) : 0;
    if (got <= 0) return std::nullopt;
    unread_.append(some, static_cast<std::size_t>(got));
  }
  const std::size_t end = unread_.find('\n');
  std::string first = unread_.substr(0, end);
  unread_.erase(0, end + 1);
  return first;
}

double Contender::ask(const std::string& question) {
  const std::string text = question + "\n";
  const bool sent = write(to_, text.data(), text.size()) == static_cast<ssize_t>(text.size());
  const auto answer = sent ? line() : std::nullopt;
  require(answer.has_value(), "bench: a contender ended while it was timed: ", last_words());
  char* end = nullptr;
  const double number = std::strtod(answer->c_str(), &end);
  require(end != answer->c_str() && std::isfinite(number) && number > 0, "bench: asked for a time, a contender said '",
          *answer, "'");
  return number;
}

std::string Contender::last_words() const {
  std::ifstream file(log_);
  std::string words, last;
  while (std::getline(file, words))
    if (!words.empty()) last = words;
  return last.empty() ? "it left no message" : last;
}

}  // namespace hourglass::HOURGLASS_BUILD::bench
