#include "docs/playground/engine/tiny.h"

#include <map>
#include <vector>

#include <hourglass/autograd/backward.h>
#include <hourglass/autograd/node.h>
#include <hourglass/autograd/observer.h>
#include <hourglass/autograd/ops.h>
#include <hourglass/tensor/error.h>

namespace hourglass::HOURGLASS_BUILD::playground {
namespace {

// "[a,b,c]"
template <class List, class Item>
std::string json_list(const List& list, const Item& item) {
  std::string out = "[";
  for (const auto& it : list) out += (out.size() > 1 ? "," : "") + item(it);
  return out + "]";
}

std::string numbers(const Tensor& t) {
  return json_list(t.values(), [](Scalar v) { return text(static_cast<double>(v)); });
}

// Records each op: a value is identified by the address of its numbers, a node by its own.
class Tape final : public Observer {
 public:
  Tape() : before_(Observer::set(this)) {}
  ~Tape() override { Observer::set(before_); }
  Tape(const Tape&) = delete;
  Tape& operator=(const Tape&) = delete;

  void leaf(const char* name, const Variable& v) { add(name, v.value(), {}); }

  void forward(const char* op, std::span<const Variable> inputs, const Tensor& value) override {
    if (inside_) return;  // part of a rule
    std::vector<std::size_t> places;
    for (const Variable& input : inputs) {
      places.push_back(place_of(input.value()));
      nodes_[input.node()] = places.back();
    }
    add(op, value, places);
  }

  // The last op: no later one has named its node.
  void end(const Variable& y) { nodes_[y.node()] = values_.size() - 1; }

  void enter(const Node& node, const Variable& gy) override {
    inside_ = true;
    backward_ +=
        text(backward_.empty() ? "" : ",", R"({"node":)", nodes_.at(&node), R"(,"gradient":)", numbers(gy.value()));
  }

  void leave(const Node& node, const Gradients& gradients) override {
    inside_ = false;
    std::string to;
    for (int i = 0; i < node.inputs(); ++i) {
      const Variable& gradient = gradients.list[static_cast<std::size_t>(i)];
      if (!node.parent(i) || gradient.empty()) continue;
      to += text(to.empty() ? "" : ",", R"({"node":)", nodes_.at(node.parent(i)), R"(,"gradient":)",
                 numbers(gradient.value()), "}");
    }
    backward_ += text(R"(,"to":[)", to, "]}");
  }

  std::string json() const { return text(R"({"nodes":[)", forward_, R"(],"backward":[)", backward_, "]}"); }

 private:
  void add(const char* op, const Tensor& value, const std::vector<std::size_t>& inputs) {
    forward_ += text(forward_.empty() ? "" : ",", R"({"op":")", op, R"(","shape":)",
                     json_list(value.shape().sizes(), [](Index size) { return text(size); }), R"(,"values":)",
                     numbers(value), R"(,"inputs":)", json_list(inputs, [](std::size_t i) { return text(i); }), "}");
    values_.push_back(value);
  }

  std::size_t place_of(const Tensor& value) const {
    for (std::size_t i = 0; i < values_.size(); ++i)
      if (values_[i].shares_with(value)) return i;
    fail("tape: a value that no op before has made");
  }

  Observer* before_;
  std::string forward_, backward_;
  std::vector<Tensor> values_;  // kept, so that no two share a place
  std::map<const Node*, std::size_t> nodes_;
  bool inside_ = false;
};

Variable start(const Shape& shape, Rng& rng) { return Variable::parameter(rng.uniform(shape, -1, 1)); }

}  // namespace

Tiny::Tiny(std::uint64_t seed) {
  Rng rng(seed);
  W1_ = start({4, 2}, rng);
  b1_ = start({2}, rng);
  W2_ = start({2, 4}, rng);
  b2_ = start({4}, rng);
}

std::string Tiny::tape(const Tensor& x) {
  require(x.shape() == Shape{1, 4}, "tiny: x is ", x.shape(), ", expected [1, 4]");
  Tape tape;
  tape.leaf("x", x);
  tape.leaf("W1", W1_);
  tape.leaf("b1", b1_);
  tape.leaf("W2", W2_);
  tape.leaf("b2", b2_);
  const Variable h = tanh(matmul(x, W1_) + b1_);
  const Variable r = sigmoid(matmul(h, W2_) + b2_);
  const Variable L = sum(square(r - x));
  tape.end(L);
  step(0);  // forgets the gradients of the last time
  backward(L);
  return tape.json();
}

void Tiny::step(Scalar rate) {
  for (const Variable* p : {&W1_, &b1_, &W2_, &b2_}) {
    if (p->grad().empty()) continue;
    Tensor value = p->value();
    Scalar* to = value.write_();
    for (Index i = 0; i < value.numel(); ++i) to[i] -= rate * p->grad().data()[i];
    p->zero_grad();
  }
}

}  // namespace hourglass::HOURGLASS_BUILD::playground
