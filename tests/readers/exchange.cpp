// What PyTorch is to read of ours, and what is to be read of PyTorch's: see exchange.py beside it.
//   exchange write DIR   trains two small autoencoders and writes NAME.safetensors, NAME_in.npy, NAME_code.npy,
//                        NAME_out.npy
//   exchange read DIR    reads NAME_theirs.safetensors and NAME_in.npy, and writes NAME_ours_of_theirs.npy
#include <cstdio>
#include <string_view>

#include "autograd/backward.h"
#include "io/checkpoint.h"
#include "io/network.h"
#include "io/npy.h"
#include "nn/convolution.h"
#include "nn/linear.h"
#include "nn/loss.h"
#include "nn/normalization.h"

using namespace hourglass;

namespace {

struct Model {
  std::string name;
  nn::Sequential encoder, decoder;
  Shape input;

  Variable reconstruct(const Variable& x) { return decoder.forward(encoder.forward(x)); }
  void train(bool training) {
    encoder.train(training);
    decoder.train(training);
  }
  nn::Parameters parameters() const {
    nn::Parameters all;
    encoder.collect(all, "encoder.");
    decoder.collect(all, "decoder.");
    return all;
  }
};

Model convolutional(Rng& rng) {
  Model model{"convolutional", {}, {}, {16, 1, 12, 12}};
  model.encoder.add(nn::Conv2d({1, 4, 3, 2, 1}, Activation::relu, rng))
      .add(nn::BatchNorm(4))
      .add(nn::Conv2d({4, 8, 3, 2, 1}, Activation::none, rng));
  model.decoder.add(nn::ConvTranspose2d({8, 4, 3, 2, 1, 1}, Activation::relu, rng))
      .add(nn::BatchNorm(4))
      .add(nn::ConvTranspose2d({4, 1, 3, 2, 1, 1}, Activation::sigmoid, rng));
  return model;
}

Model dense(Rng& rng) {
  Model model{"dense", {}, {}, {16, 50}};
  model.encoder.add(nn::Linear(50, 20, Activation::tanh, rng))
      .add(nn::LayerNorm(20))
      .add(nn::Linear(20, 20, Activation::leaky_relu, rng))
      .add(nn::Linear(20, 20, Activation::gelu, rng))
      .add(nn::Linear(20, 20, Activation::silu, rng))
      .add(nn::Linear(20, 5, Activation::none, rng));
  model.decoder.add(nn::Linear(5, 20, Activation::relu, rng)).add(nn::Linear(20, 50, Activation::sigmoid, rng));
  return model;
}

void write(Model& model, const std::string& path, Rng& rng) {
  nn::Adam adam(model.parameters(), {.learning_rate = Scalar(1e-2)});
  for (int i = 0; i < 20; ++i) {
    const Tensor x = rng.uniform(model.input);
    adam.zero_grad();
    backward(nn::squared_error(model.reconstruct(x), x).value);
    adam.step();
  }
  model.train(false);
  const Tensor x = rng.uniform(model.input);
  const Tensor code = model.encoder.forward(x).value();
  io::save_weights(path + ".safetensors", model.parameters(),
                   {{"network.encoder", io::describe(model.encoder, "encoder.")},
                    {"network.decoder", io::describe(model.decoder, "decoder.")}});
  io::write_npy(path + "_in.npy", x);
  io::write_npy(path + "_code.npy", code);
  io::write_npy(path + "_out.npy", model.reconstruct(x).value());
}

void read(Model& model, const std::string& path) {
  io::load_weights(path + "_theirs.safetensors", model.parameters());
  model.train(false);
  const Tensor x = io::read_npy(path + "_in.npy").tensor();
  io::write_npy(path + "_ours_of_theirs.npy", model.reconstruct(x).value());
}

}  // namespace

int main(int argc, char** argv) try {
  if (argc != 3) return 2;
  Rng rng(1);
  Model models[] = {convolutional(rng), dense(rng)};
  for (Model& model : models) {
    const std::string path = std::string(argv[2]) + "/" + model.name;
    if (argv[1] == std::string_view("write")) {
      write(model, path, rng);
    } else {
      read(model, path);
    }
  }
  return 0;
} catch (const Error& error) {
  std::fprintf(stderr, "%s\n", error.what());
  return 1;
}
