// What PyTorch and onnxruntime are to read of ours, and what is to be read of PyTorch's: see exchange.py and
// onnx_files.py beside it. Every model of models/ that has a network, small, and two networks of all layers.
//   exchange write DIR   trains each a little and writes MODEL.safetensors, and for each of its networks
//                        MODEL.NETWORK.onnx, MODEL.NETWORK.in.npy and MODEL.NETWORK.out.npy: what goes in, what comes
//                        out
//   exchange read DIR    reads MODEL.theirs.safetensors and MODEL.NETWORK.in.npy, and writes MODEL.NETWORK.theirs.npy
#include <algorithm>
#include <cstdio>
#include <functional>
#include <memory>
#include <string_view>

#include <hourglass/autograd/backward.h>
#include <hourglass/autograd/ops.h>
#include <hourglass/io/checkpoint.h>
#include <hourglass/io/network.h>
#include <hourglass/io/npy.h>
#include <hourglass/io/onnx/onnx.h>
#include <hourglass/models/adversarial.h>
#include <hourglass/models/adversarial_autoencoder.h>
#include <hourglass/models/conditional.h>
#include <hourglass/models/contractive.h>
#include <hourglass/models/convolutional.h>
#include <hourglass/models/deep.h>
#include <hourglass/models/denoising.h>
#include <hourglass/models/hashing.h>
#include <hourglass/models/importance_weighted.h>
#include <hourglass/models/linear_autoencoder.h>
#include <hourglass/models/made.h>
#include <hourglass/models/overcomplete.h>
#include <hourglass/models/regularized.h>
#include <hourglass/models/sparse.h>
#include <hourglass/models/stacked.h>
#include <hourglass/models/top_k.h>
#include <hourglass/models/undercomplete.h>
#include <hourglass/models/variational.h>
#include <hourglass/models/vector_quantized.h>
#include <hourglass/models/wasserstein_autoencoder.h>
#include <hourglass/models/wasserstein_gan.h>
#include <hourglass/models/winner_take_all.h>
#include <hourglass/nn/adam.h>
#include <hourglass/nn/batch_norm.h>
#include <hourglass/nn/conv2d.h>
#include <hourglass/nn/labels.h>
#include <hourglass/nn/layer_norm.h>
#include <hourglass/nn/linear.h>
#include <hourglass/nn/loss.h>
#include <hourglass/tensor/layout.h>

using namespace hourglass;

