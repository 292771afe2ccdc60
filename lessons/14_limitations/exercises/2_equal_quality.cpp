// Task 2 of lesson 14: bits at equal quality
//
// Two codecs can be compared only by their bits at equal quality. The rate-distortion curve of a codec is given by a
// few points: `quality` (in dB, increasing) and `bits` (per pixel). Write
//
//     bits_at(quality, bits, wanted)        the bits at the quality `wanted`, by linear interpolation between the two
//                                           neighbouring points; infinity above the last point (the codec does not
//                                           reach this quality); the first point's bits below the first point (the
//                                           codec has no smaller file)
//     with_decoder(bits, weights, pixels)   the bits per pixel if the file also contains a decoder with `weights`
//                                           weights of 4 bytes each; `pixels` is the number of pixels of all images
#include <span>

#include "lessons/common/exercise/todo.h"

using namespace hourglass;

double bits_at(std::span<const double> quality, std::span<const double> bits, double wanted) {
  todo("bits_at(quality, bits, wanted): the interpolation is missing");
}

double with_decoder(double bits, double weights, double pixels) {
  todo("with_decoder(bits, weights, pixels): the decoder's share is missing");
}
