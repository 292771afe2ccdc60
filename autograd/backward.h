#pragma once
#include <span>

#include <hourglass/autograd/variable.h>

namespace hourglass::HOURGLASS_BUILD {

/// Walks the ops behind y in reverse order and adds dy/dp to `grad()` of every parameter p. The graph is freed on the
/// way. y must be a single number; otherwise hand in the cotangent: `backward(y, v)` adds vᵀ ∂y/∂p.
/// Throws when y was not recorded, when the graph has been freed before, or when a saved tensor was written since.
/// It writes the parameters' gradients and frees the graph: no other thread may use either meanwhile.
/// @{
void backward(const Variable& y);
void backward(const Variable& y, const Tensor& cotangent);
/// @}

/// As `backward(y)`, for these parameters only: the others collect nothing, and what only they need is not computed, as
/// where the two networks of a GAN learn in turn. Throws as well where one of them is not a parameter.
void backward(const Variable& y, std::span<const Variable> parameters);

/// What a gradient is to be used for.
enum class Graph {
  free,    ///< the gradients are constants, and the graph behind y is freed
  keep,    ///< the gradients are constants, and y can be differentiated again
  create,  ///< the gradients are recorded themselves, so that they can be differentiated
};

/// dy/dx for each x (parameters, or values on the way to y); nothing is added to `grad()`. Where y does not depend on
/// x, zeros. y must be a single number, or a cotangent must be given: vᵀ ∂y/∂x. Each result has numbers of its own.
/// Throws as `backward`, and on an x that is a constant. With Graph::keep and Graph::create it writes nothing that
/// exists already: threads may differentiate by the same parameters at once.
/// @{
Variables grad(const Variable& y, std::span<const Variable> x, Graph graph = Graph::free,
               const Variable& cotangent = {});
Variable grad(const Variable& y, const Variable& x, Graph graph = Graph::free, const Variable& cotangent = {});
/// @}

}  // namespace hourglass::HOURGLASS_BUILD
