#pragma once
#include <string>
#include <vector>

#include "lessons/common/run.h"
#include "lessons/what_stops_the_copy/variant.h"

namespace hourglass::HOURGLASS_BUILD {

/// A variant under the name of its metrics.
struct Named {
  std::string name;
  Variant model;
};

/// The variants in the plane, trained on the spiral: figures of the energy ‖x - r(x)‖² and of the field r(x) - x, the
/// energy on the spiral and elsewhere, and how far the field's directions are those of the best denoiser.
void measure_plane(Run& run);

/// The table: the error on test digits, the accuracy of a linear probe on the codes, the Fréchet distance of samples,
/// the error under noise, and the share of noise that the output contains.
void measure_digits(Run& run, const data::Dataset& digits, std::vector<Named>& variants);

}  // namespace hourglass::HOURGLASS_BUILD
