#pragma once
#include <span>
#include <utility>

#include <hourglass/autograd/node.h>

namespace hourglass::HOURGLASS_BUILD {

/// While it is set, it is called at every op of this thread: Trace (autograd/trace.h) is one.
class Observer {
 public:
  virtual ~Observer() = default;
  /// An op has computed its value; inside a backward function, too.
  virtual void forward(const char* op, std::span<const Variable> inputs, const Tensor& value) = 0;
  /// The backward function of a node starts, with the gradient of its output.
  virtual void enter(const Node& node, const Variable& gy) = 0;
  /// It has ended, with the gradients of its inputs.
  virtual void leave(const Node& node, const Gradients& gradients) = 0;

  /// Sets the observer of this thread, null for none; returns the one before.
  static Observer* set(Observer* observer) { return std::exchange(current_, observer); }
  /// The observer of this thread, null for none.
  static Observer* current() { return current_; }

 private:
  static inline thread_local Observer* current_ = nullptr;
};

}  // namespace hourglass::HOURGLASS_BUILD
