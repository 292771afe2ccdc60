#include <cstdlib>
#include <fstream>
#include <functional>
#include <set>

#include <hourglass/autograd/ops.h>
#include <hourglass/tensor/reduce.h>
#include "tests/check.h"
#include "tests/f64/autograd/declared_ops.h"

using namespace hourglass;

namespace {

// A call that cannot be right, and a part of its message.
struct Wrong {
  std::string op;
  std::function<void()> call;
  std::string expected;
};

// The same calls for T = Tensor, which computes, and T = Variable, which records, too.
template <class T>
std::vector<Wrong> table() {
  const auto of = [](const Shape& shape) { return T(Tensor::full(shape, Scalar(0.5))); };
  const T none, x = of({2, 3}), image = of({2, 3, 5, 5}), kernel = of({4, 3, 3, 3}), flat = of({6}), number = of({});
  const Positions three = std::make_shared<const memory::Vector<Index>>(memory::Vector<Index>{0, 1, 2});
  constexpr Transpose yes = Transpose::yes, no = Transpose::no;
  std::vector<Wrong> all = {
      {"matmul", [=] { return matmul(x, x); }, "matmul: [2, 3] x [2, 3]: inner sizes 3 and 2 differ"},
      {"matmul", [=] { return matmul(x, x, yes, yes); }, "matmul: [2, 3]ᵀ x [2, 3]ᵀ: inner sizes 2 and 3 differ"},
      {"matmul", [=] { return matmul(flat, x, no, no); }, "matmul: [6] x [2, 3]: both must be matrices"},
      {"linear",
       [=] {
         return linear(x, of({4, 2}), none);
       },
       "linear: [2, 3] x [4, 2]ᵀ: inner sizes 3 and 2 differ"},
      {"linear",
       [=] {
         return linear(x, of({4, 3}), of({3}));
       },
       "linear: [2, 3] x [4, 3]ᵀ + [3]: the bias must be [4]"},
      {"clamp", [=] { return clamp(x, 1, 0); }, "clamp: the bounds are 1 and 0, expected low <= high"},
      {"leaky_relu", [=] { return leaky_relu(x, -1); }, "leaky_relu: the negative slope is -1"},
      {"elu", [=] { return elu(x, -1); }, "elu: alpha is -1"},
      {"softmax", [=] { return softmax(x, 2); }, "softmax: axis 2 of [2, 3], which has 2 axes"},
      {"log_softmax", [=] { return log_softmax(x, -3); }, "log_softmax: axis -3 of [2, 3], which has 2 axes"},
      {"logsumexp", [=] { return logsumexp(x, 2); }, "logsumexp: axis 2 of [2, 3], which has 2 axes"},
      {"sum", [=] { return sum(x, 2); }, "sum: axis 2 of [2, 3], which has 2 axes"},
      {"mean", [=] { return mean(x, -3); }, "axis -3 of [2, 3], which has 2 axes"},
      {"amax", [=] { return amax(x, 5); }, "amax: axis 5 of [2, 3], which has 2 axes"},
      {"amax", [=] { return amax(none, 0); }, "amax: the tensor is empty"},
      {"top_k", [=] { return top_k(x, 4); }, "k = 4 of [2, 3], whose rows hold 3"},
      {"top_k", [=] { return top_k(x, 0); }, "k = 0 of [2, 3]"},
      {"top_k", [=] { return top_k(number, 1); }, "[] has no rows"},
      {"reshape", [=] { return reshape(x, {4}); }, "reshape: [2, 3] to [4]: 6 and 4 elements differ"},
      {"permute", [=] { return permute(x, {0}); }, "permute: 1 axes named for [2, 3]"},
      {"permute",
       [=] {
         return permute(x, {0, 0});
       },
       "permute: axis 0 of [2, 3] is named twice"},
      {"permute",
       [=] {
         return permute(x, {0, 2});
       },
       "permute: axis 2 of [2, 3], which has 2 axes"},
      {"transpose", [=] { return transpose(flat); }, "transpose: axis 1 of [6], which has 1 axes"},
      {"cat",
       [=] {
         return cat({x, of({3, 3})}, 1);
       },
       "cat: [2, 3] and [3, 3] differ beside axis 1"},
      {"eq",
       [=] {
         return eq(x, of({2, 4}));
       },
       "eq: [2, 3] and [2, 4]"},
      {"amin", [=] { return amin(x, 5); }, "amin: axis 5 of [2, 3], which has 2 axes"},
      {"sum",
       [=] {
         return sum(x, {0, -2});
       },
       "sum: an axis of [2, 3] is named twice"},
      {"sum", [=] { return sum(x, std::initializer_list<int>{}); }, "sum: no axis given"},
      {"mean",
       [=] {
         return mean(x, {0, 2});
       },
       "mean: axis 2 of [2, 3], which has 2 axes"},
      {"reshape",
       [=] {
         return reshape(x, {-1, 4});
       },
       "reshape: 6 elements cannot be divided by 4"},
      {"reshape",
       [=] {
         return reshape(x, {-1, -1});
       },
       "reshape: 2 sizes are -1, at most one can be worked out"},
      {"stack",
       [=] {
         return stack({x, of({2, 4})});
       },
       "stack: [2, 3] and [2, 4] differ"},
      {"stack", [=] { return stack(std::span<const T>()); }, "cat: no parts given"},
      {"stack", [=] { return stack({x}, 3); }, "stack: [2, 3] cannot have a new axis 3"},
      {"cat", [=] { return cat({x}, 2); }, "cat: axis 2 of [2, 3]"},
      {"cat", [=] { return cat(std::span<const T>(), 0); }, "cat: no parts given"},
      {"narrow", [=] { return narrow(x, 1, 2, 2); }, "narrow: 2 positions from 2 on axis 1 of [2, 3]"},
      {"narrow", [=] { return narrow(x, 1, -1, 2); }, "narrow: 2 positions from -1 on axis 1 of [2, 3]"},
      {"narrow", [=] { return narrow(x, 1, 1, 0); }, "narrow: 0 positions from 1"},
      {"pad", [=] { return pad(x, 1, -1, 4); }, "pad: [2, 3] at -1 of 4 on axis 1"},
      {"pad", [=] { return pad(x, 1, 2, 4); }, "pad: [2, 3] at 2 of 4 on axis 1"},
      {"broadcast_to",
       [=] {
         return broadcast_to(x, {2, 4});
       },
       "broadcast_to: [2, 3] and [2, 4]: sizes 3 and 4 differ"},
      {"broadcast_to",
       [=] {
         return broadcast_to(x, {1, 3});
       },
       "[2, 3] does not broadcast to [1, 3]"},
      {"sum_to",
       [=] {
         return sum_to(x, {4, 3});
       },
       "sum_to: [2, 3] is not what [4, 3] broadcasts to"},
      {"take", [=] { return take(x, three, {4}); }, "take: 3 positions for [4]"},
      {"take", [=] { return take(of({2}), three, {3}); }, "take: position 2 of [2]"},
      {"put", [=] { return put(x, three, {9}); }, "put: 3 positions for [2, 3]"},
      {"put", [=] { return put(of({3}), three, {2}); }, "put: position 2 of [2]"},
      {"gather",
       [=] {
         return gather(x, 1, std::vector<int>{3}, {1, 1});
       },
       "gather: index 3 at position 0 is outside 0 … 2 of [2, 3]"},
      {"gather",
       [=] {
         return gather(x, 1, std::vector<int>{0}, {1, 2});
       },
       "gather: 1 indices of shape [1, 2] for [2, 3]"},
      {"gather",
       [=] {
         return gather(x, 1, std::vector<int>{0, 0, 0}, {3, 1});
       },
       "gather: the indices [3, 1] reach beyond [2, 3] on axis 0"},
      {"embedding",
       [=] {
         return embedding(std::vector<int>{0, -1}, x);
       },
       "embedding: index -1 at position 1 is outside 0 … 1 of [2, 3]"},
      {"embedding", [=] { return embedding(std::vector<int>{}, x); }, "embedding: 0 rows of [2, 3]"},
      {"embedding", [=] { return embedding(std::vector<int>{0}, of({3})); }, "embedding: 1 rows of [3]"},
      {"conv2d", [=] { return conv2d(x, kernel, none); }, "conv2d: x [2, 3] is not a batch of images"},
      {"conv2d",
       [=] {
         return conv2d(image, of({4, 2, 3, 3}), none);
       },
       "conv2d: [2, 3, 5, 5] with W [4, 2, 3, 3]: channels 3 and 2 differ"},
      {"conv2d", [=] { return conv2d(image, kernel, of({3})); }, "conv2d: the bias [3] must be [4]"},
      {"conv2d",
       [=] {
         return conv2d(image, of({4, 3, 6, 6}), none);
       },
       "conv2d: a kernel of 6 does not fit into 5 with padding 0"},
      {"conv2d",
       [=] {
         return conv2d(image, kernel, none, {0, 0});
       },
       "conv2d: stride 0 and padding 0"},
      {"conv2d_input", [=] { return conv2d_input(image, kernel, none, 7, 7); },
       "conv2d_input: [2, 3, 5, 5] with W [4, 3, 3, 3]: channels 3 and 4 differ"},
      {"conv2d_input",
       [=] {
         return conv2d_input(of({2, 4, 5, 5}), kernel, none, 8, 7);
       },
       "is not what an image of 8 x 7 gives, which is 6 x 5"},
      {"conv2d_weight",
       [=] {
         return conv2d_weight(image, of({2, 4, 4, 3}), 3, 3);
       },
       "conv2d_weight: [2, 3, 5, 5] and [2, 4, 4, 3] do not belong together"},
      {"conv_transpose2d", [=] { return conv_transpose2d(x, kernel, none); },
       "conv_transpose2d: [2, 3] and W [4, 3, 3, 3]: both must have four axes"},
      {"avg_pool2d",
       [=] {
         return avg_pool2d(x, 2, {2, 0});
       },
       "avg_pool2d: [2, 3] is not a batch of images"},
      {"avg_pool2d",
       [=] {
         return avg_pool2d(image, 6, {1, 0});
       },
       "avg_pool2d: a kernel of 6 does not fit into 5"},
      {"max_pool2d",
       [=] {
         return max_pool2d(image, 0, {1, 0});
       },
       "max_pool2d: kernel 0, stride 1, padding 0"},
      {"max_pool2d",
       [=] {
         return max_pool2d(image, 2, {0, 0});
       },
       "max_pool2d: kernel 2, stride 0, padding 0"},
      {"max_pool2d",
       [=] {
         return max_pool2d(image, 2, {1, -1});
       },
       "max_pool2d: kernel 2, stride 1, padding -1"},
      {"max_pool2d",
       [=] {
         return max_pool2d(image, 2, {1, 2});
       },
       "max_pool2d: kernel 2, stride 1, padding 2"},
      {"avg_unpool2d",
       [=] {
         return avg_unpool2d(image, 2, 9, 9, {2, 0});
       },
       "avg_unpool2d: [2, 3, 5, 5] is not what [2, 3, 9, 9] gives"},
      {"upsample", [=] { return upsample(x, 2); }, "upsample: [2, 3] by 2"},
      {"upsample", [=] { return upsample(image, 0); }, "upsample: [2, 3, 5, 5] by 0"},
      {"layer_norm", [=] { return layer_norm(x, of({2}), none); }, "layer_norm: gamma [2] is not the end of [2, 3]"},
      {"layer_norm",
       [=] {
         return layer_norm(x, of({1, 2, 3}), none);
       },
       "layer_norm: [2, 3] with gamma [1, 2, 3]"},
      {"layer_norm", [=] { return layer_norm(x, none, of({2})); }, "layer_norm: beta [2] is not the end of [2, 3]"},
      {"layer_norm", [=] { return layer_norm(x, none, of({6})); }, "layer_norm: beta [6] is not the end of [2, 3]"},
      {"batch_norm",
       [=] {
         return batch_norm(x, {of({2}), of({3})}, none, none);
       },
       "batch_norm: [2, 3] with [2]: expected [3]"},
      {"batch_norm",
       [=] {
         return batch_norm(flat, {of({6}), of({6})}, none, none);
       },
       "batch_norm: [6] is not a batch"},
      {"batch_norm", [=] { return batch_statistics(flat).mean; }, "batch_statistics: [6] is not a batch"},
      {"dropout",
       [=] {
         Rng rng(1);
         return dropout(x, 1, rng);
       },
       "dropout: p is 1, expected 0 <= p < 1"},
      {"squared_difference", [=] { return squared_difference(x, of({3})); },
       "squared_difference: [2, 3] and [3] differ"},
      {"binary_cross_entropy_with_logits",
       [=] {
         return binary_cross_entropy_with_logits(x, of({3, 2}));
       },
       "binary_cross_entropy_with_logits: [2, 3] and [3, 2] differ"},
      {"gaussian_kl", [=] { return gaussian_kl(x, of({2})); }, "gaussian_kl: [2, 3] and [2] differ"},
  };
  using Two = T (*)(const T&, const T&);
  const std::vector<std::pair<std::string, Two>> pairs{{"add", add},
                                                       {"sub", sub},
                                                       {"mul", mul},
                                                       {"div", div},
                                                       {"maximum", maximum},
                                                       {"minimum", minimum},
                                                       {"relu_grad", relu_grad},
                                                       {"gelu_grad", gelu_grad},
                                                       {"silu_grad", silu_grad},
                                                       {"sigmoid_grad", sigmoid_grad},
                                                       {"tanh_grad", tanh_grad}};
  for (const auto& [name, op] : pairs) {
    const Two f = op;
    all.push_back({name,
                   [=] {
                     return f(x, of({2, 4}));
                   },
                   name + ": [2, 3] and [2, 4]: sizes 3 and 4 differ on axis -1"});
    all.push_back({name, [=] { return f(none, x); }, name + ": the first operand is empty"});
  }
  all.push_back({"leaky_relu_grad",
                 [=] {
                   return leaky_relu_grad(x, of({2, 4}), 0);
                 },
                 "leaky_relu_grad: [2, 3] and [2, 4]"});
  all.push_back({"elu_grad", [=] { return elu_grad(x, of({2, 4}), 1); }, "elu_grad: [2, 3] and [2, 4]"});
  all.push_back({"activation_grad",
                 [=] {
                   return activation_grad(Activation::relu, x, of({2, 4}));
                 },
                 "relu_grad: [2, 3] and [2, 4]"});
  using One = T (*)(const T&);
  const std::vector<std::pair<std::string, One>> singles{
      {"exp", exp},   {"expm1", expm1},     {"log1p", log1p}, {"sin", sin},          {"cos", cos},
      {"log", log},   {"sqrt", sqrt},       {"abs", abs},     {"relu", relu},        {"gelu", gelu},
      {"silu", silu}, {"sigmoid", sigmoid}, {"tanh", tanh},   {"softplus", softplus}};
  for (const auto& [name, op] : singles) {
    const One f = op;
    all.push_back({name, [=] { return f(none); }, name + ": the tensor is empty"});
  }
  all.push_back({"activate", [=] { return activate(Activation::gelu, none); }, "empty"});
  all.push_back({"activation_grad", [=] { return activation_grad(Activation::gelu, x, x); }, "needs its input"});
  all.push_back({"round_straight_through", [=] { return round_straight_through(none); }, "empty"});
  all.push_back({"affine", [=] { return affine(none, 1); }, "empty"});
  all.push_back({"div", [=] { return none / 2; }, "empty"});
  all.push_back({"where", [=] { return where(x, none, 0); }, "where: the second operand is empty"});
  all.push_back({"where", [=] { return where(of({2, 4}), x, x); }, "where: [2, 4] and [2, 3]"});
  all.push_back({"bernoulli_kl", [=] { return bernoulli_kl(0, x); }, "ρ is 0, expected a number between 0 and 1"});
  all.push_back({"bernoulli_kl", [=] { return bernoulli_kl(1, x); }, "ρ is 1, expected a number between 0 and 1"});
  all.push_back({"pow", [=] { return pow(none, 2); }, "empty"});
  all.push_back({"square", [=] { return square(none); }, "empty"});
  all.push_back({"sum", [=] { return sum(none); }, "empty"});
  all.push_back({"mean", [=] { return mean(none); }, "empty"});
  all.push_back({"sum", [=] { return sum(none, 0); }, "empty"});
  all.push_back({"cat", [=] { return cat({x, none}, 0); }, "cat: [2, 3] and [] differ"});
  all.push_back({"avg_unpool2d",
                 [=] {
                   return avg_unpool2d(x, 2, 4, 4, {2, 0});
                 },
                 "avg_unpool2d: [2, 3] is not a batch"});
  all.push_back({"pad", [=] { return pad(none, 0, 0, 1); }, "pad: the tensor is empty"});
  all.push_back({"narrow", [=] { return narrow(none, 0, 0, 1); }, "narrow: the tensor is empty"});
  all.push_back({"permute", [=] { return permute(none, {0}); }, "permute: 1 axes named for []"});
  all.push_back({"reshape", [=] { return reshape(none, {1}); }, "reshape: the tensor is empty"});
  return all;
}

}  // namespace

