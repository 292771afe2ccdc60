#pragma once
#include <string>
#include <vector>

#include <hourglass/models/undercomplete.h>
#include "lessons/common/run.h"

// What lesson 03 measures of its four models, and the figures of its page.
namespace hourglass {

/// A set of images, and the model that is trained on no other.
struct Subject {
  std::string name;
  data::Images train, test;
  models::Undercomplete model;
  long steps = 1'000'000;  ///< of training, at most
};

/// Figures: test images of each set, their reconstructions by their own model, and by that of the other set whose
/// images have the same size. Records the own model's test error.
void show_reconstructions(Run& run, std::vector<Subject>& all);

/// Table, S8, S9 and S12: each model on the test images of its own set and of the other one of the same size: squared
/// error per image, the share of the variance that is lost, Σ ‖x - r‖² / Σ ‖x - m‖², and the ratio to the error of the
/// set's own model.
void measure_across_sets(Run& run, std::vector<Subject>& all);

/// Table, S10: mosaics of test images as JPEG files of quality 50: bits per pixel and the share of the variance lost.
void measure_jpeg(Run& run, const std::vector<Subject>& all);

/// Table, S11: how many test images an autoencoder and an arithmetic coder return with a changed grey value.
void compare_with_lossless(Run& run, Subject& subject);

}  // namespace hourglass
