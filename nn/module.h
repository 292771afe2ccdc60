#pragma once
#include <string>
#include <string_view>
#include <vector>

#include <hourglass/autograd/variable.h>
#include <hourglass/nn/spec.h>

/// Layers, losses and optimisers.
namespace hourglass::HOURGLASS_BUILD::nn {

/// A tensor of a model under its name in PyTorch's `state_dict`: `encoder.0.weight`. One that requires a gradient is
/// trained; one that does not (a buffer, such as a running mean) is saved with the weights as well.
struct Parameter {
  std::string name;
  Variable variable;
};
using Parameters = std::vector<Parameter>;

/// The name of the first one that holds a NaN or an infinity: where a diverging training shows; empty when there is
/// none.
std::string first_not_finite(const Parameters& parameters);

/// Throws, naming `who` and the parameter's names, when one parameter is listed twice: each would count double.
void require_distinct(const Parameters& parameters, std::string_view who);

class Module;

/// A member of a module under its name: a layer, another module, or a parameter (a Tensor for a buffer).
struct Member {
  /// Refers to the module or shares the parameter, under this name.
  /// @{
  Member(std::string name, Module& module) : name(std::move(name)), module(&module) {}
  Member(std::string name, Variable parameter) : name(std::move(name)), parameter(std::move(parameter)) {}
  /// @}

  std::string name;
  Module* module = nullptr;  ///< null for a parameter
  Variable parameter = {};
};
using Members = std::vector<Member>;

/// What has parameters: a layer, a model. It names its members once; parameters, networks, `train` and `eval` follow:
///
///     struct Mine : nn::Module {
///       nn::Members members() override { return {{"encoder", encoder}, {"decoder", decoder}}; }
///       nn::Sequential encoder, decoder;
///     };
///
/// A module can be moved, not copied: the copy would share its weights. Several threads may read one module at once
/// (evaluation mode); `train`, `eval` and what changes weights belong to one.
class Module {
 public:
  Module() = default;
  /// Moved, never copied.
  /// @{
  Module(Module&&) = default;
  Module& operator=(Module&&) = default;
  /// @}
  virtual ~Module() = default;

  /// Modules, parameters and buffers, each under its name in the `state_dict`.
  virtual Members members() { return {}; }
  /// All parameters and buffers, those of members included; `prefix` stands before each name.
  Parameters parameters(const std::string& prefix = "") const;
  /// The members that are networks, as they are in evaluation mode, for files that other tools read (io/network.h).
  /// A model whose `encode` does more than its encoder adds that. Throws where a layer is a function in C++.
  virtual Networks networks() const;
  /// Training mode, where dropout drops and batch normalisation uses the batch's statistics; a module begins in it.
  void train(bool mode = true);
  /// Evaluation mode.
  void eval() { train(false); }
  /// Whether it is in training mode.
  bool training() const { return training_; }

 private:
  bool training_ = true;
};

}  // namespace hourglass::HOURGLASS_BUILD::nn
