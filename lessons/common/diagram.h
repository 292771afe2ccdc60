#pragma once
#include <string>
#include <utility>
#include <vector>

#include <hourglass/nn/sequential.h>

namespace hourglass::HOURGLASS_BUILD {

/// One step of a model: from one named value to the next, through the layers of a network or through an op.
struct Stage {
  /// Through `network`, whose layers give the shapes.
  Stage(std::string from, nn::Sequential& network, std::string to)
      : from(std::move(from)), to(std::move(to)), network(&network) {}
  /// Through what is not a network, `op`, to a value of this shape.
  Stage(std::string from, std::string op, Shape shape, std::string to)
      : from(std::move(from)), to(std::move(to)), op(std::move(op)), shape(shape) {}

  std::string from, to;
  nn::Sequential* network = nullptr;
  std::string op = {};
  Shape shape = {};
};

/// A model as a diagram shows it. The first stage begins at a value of `input` numbers.
struct Architecture {
  std::string name;  ///< stands beside the model; empty where there is only one
  Index input;
  std::vector<Stage> stages;
};

/// The architectures as commands for graphviz: each model's values, named, down to its code and up again, and between
/// them the layers, with the shape of what passes for one example; these are the shapes that the layers, in evaluation
/// mode, give to zeros. Throws where a layer does not fit.
std::string diagram(const std::vector<Architecture>& models);

}  // namespace hourglass::HOURGLASS_BUILD