// The whole messages stand in bad_input.txt, one a line, to be read as a page; HOURGLASS_REWRITE=1 writes it anew.
TEST_CASE("every wrong call is refused with a message, and the next call works") {
  const std::string path = HOURGLASS_SOURCE "/tests/f64/autograd/bad_input.txt";
  std::ifstream page(path);
  std::string written, line;
  for (const Wrong& wrong : table<Variable>()) {
    const std::string message = failure(wrong.call);
    std::getline(page, line);
    CHECK_MESSAGE((std::getenv("HOURGLASS_REWRITE") || message == line),
                  "message: " << message << "\non page: " << line);
    written += message + "\n";
    CHECK_MESSAGE(message.find(wrong.expected) != std::string::npos,
                  wrong.op << " threw: " << message << "\nexpected: " << wrong.expected);
    CHECK(sum(Variable::parameter(Tensor::full({2}, Scalar(0.5)))).item() == 1);
  }
  CHECK_FALSE(std::getline(page, line));
  if (std::getenv("HOURGLASS_REWRITE")) std::ofstream(path) << written;
}

TEST_CASE("an op refuses the same calls with the same message on tensors and on variables") {
  const std::vector<Wrong> tensors = table<Tensor>(), variables = table<Variable>();
  REQUIRE(tensors.size() == variables.size());
  for (std::size_t i = 0; i < tensors.size(); ++i) {
    const std::string message = failure(tensors[i].call);
    CHECK_MESSAGE(message == failure(variables[i].call), tensors[i].op << " threw on tensors: " << message);
  }
}

TEST_CASE("every op that can be called wrongly has a row") {
  std::set<std::string> rows;
  for (const Wrong& wrong : table<Variable>()) rows.insert(wrong.op);
  for (const std::string& op : declared_ops()) CHECK_MESSAGE(rows.contains(op), op << " is never called wrongly");
}
