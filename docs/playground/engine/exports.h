#pragma once
#include <cstdint>

// What the page calls (page/engine.js), and the native twin (native.cpp). Numbers go in through `hg_room`; what a
// function returns is valid until the next call, and `hg_count` returns how many items it has. An image is 784 numbers
// from 0 (black) to 1. A failure is raised by the function of tensor/error.h; `hg_set` then leaves the old session.
extern "C" {
float* hg_room(int numbers);
/// Room for this many images of 784 bytes, to train on from the next `hg_set` on. Ends the session that there is.
std::uint8_t* hg_images(int count);
int hg_count();

/// A new session. The sizes of the hidden layers are the first `layers` numbers in the room; the numbers of variant and
/// activation are those of choice.h and tensor/product.h.
void hg_set(int variant, int layers, int code, int activation, double learning_rate, double noise, double penalty,
            int batch, double seed);
void hg_tune(double learning_rate, double noise, double penalty);
double hg_step();

// Of the n images, or codes, that lie in the room.
double hg_loss(int n);
const float* hg_encode(int n);
const float* hg_decode(int n);
const float* hg_seen(int n);

const float* hg_filters(int most);
const std::uint8_t* hg_weights();

/// A new small network; its tape on the four numbers in the room; one step of gradient descent after the tape.
void hg_tinynew(double seed);
const char* hg_tinytape();
void hg_tinystep(double rate);

/// A new training on the spiral, of the variant with this number (lessons/what_stops_the_copy/variant.h); the loss of
/// the last of `count` steps.
void hg_planeset(int stop, double seed);
double hg_planestep(int count);
/// r(x) of the n points that lie in the room; and n points of the spiral.
const float* hg_planemap(int n);
const float* hg_planepoints(int n);
}
