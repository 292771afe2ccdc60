// What the first seven steps of micro.cpp print: step K is micro.cpp up to [/step_K], and main_K behind it. ./course
// micro K puts the two together.

// [main_1]
int main() {
  const Tensor x{2, 3, {1, 2, 3, 4, 5, 6}};
  std::cout << "x, " << x.shape() << ":\n" << x << "x xᵀ, [2, 2]:\n" << matmul(x, transpose(x));
}
// [/main_1]

// [main_2]
void show(const Node& n, const std::string& indent) {
  std::cout << indent << n.op << ' ' << n.output.shape() << '\n';
  for (const auto& input : n.inputs) show(*input, indent + "  ");
}
int main() {
  const Variable x(Tensor{1, 2, {1, 2}});
  const Variable W(Tensor{2, 2, {1, -1, 3, -2}});
  const Variable v(Tensor{2, 1, {1, 10}});
  show(*matmul(matmul(x, W), v).node, "");
}
// [/main_2]

// [main_3]
int main() {
  const Variable a(Tensor{1, 1, {3}});
  const Variable L = matmul(a, a) + a;
  backward(L);
  std::cout << "a = 3\nL = a a + a:    " << L.value() << "dL/da = 2a + 1: " << a.grad();
  const Variable x(Tensor{1, 2, {1, 2}});
  const Variable W(Tensor{2, 2, {1, -1, 3, -2}});
  const Variable v(Tensor{2, 1, {1, 10}});
  backward(matmul(matmul(x, W), v));
  std::cout << "L = x W v, dL/dW = xᵀ vᵀ:\n" << W.grad();
}
// [/main_3]

// [main_4]
// A wrong op: the transpose of a is missing in gb = aᵀ gy.
Variable wrong(const Variable& a, const Variable& b) {
  return record("wrong", matmul(a.value(), b.value()), {a, b}, [](const Node& n, const Tensor& gy) {
    return Gradients{gy, matmul(n.input(0), gy)};
  });
}
int main() {
  const Tensor x{2, 2, {1, 2, -1, 1}}, W{2, 2, {0.5, -1, 2, 1}}, t{2, 2, {0, 1, 2, 3}};
  std::cout << std::fixed << "largest difference between backward and finite differences"
            << "\nx: " << gradcheck([&](const Variable& x) { return squared_error(matmul(x, W), t); }, x)
            << "\nW: " << gradcheck([&](const Variable& W) { return squared_error(matmul(x, W), t); }, W)
            << "\nwrong: " << gradcheck([&](const Variable& W) { return squared_error(wrong(x, W), t); }, W) << '\n';
}
// [/main_4]

// [main_5]
int main() {
  for (const Scalar bound : {0.1f, 0.245f, 0.6f}) {
    Rng rng(1);
    Variable h = uniform(100, 100, 1, rng);
    for (int layer = 0; layer < 10; ++layer) h = relu(linear(h, uniform(100, 100, bound, rng), Tensor{1, 100}));
    const Scalar largest = *std::max_element(h.value().data.begin(), h.value().data.end());
    std::cout << "weights in ±" << bound << ": the largest output of ten layers is " << largest << '\n';
  }
}
// [/main_5]

// [main_6]
int main() {
  Rng rng(1);
  Undercomplete model(8, 8, 3, rng);
  Tensor x{1024, 8};
  for (int i = 0; i < x.rows; ++i) x(i, i % 8) = 1;  // eight patterns, 128 times each
  for (int step = 0; step <= 4000; ++step) {
    const Variable L = model.loss(batch(x, permutation(x.rows, rng), 0));
    backward(L);
    for (const Variable& p : model.parameters()) {
      p.value() = p.value() + map(p.grad(), [](Scalar g) { return -0.1f * g; });
      p.grad() = {};
    }
    if (step % 1000 == 0) std::cout << "step " << step << ": squared error per pattern " << L.value();
  }
}
// [/main_6]

// [main_7]
int main() {
  Rng rng(1);
  Undercomplete model(8, 8, 3, rng);
  Adam adam(model.parameters());
  Tensor x{1024, 8};
  for (int i = 0; i < x.rows; ++i) x(i, i % 8) = 1;  // eight patterns, 128 times each
  for (int step = 0; step <= 4000; ++step) {
    const Variable L = model.loss(batch(x, permutation(x.rows, rng), 0));
    adam.zero_grad();
    backward(L);
    adam.step();
    if (step % 1000 == 0) std::cout << "step " << step << ": squared error per pattern " << L.value();
  }
  std::cout << "the codes of the eight patterns:\n"
            << model.encode(Tensor{8, 8, {x.data.begin(), x.data.begin() + 64}}).value();
}
// [/main_7]
