#pragma once
#include <functional>

#include <hourglass/data/images.h>
#include <hourglass/tensor/random.h>

namespace hourglass::HOURGLASS_BUILD {

/// What an entry is given: 55,000 digits, a seed, a clock.
struct Challenge {
  const data::Images& digits;            ///< to train on
  Rng rng;                               ///< all that is random comes from here, so that a run can be repeated
  std::function<double()> seconds_left;  ///< of the time for training; below 0, the entry is out
};

/// Its result: two functions of batches, to be evaluated on 5,000 held-out digits.
struct Answer {
  std::function<Tensor(const Tensor& x)> encode;  ///< [n, 784] to [n, 30]
  std::function<Tensor(const Tensor& h)> decode;  ///< [n, 30] to [n, 784]
};

/// The entry's own function.
Answer enter(Challenge& challenge);

}  // namespace hourglass::HOURGLASS_BUILD
