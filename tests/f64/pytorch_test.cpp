#include "tests/pytorch.h"
#include <numeric>

#include <hourglass/hourglass.h>

using namespace hourglass;
using pytorch::fill;

namespace {

void tensors() {
  pytorch::Section table("Tensors", 1e-12);
  SETUP(Tensor x({2, 3}, {1, 2, 3, 4, 5, 6});)
  ROW(Tensor({2, 2}, {1, 2, 3, 4}));
  ROW(std::vector<Scalar> squares; for (int k = 0; k < 4; ++k) squares.push_back(Scalar(k * k)); Tensor({4}, squares));
  ROW(std::vector<Scalar> numbers(4); std::iota(numbers.begin(), numbers.end(), Scalar(0)); Tensor({4}, numbers));
  ROW(Tensor::scalar(3));
  ROW(Tensor::zeros({2, 3}));
  ROW(Tensor::ones({2, 3}));
  ROW(Tensor::zeros(x.shape()));
  ROW(x.shape());
  ROW(x.size(0));
  ROW(x.size(-1));
  ROW(x.dim());
  ROW(x.numel());
  ROW(x.at({1, 2}));
  ROW(x.values());
  ROW(to_string(x));
  ROW(Tensor y = x; y.shares_with(x));
  ROW(Tensor y = x.clone(); y.at_({0, 1}) = 9; y);
  ROW(Tensor y = x.clone(); y.add_(x); y);
}

void random_numbers() {
  pytorch::Section table("Random numbers", 1e-12);
  SETUP(Rng rng(1); Tensor p({3}, {0, 1, 1});)
  ROW(rng.normal({2, 3}).shape());
  ROW(rng.normal({2, 3}, 5, 0));
  ROW(rng.uniform({2, 3}).shape());
  ROW(rng.bernoulli({4}, 1));
  ROW(nn::binarize(p, rng));
  ROW(rng.below(1));
  ROW(std::vector<int> t; for (int i = 0; i < 3; ++i) t.push_back(int(rng.below(1))); t);
  ROW(std::vector<int> order = rng.permutation(5); *std::ranges::max_element(order));
  ROW(Rng a(7), b(7); amax(abs(a.normal({3}) - b.normal({3}))).item() == 0);
}

void indexing_and_shapes() {
  pytorch::Section table("Indexing and shapes", 1e-12);
  SETUP(Tensor x({2, 3}, {1, 2, 3, 4, 5, 6}); Tensor v({3}, {7, 8, 9});
        Tensor c({2, 3, 2}, {0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11});)
  ROW(x[0]);
  ROW(x[-1]);
  ROW(narrow(x, 1, 1, 2));
  ROW(transpose(x)[1]);
  ROW(embedding(std::vector<int>{1, 0, 1}, x));
  ROW(gather(x, 1, std::vector<int>{2, 0}, {2, 1}));
  ROW(reshape(x, {3, 2}));
  ROW(reshape(x, {-1}));
  ROW(reshape(v, {-1, 1}));
  ROW(transpose(x));
  ROW(transpose(c, 1, 2));
  ROW(permute(c, {2, 0, 1}));
  ROW(cat({x, x}));
  ROW(cat({x, x}, 1));
  ROW(stack({v, v}, 1));
  ROW(split(x, 2, 1)[1]);
  ROW(broadcast_to(v, {2, 3}));
}

void arithmetic() {
  pytorch::Section table("Arithmetic", 1e-12);
  SETUP(Tensor x({2, 3}, {1, 2, 3, 4, 5, 6}); Tensor y({2, 3}, {3, 2, 1, 0.5, 5, -1}); Tensor v({3}, {0.5, -1.5, 2.5});)
  ROW(x + y);
  ROW(x - v);
  ROW(2 * x + 1);
  ROW(1 / x);
  ROW(Tensor z = x; z += y; z);
  ROW(matmul(x, y, Transpose::no, Transpose::yes));
  ROW(matmul(x, y, Transpose::yes));
  ROW(pow(x, 3));
  ROW(pow(x, y));
  ROW(sqrt(x));
  ROW(exp(v));
  ROW(log(x));
  ROW(sin(x) + cos(x));
  ROW(clamp(v, -1, 2));
  ROW(maximum(x, y));
  ROW(Tensor y = v.clone(); for (Index i = 1; i < y.size(0); ++i) y.at_({i}) *= y.at({i - 1}); y);
  ROW(x > 2);
  ROW(eq(x, y));
  ROW(where(x > y, x, y));
  ROW(where(x > 3, 0, x));
  ROW(relu(v));
  ROW(leaky_relu(v, 0.2));
  ROW(gelu(v));
  ROW(silu(v));
  ROW(sigmoid(v));
  ROW(tanh(v));
  ROW(softmax(x, 1));
  ROW(log_softmax(x, -1));
}

void reductions() {
  pytorch::Section table("Reductions", 1e-12);
  SETUP(Tensor x({2, 3}, {1, 2, 3, 4, 5, 7});)
  ROW(sum(x));
  ROW(sum(x, 0));
  ROW(sum(x, 1, Keep::yes));
  ROW(sum(x, {0, 1}));
  ROW(mean(x, -1));
  ROW(amax(x));
  ROW(amax(x, 1));
  ROW(amin(x, 0));
  ROW(argmax(x, 1));
  ROW(logsumexp(x, 1));
  ROW(mean(square(x - mean(x, 0)), 0));
  ROW(sqrt(sum(square(x))));
  ROW(svd(x).values);
}

void gradients() {
  pytorch::Section table("Gradients", 1e-12);
  SETUP(Variable w = Variable::parameter(Tensor({2}, {1, 2})); Variable u = Variable::parameter(Tensor({2}, {3, 4}));
        Tensor v({2}, {10, 1});)
  ROW(backward(sum(square(w))); w.grad());
  ROW(backward(sum(w * u)); w.grad());
  ROW(w.zero_grad(); w.grad().empty());
  ROW(backward(square(w), v); w.grad());
  ROW(u.zero_grad(); backward(sum(w * u), std::vector{w}); u.grad().empty());
  ROW(split(cat({w, u}), 2)[1]);
  ROW((w * 2).requires_grad());
  ROW((w * 2).detach());
  ROW(NoGrad no_grad; (w * 2).requires_grad());
  ROW(NoGrad no_grad; GradMode enable(true); (w * 2).requires_grad());
  ROW(GradMode::recording());
  ROW(grad(sum(w * u), w));
  ROW(grad(sum(w * u), std::vector{w, u})[1]);
  ROW(grad(square(w), w, Graph::free, v));
  ROW(Variable y = sum(square(w)); grad(y, w, Graph::keep); grad(y, w));
  ROW(Variable g = grad(sum(pow(w, 3)), w, Graph::create); grad(sum(g), w));
  ROW(jacobian(square(w), w));
  ROW(Tensor seen; Hook hook = w.register_hook([&](const Variable& g) { seen = g.value(); }); backward(sum(3 * w));
      hook.remove(); seen);
  ROW(w.zero_grad(); backward(sum(round_straight_through(w))); w.grad());
  ROW(bool(gradcheck("cube", [](auto in) { return pow(in[0], 3); }, {w.value()})));
}

void layers() {
  pytorch::Section table("Layers", 1e-12);
  SETUP(Rng rng(1); Tensor x({2, 3}, {1, 2, 3, 4, 5, 6});
        Tensor image({1, 1, 4, 4}, {0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15});
        nn::Linear layer(3, 2, Activation::none, rng);
        nn::Sequential network(nn::Linear(3, 4, Activation::relu, rng), nn::Linear(4, 2, Activation::none, rng));
        nn::Conv2d conv({.in = 1, .out = 2, .kernel = 3, .stride = 2, .padding = 1}, Activation::none, rng);
        nn::ConvTranspose2d up({1, 2, 3, 2, 1, 1}, Activation::none, rng); nn::Sequential classifier(
            nn::Conv2d({1, 2, 3}, Activation::relu, rng), nn::Reshape({8}), nn::Linear(8, 3, Activation::none, rng));
        nn::BatchNorm norm(3); nn::Dropout drop(0.5, rng); fill(layer); fill(network); fill(conv); fill(up);
        fill(classifier);)
  ROW(layer(x));
  ROW(nn::Function([](const Variable& v) { return tanh(v); })(x));
  ROW(layer(stack({x, x})));
  ROW(layer.weight);
  ROW(network(x));
  ROW(nn::Sequential mlp = nn::mlp({3, 4, 2}, Activation::silu, Activation::none, rng); fill(mlp); mlp(x));
  ROW(network.parameters().size());
  ROW(network.parameters()[1].name);
  ROW(Index count = 0; for (const nn::Parameter& p : network.parameters()) count += p.variable.numel(); count);
  ROW(conv(image));
  ROW(up(image));
  ROW(classifier(image));
  ROW(nn::Reshape({1, 2, 3})(Tensor::ones({5, 6})));
  ROW(norm(x));
  ROW(norm.running_mean);
  ROW(norm.eval(); norm(x));
  ROW(nn::LayerNorm(3)(x));
  ROW(drop.eval(); drop(x));
  ROW(dropout(x, 0, rng));
  ROW(linear(x, network.parameters()[0].variable, network.parameters()[1].variable));
  ROW(conv2d(image, conv.weight, conv.bias, {.stride = 2, .padding = 1}));
  ROW(max_pool2d(image, 2));
  ROW(max_pool2d(image, 3, {.stride = 1, .padding = 1}));
  ROW(avg_pool2d(image, 2));
  ROW(upsample(image, 2));
  ROW(layer_norm(x, Variable(), Variable()));
}

void losses() {
  pytorch::Section table("Losses", 1e-12);
  SETUP(Tensor r({3, 2}, {0.1, 0.8, 0.4, 0.6, 0.9, 0.2}); Tensor x({3, 2}, {0, 1, 1, 0.5, 1, 0});
        Tensor z({3, 2}, {0.5, -1, 2, 0, 3, 1}); std::vector<int> labels = {0, 1, 1};
        Tensor mu({2, 2}, {0.5, -1, 0, 2}), s({2, 2}, {0.1, -0.5, 0, 1});)
  ROW(nn::squared_error(r, x).value);
  ROW(mean(square(r - x)));
  ROW(nn::binary_cross_entropy_with_logits(z, x).value);
  ROW(binary_cross_entropy_with_logits(z, x));
  ROW(nn::cross_entropy(z, labels).value);
  ROW(nn::one_hot(labels, 3));
  ROW(metrics::share_equal(argmax(z, 1), labels));
  ROW(gaussian_kl(mu, s) / mu.size(0));
  ROW(mean(-0.5 * (1 + s - square(mu) - exp(s)), 0));
  ROW(mu + exp(s / 2) * narrow(r, 0, 0, 2));
  ROW(sum(square(r - x) * (x > 0)) / sum(x > 0));
}

void optimisers() {
  pytorch::Section table("Optimisers", 1e-12);
  SETUP(Variable w = Variable::parameter(Tensor({2}, {1, 2})); nn::SGD o({{"w", w}}, {.learning_rate = 0.1});)
  ROW(o.zero_grad(); backward(sum(square(w))); o.step(); w);
  ROW(nn::SGD momentum({{"w", w}}, {.learning_rate = 0.1, .momentum = 0.9}); momentum.step(); w);
  ROW(nn::RMSprop rmsprop({{"w", w}}, {.learning_rate = 0.1}); rmsprop.step(); w);
  ROW(nn::Adam adam({{"w", w}}, {.learning_rate = 0.1, .beta2 = 0.99}); adam.step(); w);
  ROW(nn::Adam adam({{"w", w}}, {.learning_rate = 0.1, .l2 = 0.2}); adam.step(); w);
  ROW(nn::AdamW adam({{"w", w}}, {.learning_rate = 0.1, .weight_decay = 0.2}); adam.step(); w);
  ROW(o.set_learning_rate(0.5); o.learning_rate());
  ROW(nn::clip_grad_norm_({{"w", w}}, 100));
  ROW(0.1 * nn::step_lr(2.0 / 10, 0.1)(3.0 / 10));
  ROW(0.1 * nn::cosine_lr()(3.0 / 10));
  ROW(0.1 * nn::one_cycle_lr()(10.0 / 10));
}

void saving_and_loading() {
  pytorch::Section table("Saving and loading", 1e-12);
  SETUP(Rng rng(1); Tensor x({2, 3}, {1, 2, 3, 4, 5, 6});
        nn::Linear network(3, 2, Activation::none, rng), other(3, 2, Activation::none, rng); fill(network);
        nn::Adam adam(network.parameters(), {.learning_rate = 0.1});)
  ROW(io::save_weights("w.safetensors", network.parameters()); io::load_weights("w.safetensors", other.parameters());
      other(x));
  ROW(io::save_checkpoint("c", network.parameters(), {&adam}, {{"epoch", "3"}});
      std::stoi(io::load_checkpoint("c", network.parameters(), {&adam}).at("epoch")));
  ROW(io::write_npy("x.npy", x); io::read_npy("x.npy").tensor());
}

}  // namespace

TEST_CASE("every line of docs/pytorch.md is compiled, and has the value that PyTorch gives") {
  const std::vector<std::pair<std::string, void (*)()>> sections = {{"Tensors", tensors},
                                                                    {"Random numbers", random_numbers},
                                                                    {"Indexing and shapes", indexing_and_shapes},
                                                                    {"Arithmetic", arithmetic},
                                                                    {"Reductions", reductions},
                                                                    {"Gradients", gradients},
                                                                    {"Layers", layers},
                                                                    {"Losses", losses},
                                                                    {"Optimisers", optimisers},
                                                                    {"Saving and loading", saving_and_loading}};
  const TemporaryFolder folder;
  const std::filesystem::path before = std::filesystem::current_path();
  std::filesystem::current_path(folder.path);
  for (const auto& [title, compiled] : sections) compiled();
  std::filesystem::current_path(before);
  std::set<std::string> titles{"Data"};  // tests/f32/pytorch_test.cpp
  for (const auto& [title, compiled] : sections) titles.insert(title);
  for (const pytorch::PageSection& section : pytorch::page())
    CHECK_MESSAGE(titles.contains(section.title), section.title << " is compiled by no test");
}
