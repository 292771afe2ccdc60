#include "lessons/common/interrupt.h"

#include <csignal>

namespace hourglass::HOURGLASS_BUILD {
namespace {

volatile std::sig_atomic_t noted = 0;  // the signal, or 0

void handle(void (*handler)(int)) {
  struct sigaction action {};
  action.sa_handler = handler;
  action.sa_flags = SA_RESETHAND;  // a second one ends the program at once
  sigaction(SIGINT, &action, nullptr);
  sigaction(SIGTERM, &action, nullptr);
}

}  // namespace

void note_interrupts() {
  handle([](int signal) { noted = signal; });
}

void leave_interrupts() {
  handle(SIG_DFL);
  if (noted) std::raise(noted);
}

bool interrupted() {
  const bool was = noted != 0;
  noted = 0;
  return was;
}

}  // namespace hourglass::HOURGLASS_BUILD
