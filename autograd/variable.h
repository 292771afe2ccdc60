#pragma once
#include <atomic>
#include <functional>
#include <initializer_list>
#include <span>
#include <utility>

#include <hourglass/tensor/memory.h>
#include <hourglass/tensor/tensor.h>

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

/// A tensor and the op that computed it. Copies share both. A Variable made from a plain Tensor is a constant; one
/// made by `parameter` collects gradients; one that an op made from either has the op's node.
/// Threads: several may use one Variable as an input and read it, as in inference with one model, or to differentiate
/// graphs of their own with `grad`. What writes needs the Variable for one thread alone: `backward` and an optimiser
/// write the parameters, and a pass that frees its graph (Graph::free) writes all nodes of the graph.
class Variable {
 public:
  /// Nothing: as a gradient, zero.
  Variable() = default;
  /// A constant. Implicit, so that a batch can be handed to any op.
  Variable(Tensor value) : value_(std::move(value)) {}
  /// What the op of this node made: for `record`.
  Variable(Tensor value, NodeRef node) : value_(std::move(value)), node_(std::move(node)) {}
  /// What is trained: `backward` adds its gradient to `grad()`.
  static Variable parameter(Tensor value);

  /// Whether it has no numbers at all.
  bool empty() const { return value_.empty(); }
  /// The numbers alone.
  const Tensor& value() const { return value_; }
  /// As the functions of the same name tell of the value (tensor/tensor.h).
  /// @{
  const Shape& shape() const { return value_.shape(); }
  int rank() const { return value_.rank(); }
  Index size() const { return value_.size(); }
  Index size(int axis) const { return value_.size(axis); }
  Scalar item() const { return value_.item(); }
  /// @}

  /// Whether a gradient can flow to it: a parameter, or made from one while recording.
  bool requires_grad() const { return node_.get() != nullptr; }
  /// How it was made; null for a constant.
  Node* node() const { return node_.get(); }
  /// What `backward` has collected in a parameter since `zero_grad`; empty before the first. Throws elsewhere.
  const Tensor& grad() const;
  /// Forgets what a parameter has collected.
  void zero_grad() const;
  /// Puts another gradient in its place, as clipping does; a copy where others hold these numbers, too. Throws unless
  /// this is a parameter of that shape.
  void set_grad(Tensor gradient) const;
  /// The same numbers as a constant: no gradient flows through.
  Variable detach() const { return Variable(value_); }
  /// Calls `look` with the gradient of this variable whenever a backward pass has completed it. Throws on a constant.
  void on_gradient(std::function<void(const Variable& gradient)> look) const;

 private:
  Tensor value_;
  NodeRef node_;
};

/// Several, kept in the pool.
using Variables = memory::Vector<Variable>;

/// While one lives, ops on this thread are not recorded: evaluation costs no memory. The mode is each thread's own.
class NoGrad {
 public:
  /// Holds until it ends, when what held before holds again; `record`: ops are recorded after all.
  explicit NoGrad(bool record = false);
  ~NoGrad();
  NoGrad(const NoGrad&) = delete;
  NoGrad& operator=(const NoGrad&) = delete;
  /// Whether ops are recorded now.
  static bool recording();

 private:
  bool before_;
};

/// The gradients that an op's rule returns: one for each input, in order; an empty one stands for zero.
struct Gradients {
  Variables list;
  /// Of one input, of those named, of as many as there are.
  /// @{
  Gradients(Variable only) { list.push_back(std::move(only)); }
  Gradients(std::initializer_list<Variable> all) : list(all) {}
  explicit Gradients(Variables all) : list(std::move(all)) {}
  /// @}
};

/// What the rule of an op will ask its node for. A value that is not saved is freed as soon as nobody else needs it.
enum class Save { nothing, inputs, output, both };

