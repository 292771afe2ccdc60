#include <hourglass/autograd/trace.h>

#include <algorithm>
#include <cmath>
#include <set>

#include <hourglass/tensor/error.h>

namespace hourglass::HOURGLASS_BUILD {
namespace {

std::string norm(const Tensor& x) {
  double squares = 0;
  for (Scalar v : x.values()) squares += static_cast<double>(v) * static_cast<double>(v);
  return text(std::sqrt(squares));
}

std::string name_of(const Node* node, const Names& names) {
  for (const auto& [name, variable] : names)
    if (variable.node() == node) return name;
  return "";
}

}  // namespace

Trace::Trace(TraceOptions options) : options_(std::move(options)), before_(Observer::set(this)) {}

Trace::~Trace() { Observer::set(before_); }

void Trace::line(const std::string& start, const std::string& end) {
  const std::string gap(start.size() < 31 ? 31 - start.size() : 1, ' ');
  text_ += start + gap + end + "\n";
}

void Trace::forward(const char* op, std::span<const Variable> inputs, const Tensor& value) {
  if (options_.stop_at_nan && !inside_.empty())
    refuse_nan(value, hourglass::text(op, " in the backward function of ", inside_), inside_layer_);
  if (options_.stop_at_nan && inside_.empty()) {
    std::vector<const Node*> made_from;
    for (const Variable& input : inputs)
      if (input.node()) made_from.push_back(input.node());
    refuse_nan(value, op, layer_of(std::move(made_from)));
  }
  if (!inside_.empty()) return;  // part of a backward line
  std::string shapes;
  for (const Variable& input : inputs) shapes += hourglass::text(input.shape(), " ");
  line(hourglass::text("forward   ", op), hourglass::text(shapes, "-> ", value.shape(), "  |y| ", norm(value)));
}

void Trace::enter(const Node& node, const Variable&) {
  inside_ = node.op();
  if (options_.stop_at_nan) inside_layer_ = layer_of({&node});
}

void Trace::leave(const Node& node, const Gradients& gradients) {
  inside_.clear();
  std::string norms;
  for (const Variable& g : gradients.list) norms += g.empty() ? " -" : " " + norm(g.value());
  line(hourglass::text("backward  ", node.op()), "|gradients|" + norms);
}

void Trace::refuse_nan(const Tensor& value, const std::string& what, const std::string& where) const {
  const auto bad = std::find_if(value.data(), value.data() + value.numel(), [](Scalar v) { return !std::isfinite(v); });
  if (bad == value.data() + value.numel()) return;
  fail(what, ": returned ", static_cast<double>(*bad), " at position ", bad - value.data(), " of ", value.shape(),
       where.empty() ? "" : ", in ", where);
}

// The layer of the nearest parameter behind these nodes.
std::string Trace::layer_of(std::vector<const Node*> near) const {
  for (std::size_t i = 0; i < near.size() && i < 64; ++i) {
    const std::string name = name_of(near[i], options_.names);
    if (!name.empty()) return name.substr(0, name.rfind('.'));
    for (int input = 0; input < near[i]->inputs(); ++input)
      if (const Node* parent = near[i]->parent(input)) near.push_back(parent);
  }
  return "";
}

std::string draw(const Variable& y, const Names& names) {
  require(y.node(), "draw: nothing was recorded for this value");
  std::string out = "digraph {\n  rankdir=BT\n";
  std::set<const Node*> seen{y.node()};
  std::vector<const Node*> nodes{y.node()};
  for (std::size_t i = 0; i < nodes.size(); ++i) {
    const Node* node = nodes[i];
    const std::string name = node->is_parameter() ? name_of(node, names) : node->op();
    out += text("  n", node->id(), " [shape=", node->is_parameter() ? "box" : "ellipse", ", label=\"",
                name.empty() ? "parameter" : name, "\\n", node->shape(), "\"]\n");
    for (int input = 0; input < node->inputs(); ++input) {
      const Node* parent = node->parent(input);
      if (!parent) continue;
      out += text("  n", parent->id(), " -> n", node->id(), "\n");
      if (seen.insert(parent).second) nodes.push_back(parent);
    }
  }
  return out + "}\n";
}

}  // namespace hourglass::HOURGLASS_BUILD
