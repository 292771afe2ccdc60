// The engine on one page: tensors, recorded ops, backpropagation, a layer, Adam, and the autoencoder of lesson 01.
//
//     g++ -std=c++20 -O3 -march=native micro.cpp -o micro
//     ./micro train-images-idx3-ubyte t10k-images-idx3-ubyte 10 1      (10 epochs, seed 1)
//
// It grows in eight steps, each between its markers: MICRO.md explains them, and ./course micro STEP runs one.

#include <algorithm>   // step 4
#include <cmath>       // step 4
#include <cstdlib>     // step 1
#include <fstream>     // step 8
#include <functional>  // step 2
#include <iomanip>     // step 1
#include <iostream>    // step 1
#include <limits>      // step 4
#include <map>         // step 3
#include <memory>      // step 2
#include <numeric>     // step 4
#include <random>      // step 5
#include <string>      // step 1
#include <vector>      // step 1

// [step_1]
using Scalar = float;

void require(bool holds, const std::string& message) {
  if (!holds) std::cerr << "micro: " << message << '\n';
  if (!holds) std::exit(1);
}

// A matrix [rows, cols], stored row by row: x_ij is x(i, j).
struct Tensor {
  int rows = 0, cols = 0;
  std::vector<Scalar> data = std::vector<Scalar>(std::size_t(rows) * cols);

  Scalar& operator()(int i, int j) { return data[std::size_t(i) * cols + j]; }
  Scalar operator()(int i, int j) const { return data[std::size_t(i) * cols + j]; }
  std::string shape() const { return std::string("[") + std::to_string(rows) + ", " + std::to_string(cols) + "]"; }
};

std::ostream& operator<<(std::ostream& out, const Tensor& x) {
  for (std::size_t i = 0; i < x.data.size(); ++i)
    out << std::setw(8) << std::setprecision(3) << x.data[i] << (int(i + 1) % x.cols == 0 ? "\n" : "");
  return out;
}

// y = a b,   y_ij = Σ_k a_ik b_kj,   [n, m] [m, p] -> [n, p]
Tensor matmul(const Tensor& a, const Tensor& b) {
  require(a.cols == b.rows, "matmul: " + a.shape() + " x " + b.shape() + ": the inner sizes differ");
  Tensor y{a.rows, b.cols};
  for (int i = 0; i < a.rows; ++i)
    for (int k = 0; k < a.cols; ++k)
      for (int j = 0; j < b.cols; ++j) y(i, j) += a(i, k) * b(k, j);  // along rows: eight numbers at a time
  return y;
}

// y = xᵀ,   y_ji = x_ij,   [n, m] -> [m, n]
Tensor transpose(const Tensor& x) {
  Tensor y{x.cols, x.rows};
  for (int i = 0; i < x.rows; ++i)
    for (int j = 0; j < x.cols; ++j) y(j, i) = x(i, j);
  return y;
}
// [/step_1]

// [step_2]
// One recorded op. Its backward function takes gy, the gradient of the output, to the gradients of the inputs.
using Gradients = std::vector<Tensor>;
struct Node {
  std::string op;
  Tensor output;
  std::vector<std::shared_ptr<Node>> inputs;
  std::function<Gradients(const Node& n, const Tensor& gy)> backward;
  Tensor grad;      // the gradient of the output, once it has arrived
  int id = made++;  // larger than those of the inputs

  static inline int made = 0;
  const Tensor& input(int i) const { return inputs[i]->output; }
};

// A tensor x and the op that computed it; none for a leaf, which is an input or a parameter. Copies share both.
struct Variable {
  std::shared_ptr<Node> node;

  Variable(Tensor x) : node(new Node{"leaf", std::move(x), {}, nullptr, {}}) {}
  Tensor& value() const { return node->output; }
  Tensor& grad() const { return node->grad; }  // dL/dx, after backward(L)
};

Variable record(std::string op, Tensor y, const std::vector<Variable>& inputs, decltype(Node::backward) backward) {
  const Variable output(std::move(y));
  output.node->op = std::move(op);
  output.node->backward = std::move(backward);
  for (const Variable& x : inputs) output.node->inputs.push_back(x.node);
  return output;
}

