#pragma once
#include <span>
#include <vector>

#include <hourglass/models/autoencoder.h>

namespace hourglass::HOURGLASS_BUILD::models {

/// The vector-quantised autoencoder: the code is a list of entries of a codebook, hence integers.
///
///     z = f(x), cut into parts of `width`;   h = the entry e nearest to each part;   r = g(h)
///     L = ‖x - r‖² + ‖sg[z] - h‖² + β ‖z - sg[h]‖²
///
/// van den Oord, Vinyals & Kavukcuoglu 2017, eq. 3; sg stops the gradient. The choice has no gradient: the
/// decoder's passes straight through to z. Entries that are never chosen are moved onto codes that occur (`revive`).
struct VectorQuantized : nn::Module {
  /// Sizes, and the commitment of the encoder to the codebook.
  struct Options {
    Index input = 784, hidden = 256;
    Index parts = 8, width = 8, entries = 64;  ///< a code of parts · log₂ entries bits
    Number commitment = 0.25;                  ///< β
  };
  /// Throws on a negative β and on fewer than two entries.
  VectorQuantized(const Options& options, Rng& rng);

  /// The indices of the nearest entries: `parts` in 0 … entries - 1 for each of the n images.
  std::vector<int> indices(const Variable& x) { return nearest(encoder.forward(x).value()); }
  /// h: [n, parts · width], the entries with these indices.
  Variable quantized(std::span<const int> indices) const;
  /// h: the entries nearest to the encoder's output.
  Variable encode(const Variable& x) { return quantized(indices(x)); }
  /// r = g(h): [n, input].
  Variable decode(const Variable& h) { return decoder.forward(h); }
  /// L, squared error per image. Counts which entries are chosen.
  Loss loss(const Tensor& x);
  /// Moves entries that no image has used since the last call onto codes of these images; returns how many.
  Index revive(const Tensor& x, Rng& rng);
  /// encoder.0.weight, …, decoder.0.weight, …, codebook
  nn::Members members() override { return {{"encoder", encoder}, {"decoder", decoder}, {"codebook", codebook}}; }
  nn::Networks networks() const override;  ///< `encoder` outputs the entries that it chooses

  nn::Sequential encoder, decoder;
  Variable codebook;  ///< [entries, width]
  Options options;

 private:
  std::vector<int> nearest(const Tensor& z) const;
  std::vector<long> used_;  // how often each entry was chosen since the last revival
};

}  // namespace hourglass::HOURGLASS_BUILD::models
