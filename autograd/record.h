#pragma once
#include <initializer_list>
#include <span>
#include <utility>

#include <hourglass/autograd/node.h>

namespace hourglass::HOURGLASS_BUILD {

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

/// Remembers one op: its value, its inputs and its rule `Gradients(Node&, const Variable& gy)`. This is all there is to
/// writing an op. While nothing is recorded, or where no input requires a gradient, only the value is kept.
/// @{
template <class Rule>
Variable record(const char* op, Tensor value, std::span<const Variable> inputs, Save save, Rule rule) {
  if (!worth_recording(op, inputs, value)) return Variable(std::move(value));
  NodeRef node(new RuleNode<Rule>(op, inputs, value, save, std::move(rule)));
  return Variable(std::move(value), std::move(node));
}
template <class Rule>
Variable record(const char* op, Tensor value, std::initializer_list<Variable> inputs, Save save, Rule rule) {
  return record(op, std::move(value), std::span<const Variable>(inputs.begin(), inputs.size()), save, std::move(rule));
}
/// @}

}  // namespace hourglass::HOURGLASS_BUILD
