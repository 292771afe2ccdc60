// A gated recurrent unit (Cho et al. 2014, in PyTorch's form) reads the 28 rows of a digit from top to bottom, and a
// linear layer classifies the digit by the last hidden state. x_t is row t, h_t the hidden state, h_0 = 0:
//
//     r = σ(W_r x_t + U_r h_{t-1})            reset gate
//     z = σ(W_z x_t + U_z h_{t-1})            update gate
//     n = tanh(W_n x_t + r ⊙ U_n h_{t-1})     candidate
//     h_t = (1 - z) ⊙ n + z ⊙ h_{t-1},        logits = V h_28       (biases are left out here)
//
// recurrent_digits [EPOCHS [IMAGES]] prints the accuracy on the test set and writes weights.safetensors.
#include <hourglass/hourglass.h>

#include <cstdio>
#include <cstdlib>

using namespace hourglass;

struct GatedRecurrentUnit : nn::Module {
  GatedRecurrentUnit(Index inputs, Index hidden, Rng& rng)
      : size(hidden),
        input(inputs, 3 * hidden, Activation::none, rng),
        recurrent(hidden, 3 * hidden, Activation::none, rng) {}
  nn::Members members() override { return {{"input", input}, {"recurrent", recurrent}}; }
  // one step: h_t from x_t and h_{t-1}; a has the three products with W, b those with U
  Variable operator()(const Variable& x, const Variable& h) {
    const std::vector<Variable> a = split(input(x), size, 1);
    const std::vector<Variable> b = split(recurrent(h), size, 1);
    const Variable reset = sigmoid(a[0] + b[0]);
    const Variable update = sigmoid(a[1] + b[1]);
    const Variable candidate = tanh(a[2] + reset * b[2]);
    return (1 - update) * candidate + update * h;
  }

  Index size;
  nn::Linear input, recurrent;
};

struct Classifier : nn::Module {
  explicit Classifier(Rng& rng) : cell(28, 64, rng), head(64, 10, Activation::none, rng) {}
  nn::Members members() override { return {{"cell", cell}, {"head", head}}; }
  // [n, 784] to the logits of the classes, [n, 10]
  Variable operator()(const Tensor& x) {
    Variable h = Tensor::zeros({x.size(0), cell.size});
    for (Index row = 0; row < 28; ++row) h = cell(narrow(x, 1, 28 * row, 28), h);
    return head(h);
  }

  GatedRecurrentUnit cell;
  nn::Linear head;
};

int main(int argc, char** argv) {
  const int epochs = argc > 1 ? std::atoi(argv[1]) : 5;
  const Index images = argc > 2 ? std::atoi(argv[2]) : 60000;
  Rng rng(1);
  const data::Dataset digits = data::mnist();
  const data::DataLoader loader(digits.train.slice(0, images), {.batch_size = 64, .shuffle = true});
  Classifier model(rng);
  nn::Adam adam(model.parameters(), {.learning_rate = 2e-3});
  for (int epoch = 1; epoch <= epochs; ++epoch) {
    for (const data::Batch& x : loader.epoch(epoch)) {
      const Loss loss = nn::cross_entropy(model(x), x.labels);
      adam.zero_grad();
      backward(loss.value);
      nn::clip_grad_norm_(model.parameters(), 1);
      adam.step();
    }
    const NoGrad no_grad;
    const std::vector<int> predicted = argmax(model(digits.test.tensor()).value(), 1);
    std::printf("epoch %d: test accuracy %.3f\n", epoch, metrics::share_equal(predicted, digits.test.labels));
  }
  io::save_weights("weights.safetensors", model.parameters());
}
