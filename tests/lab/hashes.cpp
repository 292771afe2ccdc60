// What tests/lab/compilers.sh compares: a hash of what each op gives, forward and backward, and of three models after
// eight steps.
#include <cinttypes>
#include <cstdio>
#include <functional>
#include <string>

#include <hourglass/autograd/backward.h>
#include <hourglass/autograd/ops.h>
#include <hourglass/models/adversarial.h>
#include <hourglass/models/undercomplete.h>
#include <hourglass/models/variational.h>
#include <hourglass/nn/adam.h>
#include <hourglass/tensor/parallel.h>

using namespace hourglass;

namespace {

// FNV-1a of the numbers' bytes.
struct Hash {
  std::uint64_t value = 14695981039346656037u;
  void add(const Tensor& x) {
    for (const Scalar number : x.values()) {
      const auto* bytes = reinterpret_cast<const unsigned char*>(&number);
      for (std::size_t i = 0; i < sizeof number; ++i) value = (value ^ bytes[i]) * 1099511628211u;
    }
  }
};

void print(const char* name, const Hash& hash) { std::printf("%s %016" PRIx64 "\n", name, hash.value); }

void op(const char* name, const std::function<Variable(const Variable&)>& f, const Shape& shape = {64, 256}) {
  Rng rng(5);
  const Variable x = Variable::parameter(rng.uniform(shape, Scalar(0.1), 3));
  const Variable y = f(x);
  Hash forward, backward;
  forward.add(y.value());
  backward.add(grad(y, x, Graph::free, rng.uniform(y.shape(), -1, 1)).value());
  print(name, forward);
  print((std::string(name) + "_backward").c_str(), backward);
}

void model(const char* name, const nn::Parameters& parameters, Rng& rng,
           const std::function<void(const Tensor&)>& step) {
  for (int i = 0; i < 8; ++i) step(rng.uniform({128, 784}));
  Hash hash;
  for (const auto& parameter : parameters) hash.add(parameter.variable.value());
  print(name, hash);
}

void ops() {
  Rng rng(6);
  const Tensor W = rng.uniform({256, 96}, -1, 1), c = rng.uniform({96}), filters = rng.uniform({8, 4, 3, 3}, -1, 1),
               other = rng.uniform({64, 256}, Scalar(0.1), 3), ones = rng.uniform({256}), bias = rng.uniform({8});
  op("add", [&](const Variable& x) { return add(x, other); });
  op("mul", [&](const Variable& x) { return mul(x, other); });
  op("div", [&](const Variable& x) { return div(other, x); });
  op("exp", [](const Variable& x) { return exp(x); });
  op("log", [](const Variable& x) { return log(x); });
  op("sqrt", [](const Variable& x) { return sqrt(x); });
  op("pow", [](const Variable& x) { return pow(x, Scalar(1.7)); });
  op("relu", [](const Variable& x) { return relu(x); });
  op("elu", [](const Variable& x) { return elu(affine(x, 1, -1)); });
  op("gelu", [](const Variable& x) { return gelu(x); });
  op("silu", [](const Variable& x) { return silu(x); });
  op("sigmoid", [](const Variable& x) { return sigmoid(x); });
  op("tanh", [](const Variable& x) { return tanh(x); });
  op("softplus", [](const Variable& x) { return softplus(x); });
  op("softmax", [](const Variable& x) { return softmax(x, -1); });
  op("log_softmax", [](const Variable& x) { return log_softmax(x, -1); });
  op("sum", [](const Variable& x) { return sum(x); });
  op("sum_axis", [](const Variable& x) { return sum(x, 0); });
  op("logsumexp", [](const Variable& x) { return logsumexp(x, 1); });
  op("matmul", [&](const Variable& x) { return matmul(x, W); });
  op("linear", [&](const Variable& x) { return linear(x, transpose(Variable(W)), c); });
  op("conv2d", [&](const Variable& x) { return conv2d(x, filters, bias, {2, 1}); }, {8, 4, 14, 14});
  op("avg_pool2d", [](const Variable& x) { return avg_pool2d(x, 2); }, {8, 4, 14, 14});
  op("layer_norm", [&](const Variable& x) { return layer_norm(x, ones, ones); });
  op("squared_difference", [&](const Variable& x) { return squared_difference(x, other); });
  op("binary_cross_entropy_with_logits", [&](const Variable& x) { return binary_cross_entropy_with_logits(x, other); });
  op("gaussian_kl", [&](const Variable& x) { return gaussian_kl(x, other); });
  Hash uniform, normal;
  uniform.add(rng.uniform({10000}));
  normal.add(rng.normal({10000}));
  print("uniform", uniform), print("normal", normal);
}

void models_of_three_kinds() {
  const auto update = [](nn::Adam& adam, const Loss& loss) {
    adam.zero_grad();
    backward(loss.value);
    adam.step();
  };
  Rng rng(7);
  models::Undercomplete plain({}, rng);
  nn::Adam adam(plain.parameters());
  model("undercomplete", plain.parameters(), rng, [&](const Tensor& x) { update(adam, plain.loss(x)); });
  models::Variational vae({}, rng);
  nn::Adam of_vae(vae.parameters());
  model("variational", vae.parameters(), rng, [&](const Tensor& x) { update(of_vae, vae.loss(x, rng)); });
  models::Gan gan({}, rng);
  nn::Adam discriminator(gan.discriminator.parameters()), generator(gan.generator.parameters());
  model("adversarial", gan.parameters(), rng, [&](const Tensor& x) {
    update(discriminator, gan.discriminator_loss(x, rng));
    update(generator, gan.generator_loss(x.size(0), rng));
  });
}

}  // namespace

int main() {
  set_threads(1);
  ops();
  models_of_three_kinds();
}
