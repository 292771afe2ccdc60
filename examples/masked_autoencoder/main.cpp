// A masked autoencoder (He et al. 2022), small: a digit is cut into 49 patches x_i of 4 × 4 pixels, and 37 of them,
// drawn at random for each image, are masked. The encoder gets the set V of the 12 visible patches alone, each beside
// its positional embedding P_i, which is learned. The decoder predicts every patch from the code c and its own P_j,
// which replaces the mask token. MLPs and a mean over V replace the paper's Transformer blocks.
//
//     c = mean over i ∈ V of encoder([x_i, P_i])          r_j = decoder([c, P_j])
//     L = mean over the masked patches j ∉ V, and over their pixels, of (r_j - x_j)²
//
// masked_autoencoder [EPOCHS [IMAGES]] prints L on the test set, and writes weights.safetensors and
// reconstructions.png: ten digits with their masked patches in grey, as they are predicted, and as they are.
#include <hourglass/hourglass.h>

#include <cstdio>
#include <cstdlib>

using namespace hourglass;

constexpr Index patches = 49, shown = 12, code_size = 64, position_size = 16;

// images [n, 784] to patches, a row each: [49 n, 16]; and back
Tensor to_patches(const Tensor& x) { return reshape(permute(reshape(x, {-1, 4, 7, 4}), {0, 2, 1, 3}), {-1, 16}); }
Tensor to_images(const Tensor& p) { return reshape(permute(reshape(p, {-1, 7, 4, 4}), {0, 2, 1, 3}), {-1, 784}); }

// which rows of the patches of n images are visible, 12 of each image, and which are masked
struct Mask {
  Mask(Index n, Rng& rng) {
    for (int i = 0; i < n; ++i) {
      const std::vector<int> order = rng.permutation(patches);
      for (int k = 0; k < patches; ++k) (k < shown ? visible : masked).push_back(int(patches) * i + order[k]);
    }
  }
  std::vector<int> visible, masked;
};

struct MaskedAutoencoder : nn::Module {
  explicit MaskedAutoencoder(Rng& rng)
      : encoder(nn::mlp({16 + position_size, 256, code_size}, Activation::relu, Activation::none, rng)),
        decoder(nn::mlp({code_size + position_size, 256, 16}, Activation::relu, Activation::none, rng)),
        position(Variable::parameter(rng.normal({patches, position_size}, 0, 0.3))) {}
  nn::Members members() override { return {{"encoder", encoder}, {"decoder", decoder}, {"position", position}}; }
  // all patches [49 n, 16], as they are predicted from the visible rows of x
  Variable operator()(const Tensor& x, const Mask& mask) {
    const Index n = x.size(0) / patches;
    const Variable p = reshape(broadcast_to(position, {n, patches, position_size}), {-1, position_size});
    const Variable h = encoder(cat({embedding(mask.visible, x), embedding(mask.visible, p)}, 1));
    const Variable code = mean(reshape(h, {n, shown, code_size}), 1, Keep::yes);
    return decoder(cat({reshape(broadcast_to(code, {n, patches, code_size}), {-1, code_size}), p}, 1));
  }

  nn::Sequential encoder, decoder;
  Variable position;
};

int main(int argc, char** argv) {
  const int epochs = argc > 1 ? std::atoi(argv[1]) : 10;
  const Index images = argc > 2 ? std::atoi(argv[2]) : 60000;
  Rng rng(1);
  const data::Dataset digits = data::mnist();
  const data::DataLoader loader(digits.train.slice(0, images), {.batch_size = 32, .shuffle = true});
  MaskedAutoencoder model(rng);
  nn::Adam adam(model.parameters(), {.learning_rate = 3e-3});
  for (int epoch = 1; epoch <= epochs; ++epoch)
    for (const data::Batch& batch : loader.epoch(epoch)) {
      const Tensor x = to_patches(batch);
      const Mask mask(batch.size(0), rng);
      adam.zero_grad();
      backward(mean(square(embedding(mask.masked, model(x, mask) - x))));
      adam.step();
    }
  io::save_weights("weights.safetensors", model.parameters());
  const NoGrad no_grad;
  const Tensor x = to_patches(digits.test.tensor());
  const Mask mask(digits.test.count, rng);
  const Tensor r = model(x, mask).value();
  std::printf("test: squared error of the masked patches %.4f\n", mean(square(embedding(mask.masked, r - x))).item());
  Tensor input = x.clone();
  for (int row : mask.masked)
    for (Index pixel = 0; pixel < 16; ++pixel) input.at_({row, pixel}) = 0.5;
  const auto ten = [](const Tensor& p) { return to_images(narrow(p, 0, 0, 10 * patches)); };
  io::write_file("reconstructions.png", report::rows({ten(input), ten(r), ten(x)}, 28, 28).png());
}
