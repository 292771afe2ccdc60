// Task 3 of lesson 01: the size of a code in bytes
//
// Is the code "a compressed representation"? An image of `input` grey values takes `input` bytes. Its code of `code`
// numbers, each stored in `bits` bits, takes code · bits / 8 bytes, rounded up to whole bytes. To reconstruct the image
// one needs the decoder as well: `weights` parameters of 4 bytes each, once for all images. Write
//
//     code_bytes(code, bits)                          the bytes of one image's code
//     total_bytes(images, code, bits, weights)        the bytes of all codes and of the decoder
//     break_even(input, code, bits, weights)          the smallest number of images for which this total is less than
//                                                     the bytes of the images themselves; 0 if there is none
#include <hourglass/tensor/shape.h>
#include "lessons/common/exercise/todo.h"

using namespace hourglass;

Index code_bytes(Index code, Index bits) { todo("code_bytes(code, bits)"); }

Index total_bytes(Index images, Index code, Index bits, Index weights) {
  todo("total_bytes(images, code, bits, weights)");
}

Index break_even(Index input, Index code, Index bits, Index weights) { todo("break_even(input, code, bits, weights)"); }
