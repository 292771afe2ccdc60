#include "autograd/backward.h"

#include <algorithm>
#include <atomic>

#include "autograd/ops.h"
#include "tensor/elementwise.h"
#include "tensor/error.h"

namespace hourglass::inline HOURGLASS_BUILD {

/// One walk from a value back to what it was made from.
class Backward {
 public:
  /// `targets`: where gradients are wanted; none for all parameters.
  Backward(const Variable& y, std::span<const Variable> targets, Graph graph);
  ~Backward();
  void run(const Variable& y, const Variable& cotangent);
  /// What arrived at a target: zeros when nothing did.
  Variable gradient_of(const Variable& target) const;

 private:
  void visit(Node& node);
  void step(Node& node);
  void collect(Node& parameter);
  void arrive(Node& node, Variable gradient);
  bool is_target(const Node& node) const;

  std::uint64_t pass_;
  std::span<const Variable> targets_;
  Graph graph_;
  memory::Vector<NodeRef> nodes_;  // the latest first; they live until the walk ends
};

namespace {
std::atomic<std::uint64_t> passes{0};
}

// All nodes behind y, without recursion. A node is wanted if it is a target, or made from one that is.
Backward::Backward(const Variable& y, std::span<const Variable> targets, Graph graph)
    : pass_(++passes), targets_(targets), graph_(graph) {
  visit(*y.node());
  for (std::size_t i = 0; i < nodes_.size(); ++i) {
    const Node* node = nodes_[i].get();
    for (int input = 0; input < node->inputs(); ++input)
      if (Node* parent = node->parent(input)) visit(*parent);
  }
  std::sort(nodes_.begin(), nodes_.end(),
            [](const NodeRef& a, const NodeRef& b) { return a.get()->id() > b.get()->id(); });
  for (auto ref = nodes_.rbegin(); ref != nodes_.rend();
       ++ref) {  // the earliest first: what it is made from is settled
    Node& node = *ref->get();
    node.wanted_ = targets_.empty() ? node.is_parameter() : is_target(node);
    for (int input = 0; input < node.inputs(); ++input) node.wanted_ = node.wanted_ || node.needs(input);
  }
}

Backward::~Backward() {
  for (const NodeRef& node : nodes_) node.get()->gradient_ = Variable();
}

void Backward::visit(Node& node) {
  if (node.pass_ == pass_) return;
  require(!node.spent_, node.op_,
          ": backward twice: the first pass has freed this graph; differentiate with Graph::keep first");
  node.pass_ = pass_;
  node.wanted_ = false;
  node.gradient_ = Variable();
  nodes_.emplace_back(&node);
}

void Backward::run(const Variable& y, const Variable& cotangent) {
  const NoGrad mode(graph_ == Graph::create);
  arrive(*y.node(), cotangent);
  for (const NodeRef& node : nodes_)
    if (node.get()->wanted_ && !node.get()->gradient_.empty()) step(*node.get());
}

// The gradient of this node is complete: pass it on to what the node was made from.
void Backward::step(Node& node) {
  for (const auto& look : node.looks_) look(node.gradient_);
  if (node.is_parameter()) return targets_.empty() ? collect(node) : void();
  bool passes_on = false;
  for (int i = 0; i < node.inputs(); ++i) passes_on = passes_on || node.needs(i);
  if (!passes_on) return;
  Observer* const observer = Observer::current();
  if (observer) observer->enter(node, node.gradient_);
  Gradients gradients = node.backward(node.gradient_);
  if (observer) observer->leave(node, gradients);
  if (!is_target(node)) node.gradient_ = Variable();
  require(static_cast<int>(gradients.list.size()) == node.inputs(), node.op_, ": its rule returned ",
          gradients.list.size(), " gradients for ", node.inputs(), " inputs");
  for (int i = 0; i < node.inputs(); ++i) {
    Variable& gradient = gradients.list[static_cast<std::size_t>(i)];
    if (gradient.empty() || !node.needs(i)) continue;
    require(gradient.shape() == node.input_shape(i), node.op_, ": its rule returned a gradient ", gradient.shape(),
            " for input ", i, ", which is ", node.input_shape(i));
    arrive(*node.parent(i), std::move(gradient));
  }
  if (graph_ == Graph::free) {
    node.edges_.clear();
    node.output_ = Tensor();
    node.spent_ = true;
  }
}

void Backward::collect(Node& parameter) {
  Tensor arrived = std::exchange(parameter.gradient_, Variable()).value();
  Tensor& grad = parameter.grad_;
  if (grad.empty()) {
    grad = std::move(arrived);
  } else if (grad.unique()) {
    grad.add_(arrived);
  } else {
    grad = tensor::add(grad, arrived);
  }
}

// The first gradient is taken as it is; a later one is added in place only where nobody else holds the first.
void Backward::arrive(Node& node, Variable gradient) {
  if (node.gradient_.empty()) {
    node.gradient_ = std::move(gradient);
  } else if (graph_ != Graph::create && node.gradient_.value().unique()) {
    Tensor sum = node.gradient_.value();
    sum.add_(gradient.value());
  } else {
    node.gradient_ = add(node.gradient_, gradient);
  }
}

bool Backward::is_target(const Node& node) const {
  return std::any_of(targets_.begin(), targets_.end(), [&](const Variable& target) { return target.node() == &node; });
}

Variable Backward::gradient_of(const Variable& target) const {
  const Node& node = *target.node();
  return node.pass_ == pass_ && !node.gradient_.empty() ? node.gradient_ : Variable(Tensor::zeros(target.shape()));
}

namespace {

Variable start(const Variable& y, const Variable& cotangent, const char* who) {
  require(!y.empty(), who, ": the value is empty");
  require(y.requires_grad(), who,
          ": nothing was recorded for this value: no parameter takes part, or it was made under NoGrad");
  if (cotangent.empty()) {
    require(y.size() == 1, who, ": ", y.shape(),
            " is not a single number; sum it, or hand in a cotangent of that shape");
    return Tensor::full(y.shape(), 1);
  }
  require(cotangent.shape() == y.shape(), who, ": the cotangent ", cotangent.shape(), " and the value ", y.shape(),
          " differ");
  return cotangent;
}

}  // namespace

void backward(const Variable& y) { backward(y, Tensor()); }

void backward(const Variable& y, const Tensor& cotangent) {
  const Variable seed = start(y, cotangent, "backward");
  Backward(y, {}, Graph::free).run(y, seed);
}

Variables grad(const Variable& y, std::span<const Variable> x, Graph graph, const Variable& cotangent) {
  const Variable seed = start(y, cotangent, "grad");
  require(!x.empty(), "grad: no x given");
  for (const Variable& target : x)
    require(target.requires_grad(), "grad: a constant ", target.shape(), " is among the x");
  Backward pass(y, x, graph);
  pass.run(y, seed);
  Variables gradients;
  for (const Variable& target : x) gradients.push_back(pass.gradient_of(target));
  return gradients;
}

Variable grad(const Variable& y, const Variable& x, Graph graph, const Variable& cotangent) {
  return grad(y, std::span<const Variable>(&x, 1), graph, cotangent)[0];
}

}  // namespace hourglass::inline HOURGLASS_BUILD
