#pragma once
#include <hourglass/codec/ans.h>
#include <hourglass/models/gaussian_autoencoder.h>

// Bits-back coding (Wallace 1990; Hinton & van Camp 1993) with asymmetric numeral systems: BB-ANS, Townsend, Bird &
// Barber 2019. A variational autoencoder has a code h for each image, but no probability p(x) to code x with. One
// takes h from the stack, then pushes x and h:
//
//     pop h ~ q(h|x)            - log2 1/q(h|x)     a draw, made of bits that earlier images left
//     push x by p(x|h)          + log2 1/p(x|h)
//     push h by p(h)            + log2 1/p(h)       on average, in all: KL(q ‖ p) - E log p(x|h): the negative ELBO
//
// The decoder runs it backwards: it pops h, then x, and, since x is decoded now, can push h back by q(h|x): the very
// bits that the encoder took, with which the image before is read on.
//
// A draw must be as likely as under q. On top of the stack is the code of the image before, which is distributed
// as the aggregate of all codes, not as the prior; so h is popped with its slots rotated by pseudo-random numbers that
// the decoder has, too. Then the length is the negative ELBO on average, as long as q lies where the buckets are.
//
// A code is continuous, a stack holds whole numbers: each coordinate is cut into buckets that are equally likely under
// the prior N(0, 1), so that p(h) is even, and h is its bucket's median. A finer cut takes no more bits: what it adds
// to log 1/p(h), it adds to log 1/q(h|x) as well. But the outermost of the 4,096 begin at ±3.5: the part of q(h|x)
// beyond that is squeezed into one bucket, and the length is no longer the ELBO's.
namespace hourglass::HOURGLASS_BUILD::codec {

/// Images as `bits_back_encode` writes them, and their length.
struct BitsBack {
  io::Bytes stream;
  Index images = 0, pixels = 0;  ///< a decoder needs their number; pixels of one image
  double bits = 0;               ///< the length without the borrowed bits
  double borrowed_bits = 0;      ///< random bits that the first images' codes were drawn from

  /// bits / (images · pixels): to be compared with the negative ELBO.
  double bits_per_pixel() const { return bits / static_cast<double>(images * pixels); }
};

/// Images of 0 and 1, [n, pixels], without loss. The networks process one image at a time, as they do when decoding, so
/// that both get the same bits. `seed` names the bits that are borrowed and the turns. Throws on a pixel other than 0
/// and 1, and on a model that outputs numbers that are not finite.
BitsBack bits_back_encode(models::GaussianAutoencoder& model, const Tensor& images, std::uint64_t seed = 1);

/// The images again, [images, pixels], with the model and seed of the encoder. Throws, naming `name`, on a stream that
/// is truncated, damaged or another model's: what is left at the end must be what was borrowed.
Tensor bits_back_decode(models::GaussianAutoencoder& model, std::span<const std::uint8_t> stream, Index images,
                        Index pixels, std::uint64_t seed = 1, const std::string& name = "bits_back_decode");

}  // namespace hourglass::HOURGLASS_BUILD::codec
