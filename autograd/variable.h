#pragma once
#include <functional>
#include <memory>
#include <utility>

#include <hourglass/tensor/memory.h>
#include <hourglass/tensor/print.h>

namespace hourglass::HOURGLASS_BUILD {

class Node;

/// A counted pointer to a node of the graph. Freeing a node never recurses, however long the chain behind it. The count
/// is atomic: threads that share a model copy pointers to the same nodes.
class NodeRef {
 public:
  /// Each copy counts; the last one to go frees the node.
  /// @{
  NodeRef() = default;
  explicit NodeRef(Node* node);
  NodeRef(const NodeRef& other) : NodeRef(other.node_) {}
  NodeRef(NodeRef&& other) noexcept : node_(std::exchange(other.node_, nullptr)) {}
  NodeRef& operator=(NodeRef other) noexcept {
    std::swap(node_, other.node_);
    return *this;
  }
  ~NodeRef();
  /// @}
  /// The node, null for none.
  Node* get() const { return node_; }

 private:
  Node* node_ = nullptr;
};

class Variable;

/// A function that backward passes call with a gradient (Variable::register_hook). Copies are one hook.
struct Hook {
  using Function = std::function<void(const Variable& gradient)>;
  /// From now on no pass calls it; it may remove itself.
  void remove() const { *function = nullptr; }

  std::shared_ptr<Function> function;  ///< empty once it was removed
};

/// A tensor and the op that computed it. Copies share both. A Variable made from a plain Tensor is a constant; one
/// made by `parameter` accumulates gradients; one that an op made from either has the op's node.
/// Threads: several may use one Variable as an input and read it, as in inference with one model, or to differentiate
/// graphs of their own with `grad`. What writes needs the Variable for one thread alone: `backward` and an optimiser
/// write the parameters, and a pass that frees its graph (Graph::free) writes all nodes of the graph.
class Variable {
 public:
  /// Nothing: as a gradient, zero.
  Variable() = default;
  /// A constant. Implicit, so that a batch can be passed to any op.
  Variable(Tensor value) : value_(std::move(value)) {}
  /// What the op of this node made: for `record`.
  Variable(Tensor value, NodeRef node) : value_(std::move(value)), node_(std::move(node)) {}
  /// What is trained: `backward` adds its gradient to `grad()`.
  static Variable parameter(Tensor value);

  /// Whether it has no numbers at all.
  bool empty() const { return value_.empty(); }
  /// The numbers alone.
  const Tensor& value() const { return value_; }
  /// Those of the value (tensor/tensor.h).
  /// @{
  const Shape& shape() const { return value_.shape(); }
  int dim() const { return value_.dim(); }
  Index numel() const { return value_.numel(); }
  Index size(int axis) const { return value_.size(axis); }
  Scalar item() const { return value_.item(); }
  Scalar at(std::initializer_list<Index> index) const { return value_.at(index); }
  /// @}

  /// The i-th along the first axis; -1 is the last. Throws when there is none.
  Variable operator[](Index i) const;

  /// Whether a gradient can flow to it: a parameter, or made from one while recording.
  bool requires_grad() const { return node_.get() != nullptr; }
  /// How it was made; null for a constant.
  Node* node() const { return node_.get(); }
  /// The gradient that `backward` has accumulated in a parameter since `zero_grad`; empty before the first. Throws
  /// elsewhere.
  const Tensor& grad() const;
  /// Clears the accumulated gradient of a parameter.
  void zero_grad() const;
  /// Puts another gradient in its place, as clipping does; a copy where others hold these numbers, too. Throws unless
  /// this is a parameter of that shape.
  void set_grad(Tensor gradient) const;
  /// The same numbers as a constant: no gradient flows through.
  Variable detach() const { return Variable(value_); }
  /// Calls f with the gradient of this variable whenever a backward pass has completed it, until the hook is removed.
  /// Throws on a constant.
  Hook register_hook(Hook::Function f) const;

 private:
  Tensor value_;
  NodeRef node_;
};

/// Several, kept in the pool.
using Variables = memory::Vector<Variable>;

/// The value as a tensor is printed.
/// @{
inline std::string to_string(const Variable& x) { return to_string(x.value()); }
inline std::ostream& operator<<(std::ostream& out, const Variable& x) { return out << x.value(); }
/// @}

}  // namespace hourglass::HOURGLASS_BUILD
