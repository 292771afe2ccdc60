#include "lessons/common/interrupt.h"

#include <sys/wait.h>
#include <unistd.h>

#include <csignal>

#include "tests/check.h"

using namespace hourglass;

namespace {

// The signal that ends the child in which this is called; 0 where none does.
template <class Call>
int ended_by(const Call& call) {
  const pid_t child = ::fork();
  if (child == 0) {
    std::signal(SIGINT, SIG_DFL);  // doctest has its own
    std::signal(SIGTERM, SIG_DFL);
    call();
    std::_Exit(0);
  }
  int status = 0;
  ::waitpid(child, &status, 0);
  return WIFSIGNALED(status) ? WTERMSIG(status) : 0;
}

void expect(bool holds) {
  if (!holds) std::raise(SIGABRT);
}

}  // namespace

TEST_CASE("an interrupt is noted once, and the second one ends the program") {
  CHECK(ended_by([] {
          note_interrupts();
          expect(!interrupted());
          std::raise(SIGINT);
          expect(interrupted());
          expect(!interrupted());
        }) == 0);
  CHECK(ended_by([] {
          note_interrupts();
          std::raise(SIGTERM);
          std::raise(SIGTERM);
        }) == SIGTERM);
}

TEST_CASE("an interrupt that was noted and not read ends the program where notes end") {
  CHECK(ended_by([] {
          note_interrupts();
          std::raise(SIGINT);
          leave_interrupts();
        }) == SIGINT);
  CHECK(ended_by([] {
          note_interrupts();
          leave_interrupts();
          std::raise(SIGTERM);
        }) == SIGTERM);
}
