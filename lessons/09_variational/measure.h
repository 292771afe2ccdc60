#pragma once
#include <string>
#include <vector>

#include <hourglass/metrics/pca.h>
#include <hourglass/metrics/sample_quality.h>
#include <hourglass/models/variational.h>
#include "lessons/common/run.h"

// The measurements of lesson 09 on its two models, and how its page shows them.
namespace hourglass::HOURGLASS_BUILD {

/// Images [n, pixels] of one origin.
struct Samples {
  std::string name;
  Tensor images;
};

/// 60 images g(h), h ~ N(0, I), the same h after each epoch.
void show_samples(Run& run, models::Variational& vae, const data::Images& like);

/// S27: Fréchet distance and precision of each kind of samples, those of the first relative to the others.
void score_samples(Run& run, metrics::SampleQuality& classifier, const std::vector<Samples>& samples);

/// S27: log p(x) of binarised digits by importance sampling, and its gain over independent pixels,
/// Σ log Bernoulli(x_i; m_i) with the mean image m.
void measure_likelihood(Run& run, models::Variational& vae, const Tensor& x, const Tensor& mean_image);

/// S28: ‖x - r‖² per image from the plain code, the mean of q(h|x), a draw of it, PCA of the same size, and no code.
void measure_reconstruction(Run& run, const data::Images& test, models::Variational& vae, models::Variational& plain,
                            const metrics::Pca& pca);

/// S29: interpolation g((1 - t) f(a) + t f(b)) between test digits: the share of images in the region of
/// real digits (precision), and the classifier's confidence; beside it, interpolation in pixel space.
void measure_interpolation(Run& run, metrics::SampleQuality& classifier, models::Variational& vae,
                           models::Variational& plain, const data::Images& test, Index pairs);

}  // namespace hourglass::HOURGLASS_BUILD
