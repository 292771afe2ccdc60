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

/// What a generator's samples [n, 784] give the test digits by Parzen windows, in nats per image (metrics/parzen.h), and
/// how many samples that takes.
/// @{
double parzen_likelihood(const Experiment& experiment, const Tensor& samples);
Index parzen_samples(const Experiment& experiment);
/// @}

}  // namespace hourglass::HOURGLASS_BUILD::claims
