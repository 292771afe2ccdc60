#include <hourglass/autograd/record.h>

#include <algorithm>

#include <hourglass/autograd/grad_mode.h>
#include <hourglass/autograd/observer.h>
#include <hourglass/tensor/error.h>

namespace hourglass::HOURGLASS_BUILD {

thread_local constinit Node::Wanted Node::wanted_;

Node::Node(const char* op, std::span<const Variable> inputs, const Tensor& value, Save save)
    : op_(op), id_(++made_), shape_(value.shape()) {
  // hole edges: keep what the backward function reads: the inputs, the output, both or nothing
  const bool keep_inputs = save == Save::inputs || save == Save::both;
  edges_.reserve(inputs.size());
  for (const Variable& input : inputs)
    edges_.push_back(
        {keep_inputs ? input : Variable(Tensor(), NodeRef(input.node())), input.shape(), input.value().version()});
  if (save == Save::output || save == Save::both) {
    output_ = value;
    output_version_ = value.version();
  }
  // end of hole
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

bool worth_recording(const char* op, std::span<const Variable> inputs, const Tensor& value) {
  if (Observer* const observer = Observer::current()) observer->forward(op, inputs, value);
  // hole recorded: whether this thread records, and one of the inputs requires a gradient
  if (!GradMode::recording()) return false;
  return std::any_of(inputs.begin(), inputs.end(), [](const Variable& input) { return input.requires_grad(); });
  // end of hole
}

}  // namespace hourglass::HOURGLASS_BUILD
