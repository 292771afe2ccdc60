#pragma once
#include <vector>

#include <hourglass/claims/ledger.h>

namespace hourglass::HOURGLASS_BUILD::claims {

/// The published figures, by subject; each file trains what it measures.
/// @{
std::vector<Figures> pca_and_linear();  // linear.cpp
std::vector<Figures> reconstruction();  // reconstruction.cpp
std::vector<Figures> likelihood();      // likelihood.cpp
std::vector<Figures> features();        // features.cpp
std::vector<Figures> generation();      // generation.cpp
std::vector<Figures> variants();        // variants.cpp
std::vector<Figures> compression();     // compression.cpp
/// @}

/// The log-likelihood of the test digits by Parzen windows on a generator's samples [n, 784], in nats per image
/// (metrics/parzen.h), and the number of samples.
/// @{
double parzen_likelihood(const Experiment& experiment, const Tensor& samples);
Index parzen_samples(const Experiment& experiment);
/// @}

}  // namespace hourglass::HOURGLASS_BUILD::claims
