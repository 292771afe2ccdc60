#pragma once
#include <hourglass/models/undercomplete.h>
#include "lessons/common/run.h"

// What lesson 01 measures of its model, and the figures of its page.
namespace hourglass {

/// Figure: the images `shown` [n, pixels], and below them their reconstructions g(f(x)).
void show_reconstructions(Run& run, models::Undercomplete& model, const data::Images& test, const Tensor& shown);

/// Table: ‖x - r‖² per training and test image, where r is the model's reconstruction, that of PCA with the same code
/// size `code`, and the mean training image.
void compare_with_baselines(Run& run, const data::Dataset& digits, models::Undercomplete& model, Index code);

/// Part of the page: the codes of test images as points, and the decoder's output at any point between them.
void show_latent_space(Run& run, models::Undercomplete& model, const data::Images& test);

/// S1 to S4 as numbers: how many labels the training read, max |g(h) - g(f(x))| for a copy h of the code, the code
/// size, and the code size over the input size.
void measure_statements(Run& run, const data::Dataset& digits, models::Undercomplete& model, const Tensor& x);

}  // namespace hourglass
