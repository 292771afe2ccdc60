#pragma once
#include <vector>

#include <hourglass/models/undercomplete.h>
#include "lessons/common/run.h"

// What lesson 04 measures of its codes, and the figures of its page.
namespace hourglass {

/// One code size: a model that is trained, and one of the same sizes that is not.
struct Trial {
  Index code;
  models::Undercomplete model, untrained;
};

/// |Ω|, the penalty term of a loss; 0 where it has none.
double penalty_of(const Loss& loss);

/// Figure: the test images `shown`, and below them their reconstructions, a row for each code size.
void show_reconstructions(Run& run, std::vector<Trial>& trials, const data::Images& test, const Tensor& shown);

/// Table and two charts, S13 to S15. For each code size, on test images: the squared error, beside that of PCA; the
/// bits per image of the code, quantised as coarsely as 5% more error allows; and from the code, R² of linear
/// regressions of slant and stroke width, and the accuracy of a linear probe of the class, also as gains over the
/// untrained model.
void measure_code_sizes(Run& run, std::vector<Trial>& trials, const data::Dataset& digits);

}  // namespace hourglass
