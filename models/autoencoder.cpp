#include <hourglass/models/autoencoder.h>

namespace hourglass::HOURGLASS_BUILD::models {

nn::Parameters Autoencoder::parameters() const {
  nn::Parameters all;
  encoder.collect(all, "encoder.");
  decoder.collect(all, "decoder.");
  return all;
}

nn::Networks Autoencoder::networks() const {
  return {{"encoder", nn::notes(encoder, "encoder.")}, {"decoder", nn::notes(decoder, "decoder.")}};
}

std::vector<Index> stack(Index first, std::vector<Index> inner, Index last) {
  inner.insert(inner.begin(), first);
  inner.push_back(last);
  return inner;
}

std::vector<Index> mirrored(const std::vector<Index>& sizes) { return {sizes.rbegin(), sizes.rend()}; }

}  // namespace hourglass::HOURGLASS_BUILD::models
