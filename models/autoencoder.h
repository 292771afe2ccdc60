#pragma once
#include <concepts>
#include <vector>

#include <hourglass/nn/linear.h>
#include <hourglass/nn/loss.h>

/// Autoencoders and generative adversarial networks, each in a header of its own that states its equations.
namespace hourglass::HOURGLASS_BUILD::models {

/// The two halves of an autoencoder whose code is its encoder's output: a variant of it differs in its loss, and in
/// what its encoder receives.
struct Autoencoder : nn::Module {
  /// h = f(x):  [n, input] to [n, code]
  Variable encode(const Variable& x) { return encoder.forward(x); }
  /// r = g(h):  [n, code] to [n, input]
  Variable decode(const Variable& h) { return decoder.forward(h); }
  /// encoder.0.weight, encoder.0.bias, …, decoder.0.weight, …
  nn::Members members() override { return {{"encoder", encoder}, {"decoder", decoder}}; }

  nn::Sequential encoder, decoder;
};

/// Any model with an `encode` and a `decode`, whatever its code is: what a function for all autoencoders takes.
template <class Model>
concept AnyAutoencoder = requires(Model& model, const Variable& v) {
  { model.encode(v) } -> std::same_as<Variable>;
  { model.decode(v) } -> std::same_as<Variable>;
};

/// {first, inner…, last}: the sizes of a network's layers, for `nn::mlp`.
std::vector<Index> stack(Index first, std::vector<Index> inner, Index last);
/// The same sizes from the last to the first: a decoder's, where it mirrors its encoder.
std::vector<Index> mirrored(const std::vector<Index>& sizes);

}  // namespace hourglass::HOURGLASS_BUILD::models
