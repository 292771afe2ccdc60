#pragma once
#include <string>
#include <vector>

#include <hourglass/models/autoencoder.h>
#include "lessons/common/run.h"

// What lesson 06 measures of its networks, and the figures of its page.
namespace hourglass {

/// One of the networks that are compared.
struct NamedModel {
  std::string name;
  models::Autoencoder* model;
};

/// Records ‖x - g(f(x))‖² per image of each network for this epoch.
void record_errors(Run& run, const std::vector<NamedModel>& networks, const data::Images& images);

/// Table and figures, S17 and S20: the share of the energy that each network loses, Σ ‖x - g(f(x))‖² / Σ ‖x‖², of test
/// images, of images of another kind and of uniform noise; their reconstructions; and the weights of 16 units.
void measure_copying(Run& run, const std::vector<NamedModel>& networks, const data::Dataset& home,
                     const data::Images& train);

/// Table, S17 to S19: the accuracy of a linear probe and of five neighbours on test images, from the pixels and from
/// each network's code.
void compare_codes(Run& run, const std::vector<NamedModel>& networks, const data::Images& train,
                   const data::Images& test);

}  // namespace hourglass
