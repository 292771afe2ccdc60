#include <hourglass/tensor/finish.h>

#include <hourglass/tensor/activation_functions.h>
#include <hourglass/tensor/error.h>

namespace hourglass::HOURGLASS_BUILD {
namespace {

template <class F>
HOURGLASS_EVERY_CPU void by_column(Index rows, Index columns, Index stride, const Scalar* __restrict b,
                                   Scalar* __restrict y, F f) {
  for (Index i = 0; i < rows; ++i) {
    Scalar* row = y + i * stride;
    if (b) {
      for (Index j = 0; j < columns; ++j) row[j] = f(row[j] + b[j]);
    } else {
      for (Index j = 0; j < columns; ++j) row[j] = f(row[j]);
    }
  }
}

template <class F>
HOURGLASS_EVERY_CPU void by_row(Index rows, Index columns, const Scalar* __restrict b, Scalar* __restrict y, F f) {
  for (Index i = 0; i < rows; ++i) {
    const Scalar bias = b ? b[i] : Scalar{0};
    for (Index j = 0; j < columns; ++j) y[i * columns + j] = f(y[i * columns + j] + bias);
  }
}

// Calls `finish` with the activation as a function of one number, so that each has a loop of its own.
template <class Finish>
void choose(Activation activation, const Finish& finish) {
  const Activation::Kind kind = activation.kind;
  if (kind == Activation::none) return finish([](Scalar v) { return v; });
  if (kind == Activation::relu) return finish(Relu());
  if (kind == Activation::leaky_relu) return finish(LeakyRelu{activation.negative_slope});
  if (kind == Activation::sigmoid) return finish(Sigmoid());
  if (kind == Activation::tanh) return finish(Tanh());
  fail("activation ", static_cast<int>(kind), ": not one that a product can put on its output");
}

}  // namespace

void finish_columns(Index rows, Index columns, Index stride, const Scalar* b, Activation activation, Scalar* y) {
  if (!b && activation == Activation::none) return;
  choose(activation, [=](auto f) { by_column(rows, columns, stride, b, y, f); });
}

void finish_channels(Index channels, Index positions, const Scalar* b, Activation activation, Scalar* y) {
  if (!b && activation == Activation::none) return;
  choose(activation, [=](auto f) { by_row(channels, positions, b, y, f); });
}

}  // namespace hourglass::HOURGLASS_BUILD
