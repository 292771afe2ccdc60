// Task 3 of lesson 01: what a code costs in bytes
//
// "A compressed representation": count it. An image of `input` grey values takes `input` bytes. Its code of `code`
// numbers, each kept in `bits` bits, takes code · bits / 8 bytes, rounded up to whole ones. But who wants the image
// back needs the decoder as well: `weights` numbers of 4 bytes, once, however many images there are. Write
//
//     code_bytes(code, bits)                          the bytes of one image's code
//     total_bytes(images, code, bits, weights)        the codes of all images, and the decoder
//     break_even(input, code, bits, weights)          the smallest number of images for which that total is less than
//                                                     the images themselves; 0 if there is none
#include <hourglass/tensor/shape.h>
#include "lessons/common/exercise/todo.h"

using namespace hourglass;

Index code_bytes(Index code, Index bits) { todo("code_bytes(code, bits)"); }

Index total_bytes(Index images, Index code, Index bits, Index weights) {
  todo("total_bytes(images, code, bits, weights)");
}

Index break_even(Index input, Index code, Index bits, Index weights) { todo("break_even(input, code, bits, weights)"); }
