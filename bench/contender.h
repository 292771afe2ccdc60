#pragma once
#include <optional>
#include <string>
#include <vector>

#include <hourglass/tensor/scalar.h>

/// A timed process: it starts from a workload's file, prints what it computed, and then
/// times itself at each command. Ours and the peers have the same protocol:
///
///     bench child WORKLOAD THREADS FILE STEPS SECONDS
///     < ready 0.0712 48.3        the checked number after STEPS steps, and peak memory in MB (or: no REASON)
///     > step                     to time about SECONDS of steps
///     < 431.5                    microseconds a step
namespace hourglass::HOURGLASS_BUILD::bench {

class Contender {
 public:
  /// Starts the command; its standard error goes to `log`. Throws when the system refuses.
  Contender(const std::vector<std::string>& command, const std::string& log);
  /// Ends it: by the end of its input, and forcefully if that is not enough.
  ~Contender();
  Contender(const Contender&) = delete;
  Contender& operator=(const Contender&) = delete;

  /// Its next line; nothing when it has ended, or prints none for `seconds`.
  std::optional<std::string> line(int seconds = 900);
  /// The reply to one command, a number. Throws, with the end of the log, when there is none.
  double ask(const std::string& question);
  /// The end of its log, for a message.
  std::string last_words() const;

 private:
  std::string log_, unread_;
  int process_, to_, from_;
};

}  // namespace hourglass::HOURGLASS_BUILD::bench