// y = a b,   ga = gy bᵀ,   gb = aᵀ gy
Variable matmul(const Variable& a, const Variable& b) {
  return record("matmul", matmul(a.value(), b.value()), {a, b}, [](const Node& n, const Tensor& gy) {
    return Gradients{matmul(gy, transpose(n.input(1))), matmul(transpose(n.input(0)), gy)};
  });
}
// [/step_2]

// [step_3]
// y_ij = f(a_ij, b_ij),   [n, m] [n, m] -> [n, m]; a single row b, [1, m], is repeated for each row of a
template <class F>
Tensor map(const Tensor& a, const Tensor& b, F f) {
  require(a.cols == b.cols && (a.rows == b.rows || b.rows == 1), "map: " + a.shape() + " and " + b.shape() + " differ");
  Tensor y{a.rows, a.cols};
  for (int i = 0; i < a.rows; ++i)
    for (int j = 0; j < a.cols; ++j) y(i, j) = f(a(i, j), b(b.rows == 1 ? 0 : i, j));
  return y;
}
Tensor operator+(const Tensor& a, const Tensor& b) { return map(a, b, std::plus<Scalar>()); }

// y = a + b for a row b,   ga = gy,   gb = Σ_rows gy = (1 … 1) gy
Variable operator+(const Variable& a, const Variable& b) {
  return record("add", a.value() + b.value(), {a, b}, [](const Node&, const Tensor& gy) {
    return Gradients{gy, matmul(Tensor{1, gy.rows, std::vector<Scalar>(gy.rows, 1)}, gy)};
  });
}

// dL/dx for each x that L was computed from, the last made first: when the turn of x comes, every op that uses x has
// added its part to dL/dx, and the sum is complete.
void backward(const Variable& L) {
  require(L.value().data.size() == 1, "backward: " + L.value().shape() + " is not a single number");
  L.grad() = Tensor{1, 1, {1}};  // dL/dL = 1
  std::map<int, Node*, std::greater<int>> waiting{{L.node->id, L.node.get()}};
  while (!waiting.empty()) {
    const Node& n = *waiting.extract(waiting.begin()).mapped();
    const Gradients gradients = n.backward ? n.backward(n, n.grad) : Gradients();
    for (std::size_t i = 0; i < gradients.size(); ++i) {
      Node& x = *n.inputs[i];
      x.grad = x.grad.data.empty() ? gradients[i] : x.grad + gradients[i];
      waiting.emplace(x.id, &x);  // once, however many ops use x
    }
  }
}
// [/step_3]

// [step_4]
// y_ij = f(x_ij)
template <class F>
Tensor map(Tensor x, F f) {
  std::transform(x.data.begin(), x.data.end(), x.data.begin(), f);
  return x;
}

// L = ‖r - x‖² / n for n rows,   gr = 2 (r - x) gL / n,   gx = -gr
Variable squared_error(const Variable& r, const Variable& x) {
  const Tensor d = map(r.value(), x.value(), std::minus<Scalar>());
  const Scalar sum = std::inner_product(d.data.begin(), d.data.end(), d.data.begin(), Scalar(0));
  return record("squared_error", Tensor{1, 1, {sum / d.rows}}, {r, x}, [d](const Node&, const Tensor& gL) {
    const Tensor gr = map(d, [&](Scalar d_ij) { return 2 * d_ij * gL(0, 0) / d.rows; });
    return Gradients{gr, map(gr, std::negate<Scalar>())};
  });
}

