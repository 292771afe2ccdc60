#pragma once
#include <vector>

#include <hourglass/nn/linear.h>
#include <hourglass/nn/loss.h>

/// Autoencoders and generative adversarial networks, each in a header of its own that tells its equations.
namespace hourglass::HOURGLASS_BUILD::models {

/// The two halves that every autoencoder has. A variant is told by its loss and by what its encoder sees.
struct Autoencoder {
  /// h = f(x):  [n, input] to [n, code]
  Variable encode(const Variable& x) { return encoder.forward(x); }
  /// r = g(h):  [n, code] to [n, input]
  Variable decode(const Variable& h) { return decoder.forward(h); }
  /// encoder.0.weight, encoder.0.bias, …, decoder.0.weight, …, as PyTorch names them.
  nn::Parameters parameters() const;
  /// `encoder` and `decoder`, as `encode` and `decode` are in use: for files that other tools read (io/network.h).
  nn::Networks networks() const;

  nn::Sequential encoder, decoder;
};

/// {first, inner…, last}: the sizes of a network's layers, for `nn::mlp`.
std::vector<Index> stack(Index first, std::vector<Index> inner, Index last);
/// The same sizes from the last to the first: a decoder's, where it is its encoder's mirror.
std::vector<Index> mirrored(const std::vector<Index>& sizes);

}  // namespace hourglass::HOURGLASS_BUILD::models
