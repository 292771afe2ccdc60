#include <hourglass/autograd/variable.h>

#include <atomic>

#include <hourglass/tensor/error.h>

namespace hourglass::HOURGLASS_BUILD {
namespace {

std::atomic<std::uint64_t> nodes_made{0};
thread_local bool record_now = true;
thread_local Observer* observer_now = nullptr;

// A parameter: nothing made it, and its gradient goes no further.
struct Leaf final : Node {
  explicit Leaf(const Tensor& value) : Node("parameter", {}, value, Save::nothing) {}
  Gradients backward(const Variable&) override { fail("parameter: it has no inputs to pass a gradient to"); }
};

}  // namespace

// ---- NodeRef

NodeRef::NodeRef(Node* node) : node_(node) {
  if (node_) node_->owners_.fetch_add(1, std::memory_order_relaxed);
}

// Deleting a node lets go of its inputs, which may be the last to hold theirs, and so on for a million ops: those wait
// in a list instead of on the stack.
NodeRef::~NodeRef() {
  if (!node_ || node_->owners_.fetch_sub(1, std::memory_order_acq_rel) > 1) return;
  thread_local Node* waiting = nullptr;
  thread_local bool freeing = false;
  node_->next_to_free_ = std::exchange(waiting, node_);
  if (freeing) return;
  freeing = true;
  while (waiting) delete std::exchange(waiting, waiting->next_to_free_);
  freeing = false;
}

// ---- Variable

Variable Variable::parameter(Tensor value) {
  require(!value.empty(), "parameter: the tensor is empty");
  NodeRef leaf(new Leaf(value));
  leaf.get()->parameter_ = true;
  return Variable(std::move(value), std::move(leaf));
}

const Tensor& Variable::grad() const {
  require(node() && node()->is_parameter(), "grad: only a parameter collects gradients; this is ",
          node() ? "the result of " : "a constant", node() ? node()->op() : "");
  return node()->grad_;
}

void Variable::zero_grad() const {
  if (node()) node()->grad_ = Tensor();
}

void Variable::set_grad(Tensor gradient) const {
  require(!gradient.empty(), "set_grad: the gradient is empty");
  require(node() && node()->is_parameter() && gradient.shape() == shape(), "set_grad: ", gradient.shape(), " for ",
          shape(), node() && node()->is_parameter() ? "" : ", which is not a parameter");
  node()->grad_ = std::move(gradient).unshared();
}

void Variable::on_gradient(std::function<void(const Variable&)> look) const {
  require(node(), "on_gradient: no gradient flows to a constant");
  node()->looks_.push_back(std::move(look));
}

// ---- NoGrad

NoGrad::NoGrad(bool record) : before_(std::exchange(record_now, record)) {}
NoGrad::~NoGrad() { record_now = before_; }
bool NoGrad::recording() { return record_now; }

// ---- Node

thread_local constinit Node::Wanted Node::wanted_;

Observer* Observer::set(Observer* observer) { return std::exchange(observer_now, observer); }
Observer* Observer::current() { return observer_now; }

bool worth_recording(const char* op, std::span<const Variable> inputs, const Tensor& value) {
  if (observer_now) observer_now->forward(op, inputs, value);
  if (!record_now) return false;
  for (const Variable& input : inputs)
    if (input.requires_grad()) return true;
  return false;
}

Node::Node(const char* op, std::span<const Variable> inputs, const Tensor& value, Save save)
    : op_(op), id_(++nodes_made), shape_(value.shape()) {
  const bool keep_inputs = save == Save::inputs || save == Save::both;
  edges_.reserve(inputs.size());
  for (const Variable& input : inputs)
    edges_.push_back(
        {keep_inputs ? input : Variable(Tensor(), NodeRef(input.node())), input.shape(), input.value().version()});
  if (save == Save::output || save == Save::both) {
    output_ = value;
    output_version_ = value.version();
  }
}

const Variable& Node::input(int i) const {
  const Edge& edge = edges_[static_cast<std::size_t>(i)];
  require(!edge.variable.empty(), op_, ": its backward function reads input ", i, ", which was not saved");
  require(edge.variable.value().version() == edge.version, op_, ": input ", i, " ", edge.shape,
          " was written after the op had saved it, so its gradient would be wrong");
  return edge.variable;
}

Variable Node::output() {
  require(!output_.empty(), op_, ": its backward function reads the output, which was not saved");
  require(output_.version() == output_version_, op_, ": the output ", shape_,
          " was written after the op had saved it, so its gradient would be wrong");
  return Variable(output_, NodeRef(this));
}

bool Node::needs(int i) const { return wanted_.node == this ? wanted_.inputs[i] != 0 : parent(i) != nullptr; }

}  // namespace hourglass::HOURGLASS_BUILD
