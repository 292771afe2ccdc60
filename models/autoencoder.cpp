#include "models/autoencoder.h"

namespace hourglass::inline HOURGLASS_BUILD::models {

nn::Parameters Autoencoder::parameters() const {
  nn::Parameters all;
  encoder.collect(all, "encoder.");
  decoder.collect(all, "decoder.");
  return all;
}

}  // namespace hourglass::inline HOURGLASS_BUILD::models
