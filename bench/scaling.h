#pragma once
#include <string>

#include <hourglass/tensor/scalar.h>

/// How time and memory of a training step grow with the batch, the width and the depth of an autoencoder, at one thread
/// and at two: `./course bench --scaling FOLDER`.
namespace hourglass::HOURGLASS_BUILD::bench {

/// Measures each point in a process of its own, prints a table of times, memory and fitted exponents, and draws them
/// into time_batch.png, memory_batch.png, … in `folder`. Each timing lasts `seconds`; the median of `rounds` counts.
void scaling(const std::string& folder, const std::string& log, int rounds, double seconds);

/// One point, as a contender (bench/contender.h): bench point AXIS VALUE THREADS SECONDS.
int point(int argc, char** argv);

}  // namespace hourglass::HOURGLASS_BUILD::bench