// The largest difference between dL/dx_ij by backward and (L(x_ij + ε) - L(x_ij - ε)) / 2ε
Scalar gradcheck(const std::function<Variable(const Variable&)>& L, const Variable& x) {
  const Scalar epsilon = std::cbrt(std::numeric_limits<Scalar>::epsilon());
  Scalar largest = 0;
  backward(L(x));
  for (std::size_t i = 0; i < x.value().data.size(); ++i) {
    Tensor step{x.value().rows, x.value().cols};
    step.data[i] = epsilon;
    const Scalar above = L(x.value() + step).value()(0, 0);
    const Scalar below = L(x.value() + map(step, std::negate<Scalar>())).value()(0, 0);
    largest = std::max(largest, std::abs(x.grad().data[i] - (above - below) / (2 * epsilon)));
  }
  return largest;
}
// [/step_4]

// [step_5]
// y = xᵀ,   gx = gyᵀ
Variable transpose(const Variable& x) {
  return record("transpose", transpose(x.value()), {x},
                [](const Node&, const Tensor& gy) { return Gradients{transpose(gy)}; });
}

// y = max(x, 0),   gx = gy [y > 0]
Variable relu(const Variable& x) {
  const Tensor y = map(x.value(), [](Scalar x) { return x > 0 ? x : 0; });
  return record("relu", y, {x}, [](const Node& n, const Tensor& gy) {
    return Gradients{map(gy, n.output, [](Scalar gy, Scalar y) { return y > 0 ? gy : 0; })};
  });
}

// y = σ(x) = 1 / (1 + e^-x),   gx = gy y (1 - y)
Variable sigmoid(const Variable& x) {
  const Tensor y = map(x.value(), [](Scalar x) { return 1 / (1 + std::exp(-x)); });
  return record("sigmoid", y, {x}, [](const Node& n, const Tensor& gy) {
    return Gradients{map(gy, n.output, [](Scalar gy, Scalar y) { return gy * y * (1 - y); })};
  });
}

// y = x Wᵀ + b,   [n, in] [out, in] [1, out] -> [n, out]; its gradients follow from its three ops
Variable linear(const Variable& x, const Variable& W, const Variable& b) { return matmul(x, transpose(W)) + b; }

// Numbers drawn uniformly from (-bound, bound)
using Rng = std::mt19937;
Tensor uniform(int rows, int cols, Scalar bound, Rng& rng) {
  std::uniform_real_distribution<Scalar> draw(-bound, bound);
  return map(Tensor{rows, cols}, [&](Scalar) { return draw(rng); });
}

// A layer; its parameters start uniform in ±1/√in.
struct Linear {
  Variable weight, bias;

  Linear(int in, int out, Rng& rng)
      : weight(uniform(out, in, 1 / std::sqrt(Scalar(in)), rng)),
        bias(uniform(1, out, 1 / std::sqrt(Scalar(in)), rng)) {}
  Variable forward(const Variable& x) const { return linear(x, weight, bias); }
};
// [/step_5]

// [step_6]
// h = f(x) = W₂ relu(W₁ x + b₁) + b₂,   r = g(h) = σ(W₄ relu(W₃ h + b₃) + b₄)
struct Undercomplete {
  std::vector<Linear> layers;

  Undercomplete(int input, int hidden, int code, Rng& rng)
      : layers{{input, hidden, rng}, {hidden, code, rng}, {code, hidden, rng}, {hidden, input, rng}} {}
  Variable encode(const Variable& x) const { return layers[1].forward(relu(layers[0].forward(x))); }
  Variable decode(const Variable& h) const { return sigmoid(layers[3].forward(relu(layers[2].forward(h)))); }
  Variable loss(const Tensor& x) const { return squared_error(decode(encode(x)), x); }
  std::vector<Variable> parameters() const {
    std::vector<Variable> all;
    for (const Linear& layer : layers) all.insert(all.end(), {layer.weight, layer.bias});
    return all;
  }
};

// The rows of x in random order
std::vector<int> permutation(int n, Rng& rng) {
  std::vector<int> order(n);
  std::iota(order.begin(), order.end(), 0);
  std::shuffle(order.begin(), order.end(), rng);
  return order;
}

// The mini-batch behind the first `done` rows of x, in this order: [n, m] -> [128, m], or fewer at the end
Tensor batch(const Tensor& x, const std::vector<int>& order, int done) {
  Tensor y{std::min(128, x.rows - done), x.cols};
  for (int i = 0; i < y.rows; ++i)
    for (int j = 0; j < y.cols; ++j) y(i, j) = x(order[done + i], j);
  return y;
}
// [/step_6]

