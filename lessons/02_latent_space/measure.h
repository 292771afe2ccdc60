#pragma once
#include <vector>

#include <hourglass/models/undercomplete.h>
#include "lessons/common/run.h"

// What lesson 02 measures of its latent space, and the figures of its page.
namespace hourglass {

/// S7: a network with `hidden` units a layer that is trained on the first `share` percent of the training images alone.
struct Trial {
  Index hidden, share, images;
  models::Undercomplete model;
};

/// Figure: interpolation between test images, (1 - t) a + t b, in pixel space (cross-fading) and below it in the latent
/// space.
void show_interpolation(Run& run, models::Undercomplete& model, const data::Images& test);

/// Figure and part of the page: codes of test images, projected onto their first two principal components.
void show_latent_space(Run& run, models::Undercomplete& model, const data::Images& test);

/// Figure: test images, each with its four nearest neighbours in `base` by code and its four nearest by pixels.
void show_neighbors(Run& run, models::Undercomplete& model, const data::Images& test, const data::Images& base);

/// Table, S5 and S6: in the latent space, that of the untrained model, that of PCA and pixel space, the accuracy of
/// five neighbours and of a linear probe on the test images, and the silhouette of their classes.
void compare_spaces(Run& run, models::Undercomplete& model, models::Undercomplete& untrained, const data::Images& test,
                    const data::Images& base);

/// Table, S7: each trial's squared error on its own training images and on test images, and the gap between the two,
/// 100 (test / train - 1) percent.
void measure_memorisation(Run& run, std::vector<Trial>& trials, const data::Dataset& digits);

}  // namespace hourglass
