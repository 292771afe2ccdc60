#include <hourglass/autograd/backward.h>

#include <algorithm>
#include <utility>

#include <hourglass/autograd/grad_mode.h>
#include <hourglass/autograd/observer.h>
#include <hourglass/autograd/ops.h>

namespace hourglass::HOURGLASS_BUILD {

/// One backward pass (backpropagation) from a value to its inputs. Its state is stored here and not on the nodes, so
/// that passes over the same nodes (a hook that calls `grad`, two threads with one model) do not disturb each other.
class Backward {
 public:
  /// What happens to the gradient of a target: a parameter collects it, or `gradient_of` returns it.
  enum class Result { collected, returned };
  /// `targets`: the variables of the gradient; none for all parameters.
  Backward(const Variable& y, std::span<const Variable> targets, Graph graph, Result result);
  void run(Variable cotangent);
  /// What has arrived at a target: zeros when nothing has.
  Variable gradient_of(const Variable& target);

 private:
  struct Visit {
    NodeRef node;
    Variable gradient;  // the sum of what has arrived
    bool wanted = false;
  };

  // While one lives, `Node::needs` returns these flags for the node.
  struct Wants {
    Node::Wanted before;
    Wants(const Node& node, const char* inputs) : before(std::exchange(Node::wanted_, {&node, inputs})) {}
    ~Wants() { Node::wanted_ = before; }
  };

  static void require_unspent(const Node& node);
  Visit* find(const Node* node);
  bool is_wanted(const Node* node) { return node && find(node)->wanted; }
  void step(Visit& visit);
  Gradients gradients_of_inputs(Visit& visit);
  void collect(Visit& visit);
  void arrive(Visit& visit, Variable gradient);
  bool is_target(const Node& node) const;

