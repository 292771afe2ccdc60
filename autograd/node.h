#pragma once
#include <atomic>
#include <cstdint>
#include <functional>
#include <initializer_list>
#include <span>
#include <utility>

#include <hourglass/autograd/variable.h>

namespace hourglass::HOURGLASS_BUILD {

/// The gradients that an op's backward function returns: one for each input, in order; an empty one stands for zero.
struct Gradients {
  Variables list;
  /// Of one input, of those named, of as many as there are.
  /// @{
  Gradients(Variable only) { list.push_back(std::move(only)); }
  Gradients(std::initializer_list<Variable> all) : list(all) {}
  explicit Gradients(Variables all) : list(std::move(all)) {}
  /// @}
};

/// Which values an op's backward function needs. A value that is not saved is freed as soon as nothing else needs it.
enum class Save { nothing, inputs, output, both };

/// How one value was computed: the op, its inputs, and the backward function, which takes the gradient of the output
/// to those of the inputs (the vector-Jacobian product).
class Node {
 public:
  /// Links the value to its inputs, and saves of both what `save` names.
  Node(const char* op, std::span<const Variable> inputs, const Tensor& value, Save save);
  virtual ~Node() = default;
  /// From the gradient of the output to the gradients of the inputs.
  virtual Gradients backward(const Variable& gy) = 0;

  /// The op's name, as in messages.
  const char* op() const { return op_; }
  /// Larger than that of every node it was computed from.
  std::uint64_t id() const { return id_; }
  /// Whether it is a parameter, a leaf of the graph.
  bool is_parameter() const { return parameter_; }
  /// How many there are.
  int inputs() const { return static_cast<int>(edges_.size()); }
  /// Input i as it was. Throws, naming the op, when it was not saved or has been written since.
  const Variable& input(int i) const;
  /// The output as it was; throws likewise.
  Variable output();
  /// The shape of input i, and of the output; known whether they were saved or not.
  /// @{
  const Shape& input_shape(int i) const { return edges_[static_cast<std::size_t>(i)].shape; }
  const Shape& shape() const { return shape_; }
  /// @}
  /// Whether the pass that runs this node's backward function needs the gradient of input i: one that is not needed
  /// may be left out. Outside of a pass, whether one can flow there.
  bool needs(int i) const;
  /// The node that computed input i, if it was recorded.
  Node* parent(int i) const { return edges_[static_cast<std::size_t>(i)].variable.node(); }

  /// Allocated from the memory pool: recording an op makes no heap allocation.
  /// @{
  static void* operator new(std::size_t bytes) { return memory::take(bytes); }
  static void operator delete(void* place, std::size_t bytes) noexcept { memory::give(place, bytes); }
  /// @}

 private:
  friend class NodeRef;
  friend class Variable;
  friend class Backward;

  struct Edge {
    Variable variable;  // without its value where that is not saved
    Shape shape;
    unsigned version;
  };

  // Which gradients the pass needs whose backward function runs on this thread: one flag for each input of `node`.
  struct Wanted {
    const Node* node = nullptr;
    const char* inputs = nullptr;
  };
  static thread_local Wanted wanted_;
  static inline std::atomic<std::uint64_t> made_{0};  // how many nodes there have been

  const char* op_;
  std::uint64_t id_;
  Shape shape_;
  memory::Vector<Edge> edges_;
  Tensor output_;  // where saved
  unsigned output_version_ = 0;
  bool parameter_ = false;
  bool spent_ = false;  // a backward pass has been through and freed what was saved
  Tensor grad_;         // of a parameter
  memory::Vector<Hook> hooks_;

  std::atomic<int> owners_{0};
  Node* next_to_free_ = nullptr;
};

}  // namespace hourglass::HOURGLASS_BUILD
