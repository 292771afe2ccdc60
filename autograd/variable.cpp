#include <hourglass/autograd/variable.h>

#include <hourglass/autograd/node.h>
#include <hourglass/tensor/error.h>

namespace hourglass::HOURGLASS_BUILD {

namespace {

// A parameter: nothing made it, and its gradient goes no further.
struct Leaf final : Node {
  explicit Leaf(const Tensor& value) : Node("parameter", {}, value, Save::nothing) {}
  Gradients backward(const Variable&) override { fail("parameter: it has no inputs to pass a gradient to"); }
};

}  // namespace

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

Hook Variable::register_hook(Hook::Function f) const {
  require(node(), "register_hook: no gradient flows to a constant");
  node()->hooks_.push_back({std::make_shared<Hook::Function>(std::move(f))});
  return node()->hooks_.back();
}

}  // namespace hourglass::HOURGLASS_BUILD
