#pragma once
#include <hourglass/tensor/scalar.h>

namespace hourglass::HOURGLASS_BUILD {

/// Notes Ctrl-C (SIGINT) and SIGTERM from now on; a second one ends the program at once.
void note_interrupts();
/// They end the program at once again: now, where one is noted.
void leave_interrupts();
/// Whether one has arrived. The call clears it.
bool interrupted();

}  // namespace hourglass::HOURGLASS_BUILD
