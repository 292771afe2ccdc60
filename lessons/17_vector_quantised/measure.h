#pragma once
#include <hourglass/models/undercomplete.h>
#include <hourglass/models/vector_quantized.h>
#include "lessons/common/run.h"

// What lesson 17 measures of its models, and how its page shows that.
namespace hourglass::HOURGLASS_BUILD {

/// The models with a codebook, one whose unused entries are moved and one whose entries are left alone, and a plain
/// autoencoder with a real-valued code.
struct Trained {
  models::VectorQuantized &revived, &left_alone;
  models::Undercomplete& real;
};

/// Of each model: ‖x - r‖² per test image and the bits per image of its code; how many entries of a codebook are used;
/// and the same of the real code after rounding, with a step such that its bits are those of `revived`.
void measure_models(Run& run, const data::Dataset& digits, const Trained& models);

/// Reconstructions; images with one index of the code changed; and images whose indices are drawn independently.
void show_codes(Run& run, const data::Images& test, models::VectorQuantized& model);

}  // namespace hourglass::HOURGLASS_BUILD