namespace {

constexpr Index n = 16, input = 50, code = 6;
const std::vector<int> labels = {0, 1, 2, 3, 0, 1, 2, 3, 0, 1, 2, 3, 0, 1, 2, 3};

// What one of a model's networks gives, by the model's own function: not by what is written down of it.
struct Net {
  std::string name;
  Shape input;
  std::function<Variable(const Variable& x)> run;
};

struct Example {
  std::string name;
  nn::Parameters parameters;
  nn::Networks networks;
  Shape images;
  std::vector<Net> nets;
  std::function<Variable(const Tensor& x, Rng& rng)> loss;
  std::function<void()> done = [] {};  // it has learned, and is in use from now on
};

template <class Model>
Variable loss_of(Model& model, const Tensor& x, Rng& rng) {
  if constexpr (requires { model.loss(x, rng); }) {
    return model.loss(x, rng).value;
  } else {
    return model.loss(x).value;
  }
}

template <class Model>
std::shared_ptr<Model> keep(Model model) {
  return std::make_shared<Model>(std::move(model));
}

// A model with encode and decode, its input and its code in rows.
template <class Model>
Example pair(const std::string& name, std::shared_ptr<Model> model, Index in = input, Index out = code) {
  Example all{name, model->parameters(), model->networks(), {n, in}, {}, {}};
  all.nets = {{"encoder", {n, in}, [model](const Variable& x) { return model->encode(x); }},
              {"decoder", {n, out}, [model](const Variable& h) { return model->decode(h); }}};
  if constexpr (!std::is_same_v<Model, models::StackedDenoising>)
    all.loss = [model](const Tensor& x, Rng& rng) { return loss_of(*model, x, rng); };
  return all;
}
template <class Model>
Example pair(const std::string& name, Model made, Index in = input, Index out = code) {
  return pair(name, keep(std::move(made)), in, out);
}

Example gan(Rng& rng) {
  const auto model = keep(models::Gan(
      {.input = input, .noise = code, .generator_hidden = {20}, .discriminator_hidden = {20, 20}, .dropout = 0.3f},
      rng));
  return {"adversarial",
          model->parameters(),
          model->networks(),
          {n, input},
          {{"generator", {n, code}, [model](const Variable& z) { return model->generate(z); }},
           {"discriminator", {n, input}, [model](const Variable& x) { return model->discriminate(x); }}},
          [model](const Tensor& x, Rng& draws) {
            return model->discriminator_loss(x, draws).value + model->generator_loss(n, draws).value;
          },
          [model] { model->discriminator.eval(); }};
}

Example wasserstein_gan(Rng& rng) {
  const auto model = keep(models::WassersteinGan(
      {.input = input, .noise = code, .generator_hidden = {20, 20}, .critic_hidden = {20}}, rng));
  return {"wasserstein_gan",
          model->parameters(),
          model->networks(),
          {n, input},
          {{"generator", {n, code}, [model](const Variable& z) { return model->generate(z); }},
           {"critic", {n, input}, [model](const Variable& x) { return model->score(x); }}},
          [model](const Tensor& x, Rng& draws) {
            return model->critic_loss(x, draws).value + model->generator_loss(n, draws).value;
          }};
}

Example adversarial_autoencoder(Rng& rng) {
  const auto model = keep(
      models::AdversarialAutoencoder({.input = input, .hidden = {20}, .code = code, .discriminator_hidden = 20}, rng));
  return {"adversarial_autoencoder",
          model->parameters(),
          model->networks(),
          {n, input},
          {{"encoder", {n, input}, [model](const Variable& x) { return model->encode(x); }},
           {"decoder", {n, code}, [model](const Variable& h) { return model->decode(h); }},
           {"discriminator", {n, code}, [model](const Variable& h) { return model->discriminate(h); }}},
          [model](const Tensor& x, Rng& draws) {
            return model->loss(x).value + model->discriminator_loss(x, draws).value + model->encoder_loss(x).value;
          }};
}

// The label stands behind the image, and behind the code, in the same row.
Example conditional(Rng& rng) {
  Index classes = 4;
  const auto model = keep(models::Conditional({.input = input, .classes = classes, .hidden = {20}, .code = code}, rng));
  const auto with_label = [classes](Index size, const auto& f) {
    return Net{"", {n, size + classes}, [size, classes, f](const Variable& both) {
                 std::vector<int> asked;
                 const Tensor one_hot = narrow(both, 1, size, classes).value();
                 for (Index i = 0; i < one_hot.numel(); ++i)
                   if (one_hot.data()[i] == 1) asked.push_back(static_cast<int>(i % classes));
                 return f(narrow(both, 1, 0, size), asked);
               }};
  };
  Net encoder = with_label(input, [model](const Variable& x, const auto& y) { return model->encode(x, y); });
  Net decoder = with_label(code, [model](const Variable& h, const auto& y) { return model->decode(h, y); });
  encoder.name = "encoder", decoder.name = "decoder";
  return {"conditional",      model->parameters(),
          model->networks(),  {n, input},
          {encoder, decoder}, [model](const Tensor& x, Rng& draws) { return model->loss(x, labels, draws).value; }};
}

Example stacked(Rng& rng) {
  const auto model = keep(models::StackedDenoising({.sizes = {input, 20, code}, .classes = 4}, rng));
  Example all = pair("stacked", model);
  all.nets.push_back({"classifier", {n, input}, [model](const Variable& x) { return model->classify(x); }});
  all.loss = [model](const Tensor& x, Rng& draws) {
    return model->layer_loss(0, x, draws).value + model->layer_loss(1, x, draws).value +
           model->class_loss(x, labels).value;
  };
  return all;
}

// Two networks that are no model of ours, with the layers and activations that the models leave out.
struct Layers : models::Autoencoder {
  Loss loss(const Tensor& x) { return nn::squared_error(decode(encode(x)), x); }
};

Example layers_of_images(Rng& rng) {
  const auto model = keep(Layers{});
  model->encoder.add(nn::Conv2d({1, 4, 3, 2, 1}, Activation::relu, rng))
      .add(nn::BatchNorm(4))
      .add(nn::Conv2d({4, 8, 3, 2, 1}, Activation::none, rng));
  model->decoder.add(nn::ConvTranspose2d({8, 4, 3, 2, 1, 1}, Activation::relu, rng))
      .add(nn::BatchNorm(4))
      .add(nn::ConvTranspose2d({4, 1, 3, 2, 1, 1}, Activation::sigmoid, rng));
  return {"layers_of_images",
          model->parameters(),
          model->networks(),
          {n, 1, 12, 12},
          {{"encoder", {n, 1, 12, 12}, [model](const Variable& x) { return model->encode(x); }},
           {"decoder", {n, 8, 3, 3}, [model](const Variable& h) { return model->decode(h); }}},
          [model](const Tensor& x, Rng&) { return model->loss(x).value; },
          [model] { model->encoder.eval(), model->decoder.eval(); }};
}

Example layers_of_rows(Rng& rng) {
  Layers model;
  model.encoder.add(nn::Linear(input, 20, Activation::tanh, rng))
      .add(nn::LayerNorm(20))
      .add(nn::Linear(20, 20, Activation::leaky(0.2), rng))
      .add(nn::Linear(20, 20, Activation::gelu, rng))
      .add(nn::Linear(20, 20, Activation::silu, rng))
      .add(nn::Linear(20, code, Activation::none, rng));
  model.decoder.add(nn::Linear(code, 20, Activation::relu, rng)).add(nn::Linear(20, input, Activation::sigmoid, rng));
  return pair("layers_of_rows", std::move(model));
}

std::vector<Example> examples(Rng& rng) {
  using namespace models;
  std::vector<Example> all;
  all.push_back(layers_of_images(rng));
  all.push_back(layers_of_rows(rng));
  all.push_back(gan(rng));
  all.push_back(adversarial_autoencoder(rng));
  all.push_back(conditional(rng));
  all.push_back(pair("contractive", Contractive({.input = input, .code = code}, rng)));
  all.push_back(pair("convolutional", Convolutional({.side = 10, .channels = {4, 8}, .code = code}, rng), 100));
  all.push_back(pair("deep", Deep({.sizes = {input, 30, 20, code}}, rng)));
  all.push_back(pair("denoising", Denoising({.sizes = {input, 20, code}}, rng)));
  all.push_back(pair("hashing", Hashing({.input = input, .hidden = {20}, .bits = code}, rng)));
  all.push_back(pair("importance_weighted",
                     ImportanceWeighted({.input = input, .hidden = {20, 20}, .code = code, .draws = 3}, rng)));
  all.push_back(
      pair("linear_autoencoder", LinearAutoencoder({.input = input, .code = code, .weight_penalty = 0.1f}, rng)));
  all.push_back(pair("made", Made({.input = input, .hidden = {30, 20}, .shuffled = true}, rng), input, 20));
  all.push_back(pair("overcomplete", Overcomplete({.input = input, .code = 60}, rng), input, 60));
  all.push_back(pair("regularized", Regularized({.input = input, .hidden = {20}, .code = code}, rng)));
  all.push_back(pair("sparse", Sparse({.input = input, .code = 60, .weight = 1e-3f}, rng), input, 60));
  all.push_back(stacked(rng));
  all.push_back(pair("top_k", TopK({.input = input, .code = 60, .active = 5}, rng), input, 60));
  all.push_back(pair("undercomplete", Undercomplete({.input = input, .hidden = 20, .code = code}, rng)));
  all.push_back(pair("variational", Variational({.input = input, .hidden = {20}, .code = code}, rng)));
  all.push_back(pair("vector_quantized",
                     VectorQuantized({.input = input, .hidden = 20, .parts = 3, .width = 2, .entries = 8}, rng)));
  all.push_back(
      pair("wasserstein_autoencoder", WassersteinAutoencoder({.input = input, .hidden = {20}, .code = code}, rng)));
  all.push_back(wasserstein_gan(rng));
  all.push_back(pair("winner_take_all", WinnerTakeAll({.input = input, .code = 60}, rng), input, 60));
  return all;
}

void train(Example& model, Rng& rng) {
  nn::Adam adam(model.parameters, {.learning_rate = Scalar(1e-2)});
  for (int i = 0; i < 20; ++i) {
    adam.zero_grad();
    backward(model.loss(rng.uniform(model.images), rng));
    adam.step();
  }
  model.done();
}

// Numbers for a network; where a label stands behind them, a true one.
Tensor some_input(const Example& model, const Net& net, Rng& rng) {
  const Tensor x = rng.uniform(net.input);
  if (model.name != "conditional") return x;
  return cat({narrow(Variable(x), 1, 0, x.size(1) - 4), nn::one_hot(labels, 4)}, 1).value();
}

void write(Example& model, const std::string& path, Rng& rng) {
  train(model, rng);
  io::save_weights(path + ".safetensors", model.parameters, io::describe(model.networks));
  for (const Net& net : model.nets) {
    const Tensor x = some_input(model, net, rng);
    io::write_npy(path + "." + net.name + ".in.npy", x);
    io::write_npy(path + "." + net.name + ".out.npy", net.run(x).value());
    io::save_onnx(path + "." + net.name + ".onnx", model.networks.at(net.name), model.parameters);
  }
}

void read(Example& model, const std::string& path) {
  io::load_weights(path + ".theirs.safetensors", model.parameters);
  model.done();
  for (const Net& net : model.nets) {
    const Tensor x = io::read_npy(path + "." + net.name + ".in.npy").tensor();
    io::write_npy(path + "." + net.name + ".theirs.npy", net.run(x).value());
  }
}

}  // namespace

int main(int argc, char** argv) try {
  require(argc == 3, "usage: exchange write|read DIR");
  Rng rng(1);
  for (Example& model : examples(rng)) {
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
