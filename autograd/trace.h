#pragma once
#include <string>
#include <utility>
#include <vector>

#include <hourglass/autograd/observer.h>

namespace hourglass::HOURGLASS_BUILD {

/// The parameters of a model under their names, so that a message can name the layer.
using Names = std::vector<std::pair<std::string, Variable>>;

/// What a Trace records, and whether it stops.
struct TraceOptions {
  bool stop_at_nan = false;  ///< throw at the first NaN or infinity that an op makes, forward or backward
  Names names = {};
};

/// While one lives, it records every op on this thread: forward as the ops are computed, backward as their backward
/// functions run.
///
///     Trace trace;
///     backward(model.loss(x).value);
///     std::puts(trace.text().c_str());
///
/// One line an op: its inputs' shapes, its value's shape and norm; in backward, the norms of the gradients of its
/// inputs. docs/engine.md shows a complete one.
class Trace final : public Observer {
 public:
  /// Replaces this thread's observer, which is restored at the end.
  explicit Trace(TraceOptions options = {});
  ~Trace() override;
  Trace(const Trace&) = delete;
  Trace& operator=(const Trace&) = delete;

  /// The tape so far, one line an op.
  const std::string& text() const { return text_; }

  void forward(const char* op, std::span<const Variable> inputs, const Tensor& value) override;
  void enter(const Node& node, const Variable& gy) override;
  void leave(const Node& node, const Gradients& gradients) override;

 private:
  void line(const std::string& start, const std::string& end);
  void refuse_nan(const Tensor& value, const std::string& what, const std::string& where) const;
  std::string layer_of(std::vector<const Node*> near) const;

  TraceOptions options_;
  Observer* before_;
  std::string text_;
  std::string inside_, inside_layer_;  // the op whose backward function runs, and its layer
};

/// The computational graph of y for graphviz: `dot -Tsvg`. Ops are ellipses, parameters rectangles with their names and
/// shapes.
std::string draw(const Variable& y, const Names& names = {});

}  // namespace hourglass::HOURGLASS_BUILD