// [step_7]
// m ← β₁ m + (1 - β₁) g,   v ← β₂ v + (1 - β₂) g²,   p ← p - η (m / (1 - β₁ᵗ)) / (√(v / (1 - β₂ᵗ)) + ε)
struct Adam {
  std::vector<Variable> parameters;
  Scalar learning_rate = 1e-3, beta1 = 0.9, beta2 = 0.999, epsilon = 1e-8;
  std::vector<Tensor> m, v;
  int t = 0;

  explicit Adam(const std::vector<Variable>& all) : parameters(all) {
    for (const Variable& p : parameters) m.push_back({p.value().rows, p.value().cols});
    v = m;
  }
  void zero_grad() {
    for (const Variable& p : parameters) p.grad() = {};
  }
  void step() {
    ++t;
    const Scalar c1 = 1 - std::pow(beta1, Scalar(t));
    const Scalar c2 = 1 - std::pow(beta2, Scalar(t));
    for (std::size_t k = 0; k < parameters.size(); ++k) {
      const Variable& p = parameters[k];
      m[k] = map(m[k], p.grad(), [&](Scalar m, Scalar g) { return beta1 * m + (1 - beta1) * g; });
      v[k] = map(v[k], p.grad(), [&](Scalar v, Scalar g) { return beta2 * v + (1 - beta2) * g * g; });
      p.value() = p.value() + map(m[k], v[k], [&](Scalar m, Scalar v) {
                    return -learning_rate * (m / c1) / (std::sqrt(v / c2) + epsilon);
                  });
    }
  }
};
// [/step_7]

// [step_8]
// An IDX file: the numbers 2051, images, height and width in four bytes each, then one byte a pixel
Tensor read_idx(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  require(file.good(), path + ": cannot be opened");
  int header[4] = {};
  for (int byte = 0; byte < 16; ++byte) header[byte / 4] = header[byte / 4] << 8 | (file.get() & 255);
  require(header[0] == 2051 && header[1] > 0 && header[2] * header[3] == 784, path + ": not unzipped IDX images");
  Tensor x{header[1], 28 * 28};
  for (Scalar& x_ij : x.data) x_ij = Scalar(file.get()) / 255;
  require(file.good(), path + ": truncated");
  return x;  // [images, 784], in [0, 1]
}

// The first three images side by side
void show(const Tensor& x) {
  for (int row = 0; row < 28; row += 2) {
    for (int j = 0; j < 3 * 28; ++j) std::cout << " .:-=+*o#%"[int(9.9f * x(j / 28, row * 28 + j % 28))];
    std::cout << '\n';
  }
}

int main(int argc, char** argv) {
  require(argc == 5, "expected: micro TRAIN_IMAGES TEST_IMAGES EPOCHS SEED");
  const Tensor train = read_idx(argv[1]);  // [60000, 784]
  const Tensor test = read_idx(argv[2]);   // [10000, 784]
  Rng rng(std::atoi(argv[4]));
  Undercomplete model(784, 128, 32, rng);
  Adam adam(model.parameters());
  for (int epoch = 1; epoch <= std::atoi(argv[3]); ++epoch) {
    const std::vector<int> order = permutation(train.rows, rng);
    for (int done = 0; done < train.rows; done += 128) {
      const Tensor x = batch(train, order, done);
      const Variable h = model.encode(x);      // h = f(x)    [128, 32]
      const Variable r = model.decode(h);      // r = g(h)    [128, 784]
      const Variable L = squared_error(r, x);  // L(x, r)     squared error per image
      adam.zero_grad();
      backward(L);
      adam.step();
    }
    std::cout << "epoch " << epoch << ": squared error per test image " << model.loss(test).value()(0, 0) << std::endl;
  }
  show(test);
  show(model.decode(model.encode(test)).value());
}
// [/step_8]
