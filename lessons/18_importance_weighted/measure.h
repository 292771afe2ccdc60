#pragma once
#include <vector>

#include <hourglass/models/importance_weighted.h>
#include "lessons/common/run.h"

// What lesson 18 measures of its models, and how its page shows that.
namespace hourglass::HOURGLASS_BUILD {

/// Of each model, on binary images x: the bound L_k = E log 1/k Σ w for k = 1 … 512, its standard error and the
/// effective sample size; the number of active units on test images; and the difference of L_512, image by image,
/// between the last model and the first.
void measure_bounds(Run& run, std::vector<models::ImportanceWeighted>& variants, const Tensor& x,
                    const data::Images& test, Rng& rng);

/// The images that each model decodes from codes z [n, code] of the prior.
void show_samples(Run& run, std::vector<models::ImportanceWeighted>& variants, const Tensor& z,
                  const data::Images& like);

}  // namespace hourglass::HOURGLASS_BUILD
