#pragma once
#include <string>

#include <hourglass/tensor/scalar.h>

namespace hourglass::HOURGLASS_BUILD {

/// HTML for the end of a report in the folder `out`: a link to the playground (docs/playground) at the state of this
/// lesson, by a path from the report. Empty where the library stands without the course around it, and for a program
/// that is no lesson (its name does not begin with its number).
std::string playground_link(const std::string& lesson, const std::string& out);

}  // namespace hourglass::HOURGLASS_BUILD
