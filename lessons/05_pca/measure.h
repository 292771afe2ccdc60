#pragma once
#include <hourglass/metrics/pca.h>
#include <hourglass/models/autoencoder.h>
#include "lessons/common/run.h"

// What lesson 05 measures of its three networks beside PCA, and the figures of its page.
namespace hourglass {

/// ‖x - g(f(x))‖² per test image.
double test_error(const Run& run, models::Autoencoder& model, const data::Images& test);

/// Table, S16: the test error of each network and of PCA with the same code size; for the two linear ones, the largest
/// principal angle between the space of their decoder's columns and that of the first principal components, and the
/// mean angle between the decoder's principal axes and the components.
void compare_with_pca(Run& run, models::Autoencoder& linear, models::Autoencoder& penalized,
                      models::Autoencoder& nonlinear, const metrics::Pca& pca, const data::Images& test);

/// Figure: the principal components [code, pixels] as images, above the linear decoders' columns and principal axes.
void show_directions(Run& run, const models::Autoencoder& linear, const models::Autoencoder& penalized,
                     const Tensor& components, const data::Images& test);

/// Figure: test images, and their reconstructions by PCA, by the linear and by the non-linear network.
void show_reconstructions(Run& run, models::Autoencoder& linear, models::Autoencoder& nonlinear,
                          const metrics::Pca& pca, const data::Images& test);

}  // namespace hourglass
