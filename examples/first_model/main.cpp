#include <hourglass/hourglass.h>

#include <cstdio>

using namespace hourglass;

struct Model : nn::Module {
  explicit Model(Rng& rng)
      : encoder(nn::Linear(784, 128, Activation::relu, rng), nn::Linear(128, 32, Activation::none, rng)),
        decoder(nn::Linear(32, 128, Activation::relu, rng), nn::Linear(128, 784, Activation::none, rng)) {}
  nn::Members members() override { return {{"encoder", encoder}, {"decoder", decoder}}; }
  Variable operator()(const Variable& x) { return decoder(encoder(x)); }  // logits of the pixels

  nn::Sequential encoder, decoder;
};

int main() {
  Rng rng(1);
  const data::Dataset digits = data::mnist();
  const data::DataLoader loader(digits.train, {.batch_size = 128, .shuffle = true});
  Model model(rng);
  nn::Adam adam(model.parameters(), {.learning_rate = 1e-3});
  for (int epoch = 1; epoch <= 2; ++epoch)
    for (const data::Batch& x : loader.epoch(epoch)) {
      const Loss loss = nn::binary_cross_entropy_with_logits(model(x), x);
      adam.zero_grad();
      backward(loss.value);
      adam.step();
    }
  model.eval();
  const NoGrad no_grad;
  const Tensor x = digits.test.tensor();
  std::printf("test: %.1f nats per image\n", nn::binary_cross_entropy_with_logits(model(x), x).value.item());
  io::save_weights("weights.safetensors", model.parameters());
  const Tensor shown = narrow(x, 0, 0, 10);
  io::write_file("digits.png", report::rows({shown, sigmoid(model(shown)).value()}, 28, 28).png());
}