/// How one value was made: the op, its inputs, and the rule that takes the gradient of the output to those of the
/// inputs.
class Node {
 public:
  /// Links the value to what it was made from, and keeps of both what `save` says.
  Node(const char* op, std::span<const Variable> inputs, const Tensor& value, Save save);
  virtual ~Node() = default;
  /// From the gradient of the output to the gradients of the inputs.
  virtual Gradients backward(const Variable& gy) = 0;

  /// The op's name, as in messages.
  const char* op() const { return op_; }
  /// Larger than that of every node it was made from.
  std::uint64_t id() const { return id_; }
  /// Whether it is a parameter: nothing made it.
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
  /// Whether the pass that runs this node's backward function wants the gradient of input i: one that is not wanted
  /// may be left out. Outside of a pass, whether one can flow there.
  bool needs(int i) const;
  /// The node that made input i, if it was recorded.
  Node* parent(int i) const { return edges_[static_cast<std::size_t>(i)].variable.node(); }

  /// From the pool: recording an op touches the heap no more than computing it does.
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

  // Which gradients the pass wants whose backward function runs on this thread: one flag for each input of `node`.
  struct Wanted {
    const Node* node = nullptr;
    const char* inputs = nullptr;
  };
  static thread_local Wanted wanted_;

  const char* op_;
  std::uint64_t id_;
  Shape shape_;
  memory::Vector<Edge> edges_;
  Tensor output_;  // where saved
  unsigned output_version_ = 0;
  bool parameter_ = false;
  bool spent_ = false;  // a backward pass has been through and freed what was saved
  Tensor grad_;         // of a parameter
  memory::Vector<std::function<void(const Variable&)>> looks_;

  std::atomic<int> owners_{0};
  Node* next_to_free_ = nullptr;
};

/// Remembers one op: its value, its inputs and its rule `Gradients(Node&, const Variable& gy)`. This is all there is to
/// writing an op. While nothing is recorded, or where no input requires a gradient, only the value is kept.
/// @{
template <class Rule>
Variable record(const char* op, Tensor value, std::span<const Variable> inputs, Save save, Rule rule);
template <class Rule>
Variable record(const char* op, Tensor value, std::initializer_list<Variable> inputs, Save save, Rule rule) {
  return record(op, std::move(value), std::span<const Variable>(inputs.begin(), inputs.size()), save, std::move(rule));
}
/// @}

/// Sees every op of this thread pass by, while it is set: Trace (autograd/trace.h) is one.
class Observer {
 public:
  virtual ~Observer() = default;
  /// An op has computed its value; inside a rule, too.
  virtual void forward(const char* op, std::span<const Variable> inputs, const Tensor& value) = 0;
  /// The rule of a node starts, with the gradient of its output.
  virtual void enter(const Node& node, const Variable& gy) = 0;
  /// It has ended, with the gradients of its inputs.
  virtual void leave(const Node& node, const Gradients& gradients) = 0;

  /// Sets the observer of this thread, null for none; returns the one before.
  static Observer* set(Observer* observer);
  /// The observer of this thread, null for none.
  static Observer* current();
};

// ---- what record is made of

/// Tells the observer of the value; then whether this thread records and an input requires a gradient.
bool worth_recording(const char* op, std::span<const Variable> inputs, const Tensor& value);

/// A node whose rule is a function.
template <class Rule>
struct RuleNode final : Node {
  Rule rule;
  /// As a Node, with its rule.
  RuleNode(const char* op, std::span<const Variable> inputs, const Tensor& value, Save save, Rule r)
      : Node(op, inputs, value, save), rule(std::move(r)) {}
  Gradients backward(const Variable& gy) override { return rule(*this, gy); }
};

template <class Rule>
Variable record(const char* op, Tensor value, std::span<const Variable> inputs, Save save, Rule rule) {
  if (!worth_recording(op, inputs, value)) return Variable(std::move(value));
  NodeRef node(new RuleNode<Rule>(op, inputs, value, save, std::move(rule)));
  return Variable(std::move(value), std::move(node));
}

}  // namespace hourglass::HOURGLASS_BUILD
