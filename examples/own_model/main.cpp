// A model of one's own on pictures of one's own, outside the tree: an autoencoder whose loss forgives outliers.
//
//     h = W₂ relu(W₁ x),   r = σ(W₄ relu(W₃ h)),   L = Σ √((x - r)² + ε²) - ε      (Charbonnier et al. 1994)
//
// own_model FOLDER [EPOCHS]: trains on the PNG and JPEG files there, and writes weights.safetensors (which PyTorch's
// load_state_dict takes) and reconstructions.png.
#include <hourglass/hourglass.h>

#include <cstdio>
#include <cstdlib>
#include <exception>

using namespace hourglass;

struct Robust : models::Autoencoder {
  Robust(Index pixels, Rng& rng) {
    encoder = nn::mlp({pixels, 128, 16}, Activation::relu, Activation::none, rng);
    decoder = nn::mlp({16, 128, pixels}, Activation::relu, Activation::sigmoid, rng);
  }
  // L, the mean over the images: [n, pixels] to one number
  Variable loss(const Tensor& x) {
    const Scalar eps = Scalar(0.05);
    const Variable difference = decode(encode(x)) - x;
    return sum(sqrt(square(difference) + eps * eps) - eps) / Scalar(x.size(0));
  }
};

int main(int argc, char** argv) try {
  if (argc < 2) {
    std::puts("usage: own_model FOLDER [EPOCHS]");
    return 2;
  }
  const data::Dataset pictures = data::folder(argv[1]);
  const data::DataLoader loader(pictures.train, {.batch_size = 32, .shuffle = true});
  const int epochs = argc > 2 ? std::atoi(argv[2]) : 20;
  Rng rng(1);
  Robust model(pictures.train.pixels_per_image(), rng);
  nn::Adam adam(model.parameters(), {.learning_rate = Scalar(1e-3)});
  for (int epoch = 1; epoch <= epochs; ++epoch) {
    double total = 0;
    for (const Tensor& x : loader.epoch(epoch)) {
      const Variable loss = model.loss(x);
      adam.zero_grad();
      backward(loss);
      adam.step();
      total += double(loss.item()) * double(x.size(0));
    }
    std::printf("epoch %d: %.3f an image\n", epoch, total / double(loader.images()));
  }
  const Tensor x = pictures.test.first(10).tensor();
  io::save_weights("weights.safetensors", model.parameters());
  io::write_file("reconstructions.png", report::rows({x, model.decode(model.encode(x)).value()}, 28, 28).png());
} catch (const std::exception& e) {
  std::fprintf(stderr, "%s\n", e.what());
  return 1;
}
