#pragma once
#include <vector>

#include <hourglass/metrics/pca.h>
#include <hourglass/models/undercomplete.h>
#include "lessons/common/run.h"

// The measurements of lesson 11 on codes, and how its page shows them. There is a model and a matrix of random
// directions for each size of the code.
namespace hourglass::HOURGLASS_BUILD {

/// Twelve test images, and their reconstructions from each code.
void show_reconstructions(Run& run, std::vector<models::Undercomplete>& models, const data::Images& test);

/// S34: the explained variance, 1 - Σ ‖x - r‖² / Σ ‖x - m‖² with the mean training image m.
void compare_variance(Run& run, const data::Images& test, const std::vector<Index>& sizes,
                      std::vector<models::Undercomplete>& models, const metrics::Pca& pca);

/// The intrinsic dimension of the images x, estimated from the distances to ten nearest neighbours.
void measure_intrinsic_dimension(Run& run, const Tensor& x);

/// S35: the accuracy of a linear probe and of five nearest neighbours on codes of each kind and size, and on pixels.
void compare_tasks(Run& run, const data::Images& train, const data::Images& test, const std::vector<Index>& sizes,
                   std::vector<models::Undercomplete>& models, const metrics::Pca& pca,
                   const std::vector<Tensor>& directions);

}  // namespace hourglass::HOURGLASS_BUILD