  std::span<const Variable> targets_;
  Graph graph_;
  Result result_;
  memory::Vector<Visit> visits_;        // the node that was made last comes first
  memory::Vector<char> wanted_inputs_;  // of the node whose backward function runs
};

namespace {

bool made_before(const Node* a, const Node* b) { return a->id() < b->id(); }

// Numbers that the caller, or another gradient, holds as well are copied: a gradient belongs to one variable.
Variable unshared(Variable gradient) {
  const NodeRef node(gradient.node());
  Tensor value = gradient.value();
  gradient = Variable();
  return Variable(std::move(value).unshared(), node);
}

Variable start(const Variable& y, const Variable& cotangent, const char* who) {
  require(!y.empty(), who, ": the value is empty");
  require(y.requires_grad(), who,
          ": nothing was recorded for this value: no input is a parameter, or it was computed under NoGrad");
  if (cotangent.empty()) {
    require(y.numel() == 1, who, ": ", y.shape(),
            " is not a single number; sum it, or hand in a cotangent of that shape");
    return Tensor::full(y.shape(), 1);
  }
  require(cotangent.shape() == y.shape(), who, ": the cotangent ", cotangent.shape(), " and the value ", y.shape(),
          " differ");
  return cotangent;
}

}  // namespace

// All nodes from which y was computed, the latest first: what is computed from a node was made after it, so that in
// this order a node's gradient is complete before the node is reached. A node is wanted if it is a target, or computed
// from one that is.
Backward::Backward(const Variable& y, std::span<const Variable> targets, Graph graph, Result result)
    : targets_(targets), graph_(graph), result_(result) {
  // hole order: each node once, the latest first, from y to the parameters
  memory::Vector<Node*> waiting{y.node()};  // a heap: the node that was made last is on top
  while (!waiting.empty()) {
    std::pop_heap(waiting.begin(), waiting.end(), made_before);
    Node* const node = waiting.back();
    waiting.pop_back();
    if (!visits_.empty() && visits_.back().node.get() == node) continue;  // the input of several
    require_unspent(*node);
    visits_.push_back({NodeRef(node), {}});
    for (int i = 0; i < node->inputs(); ++i) {
      if (!node->parent(i)) continue;
      waiting.push_back(node->parent(i));
      std::push_heap(waiting.begin(), waiting.end(), made_before);
    }
  }
  // end of hole
  // hole wanted: inputs first, mark the nodes through which a gradient must pass
  for (auto visit = visits_.rbegin(); visit != visits_.rend(); ++visit) {  // inputs first
    const Node& node = *visit->node.get();
    visit->wanted = targets_.empty() ? node.is_parameter() : is_target(node);
    for (int i = 0; i < node.inputs(); ++i) visit->wanted = visit->wanted || is_wanted(node.parent(i));
  }
  // end of hole
}

void Backward::require_unspent(const Node& node) {
  require(!node.spent_, node.op_,
          ": backward twice: the first pass has freed this graph; differentiate with Graph::keep first");
}

// Null for a node that y was not computed from.
Backward::Visit* Backward::find(const Node* node) {
  const auto after = [](const Visit& visit, std::uint64_t id) { return visit.node.get()->id() > id; };
  const auto visit = std::lower_bound(visits_.begin(), visits_.end(), node->id(), after);
  return visit != visits_.end() && visit->node.get() == node ? &*visit : nullptr;
}

void Backward::run(Variable cotangent) {
  const GradMode mode(graph_ == Graph::create);
  // hole run: from y on, take each node whose gradient is complete a step further
  arrive(visits_.front(), std::move(cotangent));
  for (Visit& visit : visits_)
    if (visit.wanted && !visit.gradient.empty()) step(visit);
  // end of hole
}

// The gradient of this node is complete: pass it on to what the node was computed from.
void Backward::step(Visit& visit) {
  Node& node = *visit.node.get();
  if (!node.hooks_.empty()) {
    visit.gradient = unshared(std::move(visit.gradient));
    const auto hooks = node.hooks_;  // a copy: one may add another
    for (const Hook& hook : hooks)
      if (const Hook::Function f = *hook.function) f(visit.gradient);  // a copy: it may remove itself
  }
  if (node.is_parameter()) return result_ == Result::collected ? collect(visit) : void();
  require_unspent(node);  // by a pass that a hook has run
  wanted_inputs_.clear();
  for (int i = 0; i < node.inputs(); ++i) wanted_inputs_.push_back(is_wanted(node.parent(i)));
  if (std::count(wanted_inputs_.begin(), wanted_inputs_.end(), true) == 0) return;
  Gradients gradients = gradients_of_inputs(visit);
  if (!is_target(node)) visit.gradient = Variable();
  // hole pass_on: hand each gradient to the node of its input
  for (int i = 0; i < node.inputs(); ++i) {
    Variable& gradient = gradients.list[static_cast<std::size_t>(i)];
    if (gradient.empty() || !wanted_inputs_[static_cast<std::size_t>(i)]) continue;
    require(gradient.shape() == node.input_shape(i), node.op_, ": its backward function returned a gradient ",
            gradient.shape(), " for input ", i, ", which is ", node.input_shape(i));
    arrive(*find(node.parent(i)), std::move(gradient));
  }
  // end of hole
  if (graph_ == Graph::free) {
    node.edges_.clear();
    node.output_ = Tensor();
    node.spent_ = true;
  }
}

Gradients Backward::gradients_of_inputs(Visit& visit) {
  Node& node = *visit.node.get();
  Observer* const observer = Observer::current();
  if (observer) observer->enter(node, visit.gradient);
  const Wants wants(node, wanted_inputs_.data());
  Gradients gradients = node.backward(visit.gradient);
  if (observer) observer->leave(node, gradients);
  require(static_cast<int>(gradients.list.size()) == node.inputs(), node.op_, ": its backward function returned ",
          gradients.list.size(), " gradients for ", node.inputs(), " inputs");
  return gradients;
}

void Backward::collect(Visit& visit) {
  Tensor arrived = std::exchange(visit.gradient, Variable()).value();
  Tensor& grad = visit.node.get()->grad_;
  // hole collect: add what has arrived to the gradient of the parameter
  if (grad.empty()) {
    grad = std::move(arrived).unshared();
  } else if (grad.unique()) {
    grad.add_(arrived);
  } else {
    grad = add(grad, arrived);
  }
  // end of hole
}

// The first gradient is taken as it is; a later one is added in place only where nobody else holds the first.
void Backward::arrive(Visit& visit, Variable gradient) {
  // hole arrive: the sum of the gradients that arrive at one node
  if (visit.gradient.empty()) {
    visit.gradient = std::move(gradient);
  } else if (graph_ != Graph::create && visit.gradient.value().unique()) {
    Tensor sum = visit.gradient.value();
    sum.add_(gradient.value());
  } else {
    visit.gradient = add(visit.gradient, gradient);
  }
  // end of hole
}

bool Backward::is_target(const Node& node) const {
  return std::any_of(targets_.begin(), targets_.end(), [&](const Variable& target) { return target.node() == &node; });
}

Variable Backward::gradient_of(const Variable& target) {
  Visit* const visit = find(target.node());
  if (!visit || visit->gradient.empty()) return Tensor::zeros(target.shape());
  const Variable own = unshared(std::move(visit->gradient));
  visit->gradient = own;  // for a target that is listed twice
  return own;
}

void backward(const Variable& y) { backward(y, Tensor()); }

void backward(const Variable& y, const Tensor& cotangent) {
  Variable seed = start(y, cotangent, "backward");
  Backward(y, {}, Graph::free, Backward::Result::collected).run(std::move(seed));
}

void backward(const Variable& y, std::span<const Variable> parameters) {
  Variable seed = start(y, Tensor(), "backward");
  require(!parameters.empty(), "backward: no parameter given");
  for (const Variable& p : parameters)
    require(p.requires_grad() && p.node()->is_parameter(), "backward: requested to collect in ", p.shape(),
            ", which is not a parameter");
  Backward(y, parameters, Graph::free, Backward::Result::collected).run(std::move(seed));
}

Variables grad(const Variable& y, std::span<const Variable> x, Graph graph, const Variable& cotangent) {
  Variable seed = start(y, cotangent, "grad");
  require(!x.empty(), "grad: no x given");
  for (const Variable& target : x)
    require(target.requires_grad(), "grad: a constant ", target.shape(), " is among the x");
  Backward pass(y, x, graph, Backward::Result::returned);
  pass.run(std::move(seed));
  Variables gradients;
  for (const Variable& target : x) gradients.push_back(pass.gradient_of(target));
  return gradients;
}

Variable grad(const Variable& y, const Variable& x, Graph graph, const Variable& cotangent) {
  return grad(y, std::span<const Variable>(&x, 1), graph, cotangent)[0];
}

}  // namespace hourglass::HOURGLASS_BUILD
