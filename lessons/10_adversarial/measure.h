#pragma once
#include <string>
#include <vector>

#include <hourglass/metrics/sample_quality.h>
#include <hourglass/models/adversarial.h>
#include "lessons/common/run.h"

// The measurements of lesson 10 on its two generative models, and how its page shows them.
namespace hourglass::HOURGLASS_BUILD {

/// Images [n, pixels] of one origin.
struct Samples {
  std::string name;
  Tensor images;
};

/// The share of pixels between 0.1 and 0.9, neither black nor white: a measure of blur.
double grey_share(const Tensor& x);

/// S31: the discriminator's accuracy on real and generated images (1/2 is chance); and the generator's loss -log
/// D(G(z)) on images that it recognises as generated, minus that on the others.
void measure_discriminator(Run& run, models::Gan& gan, const Tensor& real, const Tensor& generated);

/// S30, S32: the Fréchet distance after the last epoch relative to the first and to the untrained generator, and the
/// largest ratio of an epoch to the one before.
void measure_training(Run& run, double untrained);

/// The median distance of generated images to the nearest training image (0 for copies), relative to test images.
void measure_copying(Run& run, const Tensor& generated, const Tensor& test, const Tensor& known);

/// S33: Fréchet distance, precision, recall, blur and Parzen log-likelihood of samples: of the GAN, the VAE, real ones.
void compare(Run& run, metrics::SampleQuality& classifier, const std::vector<Samples>& samples,
             const Tensor& validation, const Tensor& test);

/// The generated digits, and the Fréchet distances up to this epoch.
void show_epoch(Run& run, const Tensor& images, const data::Images& like);
/// Ten samples of each model.
void show_beside(Run& run, const Tensor& by_gan, const Tensor& by_vae, const data::Images& like);

}  // namespace hourglass::HOURGLASS_BUILD
