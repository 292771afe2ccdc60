#include <hourglass/autograd/trace.h>

#include <algorithm>
#include <cmath>
#include <cstdio>
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

std::string cost_text(double microseconds, std::size_t bytes) {
  char out[64];
  std::snprintf(out, sizeof out, "%8.0f us %8.0f KB", microseconds, static_cast<double>(bytes) / 1024);
  return out;
}

std::string padded(std::string s, std::size_t width) {
  if (s.size() < width) s.resize(width, ' ');
  return s;
}

}  // namespace

Trace::Trace(TraceOptions options)
    : options_(std::move(options)),
      before_(Observer::set(this)),
      last_(std::chrono::steady_clock::now()),
      last_bytes_(memory::usage().in_use) {}

Trace::~Trace() { Observer::set(before_); }

// What has been spent since the line before.
Trace::Cost Trace::lap() {
  const auto now = std::chrono::steady_clock::now();
  const std::size_t bytes = memory::usage().in_use;
  const Cost cost{1, std::chrono::duration<double, std::micro>(now - last_).count(),
                  bytes > last_bytes_ ? bytes - last_bytes_ : 0};
  last_ = now;
  last_bytes_ = bytes;
  return cost;
}

void Trace::line(const std::string& start, const std::string& end, const Cost& cost) {
  Cost& total = costs_[start];
  total.calls += cost.calls;
  total.microseconds += cost.microseconds;
  total.bytes += cost.bytes;
  if (!options_.print) return;
  const std::string what = padded(start, 30) + " " + end;
  text_ += options_.costs ? padded(what, 90) + cost_text(cost.microseconds, cost.bytes) + "\n" : what + "\n";
}

void Trace::forward(const char* op, std::span<const Variable> inputs, const Tensor& value) {
  if (options_.stop_at_nan && !inside_.empty())
    refuse_nan(value, hourglass::text(op, " in the rule of ", inside_), inside_layer_);
  if (options_.stop_at_nan && inside_.empty()) {
    std::vector<const Node*> made_from;
    for (const Variable& input : inputs)
      if (input.node()) made_from.push_back(input.node());
    refuse_nan(value, op, layer_of(std::move(made_from)));
  }
  if (!inside_.empty()) return;  // part of a backward line
  const Cost cost = lap();
  std::string shapes;
  for (const Variable& input : inputs) shapes += hourglass::text(input.shape(), " ");
  line(hourglass::text("forward   ", op), hourglass::text(shapes, "-> ", value.shape(), "  |y| ", norm(value)), cost);
  last_ = std::chrono::steady_clock::now();  // the norm is not the op's
}

void Trace::enter(const Node& node, const Variable&) {
  inside_ = node.op();
  if (options_.stop_at_nan) inside_layer_ = layer_of({&node});
  lap();
}

void Trace::leave(const Node& node, const Gradients& gradients) {
  const Cost cost = lap();
  inside_.clear();
  std::string norms;
  for (const Variable& g : gradients.list) norms += g.empty() ? " -" : " " + norm(g.value());
  line(hourglass::text("backward  ", node.op()), "|gradients|" + norms, cost);
  last_ = std::chrono::steady_clock::now();
}

void Trace::refuse_nan(const Tensor& value, const std::string& what, const std::string& where) const {
  const auto bad = std::find_if(value.data(), value.data() + value.size(), [](Scalar v) { return !std::isfinite(v); });
  if (bad == value.data() + value.size()) return;
  fail(what, ": made ", static_cast<double>(*bad), " at place ", bad - value.data(), " of ", value.shape(),
       where.empty() ? "" : ", in ", where, ", in step ", step_);
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

std::string Trace::summary() const {
  std::vector<std::pair<std::string, Cost>> rows(costs_.begin(), costs_.end());
  std::sort(rows.begin(), rows.end(),
            [](const auto& a, const auto& b) { return a.second.microseconds > b.second.microseconds; });
  std::string out = padded("op", 30) + "   calls        time       memory\n";
  for (const auto& [op, cost] : rows) {
    char calls[32];
    std::snprintf(calls, sizeof calls, "%8ld ", cost.calls);
    out += padded(op, 30) + calls + cost_text(cost.microseconds, cost.bytes) + "\n";
  }
  return out;
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
