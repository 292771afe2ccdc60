// Task 2 of lesson 14: bits at equal quality
//
// Two coders cannot be compared by bits alone, nor by decibels alone. Each has a curve: `quality` (in dB, rising) and
// `bits` at a few points. Write
//
//     bits_at(quality, bits, wanted)        the bits at the wanted quality, on the straight line between the two points
//                                           about it; infinity above the best point (it cannot be had); the first
//                                           point's bits below the worst one (there is nothing cheaper)
//     with_decoder(bits, weights, pixels)   bits per pixel, when a decoder of so many weights of 4 bytes is sent along
//                                           with images of so many pixels in all
#include <span>

#include "lessons/common/exercise/todo.h"

using namespace hourglass;

double bits_at(std::span<const double> quality, std::span<const double> bits, double wanted) {
  todo("bits_at(quality, bits, wanted)");
}

double with_decoder(double bits, double weights, double pixels) { todo("with_decoder(bits, weights, pixels)"); }
