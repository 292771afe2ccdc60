// PyTorch in C++ (Debian's libtorch), as its users would run it: with_libtorch WORKLOAD THREADS FILE STEPS SECONDS DATA
#include <cblas.h>
#include <torch/torch.h>

#include "bench/peers/contender.h"

namespace {

namespace nn = torch::nn;
namespace F = torch::nn::functional;
using torch::Tensor;
using Step = std::function<Tensor()>;
using Activation = std::function<Tensor(const Tensor&)>;

std::map<std::string, Tensor> inputs;

// Starts from the file's weights.
void load(nn::Module& module, const std::string& prefix = "") {
  const torch::NoGradGuard mode;
  for (auto& p : module.named_parameters()) p.value().copy_(inputs.at(prefix + p.key()));
}

std::shared_ptr<torch::optim::Adam> adam(const nn::Module& module) {  // Python's has a fused form, this one has none
  return std::make_shared<torch::optim::Adam>(module.parameters());
}

nn::Sequential mlp(const std::vector<int>& sizes, const Activation& inner, const Activation& last = {}) {
  nn::Sequential layers;
  for (std::size_t i = 0; i + 1 < sizes.size(); ++i) {
    layers->push_back(nn::Linear(sizes[i], sizes[i + 1]));
    if (i + 2 < sizes.size()) {
      layers->push_back(nn::Functional(inner));
    } else if (last) {
      layers->push_back(nn::Functional(last));
    }
  }
  return layers;
}

struct Autoencoder : nn::Module {
  nn::Sequential encoder, decoder;
  Autoencoder(const nn::Sequential& e, const nn::Sequential& d)
      : encoder(register_module("encoder", e)), decoder(register_module("decoder", d)) {}
  Tensor forward(const Tensor& x) { return decoder->forward(encoder->forward(x)); }
};
using Model = std::shared_ptr<Autoencoder>;

Model model_of(const nn::Sequential& encoder, const nn::Sequential& decoder) {
  const auto model = std::make_shared<Autoencoder>(encoder, decoder);
  load(*model);
  return model;
}

Model deep(const std::vector<int>& sizes) {
  return model_of(mlp(sizes, torch::relu), mlp({sizes.rbegin(), sizes.rend()}, torch::relu, torch::sigmoid));
}

// A step that minimises loss().
Step training(const Model& model, const Step& loss) {
  return [=, optimizer = adam(*model)] {
    model->zero_grad(true);  // forgets gradients, as Python's optimizer does; the optimizer's own writes zeros
    const Tensor value = loss();
    value.backward();
    optimizer->step();
    return value;
  };
}

Tensor bce(const Tensor& logits, const Tensor& target) { return F::binary_cross_entropy_with_logits(logits, target); }

// Cross-entropy in nats, summed over an image, averaged over images.
Tensor per_image(const Tensor& logits, const Tensor& x) {
  using Options = F::BinaryCrossEntropyWithLogitsFuncOptions;
  return F::binary_cross_entropy_with_logits(logits, x, Options().reduction(torch::kSum)) / x.size(0);
}

Step autoencoder(const Model& model, const Tensor& x) {
  return training(model, [=] { return F::mse_loss(model->forward(x), x); });
}

Step variational(const Tensor& x, const Tensor& noise) {
  const Model model = model_of(mlp({784, 400, 40}, torch::relu), mlp({20, 400, 784}, torch::relu));
  return training(model, [=] {
    const auto q = model->encoder->forward(x).chunk(2, 1);
    const Tensor &mean = q[0], &log_variance = q[1];
    const Tensor h = mean + torch::exp(0.5 * log_variance) * noise;
    const Tensor kl = 0.5 * (mean.square() + log_variance.exp() - 1 - log_variance).sum() / x.size(0);
    return per_image(model->decoder->forward(h), x) + kl;
  });
}

Step convolutional(const Tensor& x) {
  const auto conv = [](int in, int out) { return nn::Conv2d(nn::Conv2dOptions(in, out, 3).stride(2).padding(1)); };
  const auto transposed = [](int in, int out) {
    return nn::ConvTranspose2d(nn::ConvTranspose2dOptions(in, out, 3).stride(2).padding(1).output_padding(1));
  };
  const nn::Sequential encoder(conv(1, 16), nn::ReLU(), conv(16, 32), nn::ReLU(), nn::Flatten(), nn::Linear(1568, 32));
  const nn::Sequential decoder(nn::Linear(32, 1568), nn::ReLU(), nn::Unflatten(nn::UnflattenOptions(1, {32, 7, 7})),
                               transposed(32, 16), nn::ReLU(), transposed(16, 1), nn::Sigmoid());
  return autoencoder(model_of(encoder, decoder), x.reshape({-1, 1, 28, 28}));
}

Step adversarial(const Tensor& x, const Tensor& z) {
  nn::Sequential g = mlp({64, 256, 784}, torch::relu, torch::sigmoid);
  nn::Sequential d = mlp({784, 256, 1}, [](const Tensor& y) { return torch::leaky_relu(y, 0.2); });
  load(*g, "generator.");
  load(*d, "discriminator.");
  const Tensor ones = torch::ones({x.size(0), 1}), zeros = torch::zeros({x.size(0), 1});
  return [=, adam_g = adam(*g), adam_d = adam(*d), of_g = g->parameters()]() mutable {
    const Tensor fake = g->forward(z);
    d->zero_grad(true);
    const Tensor value = bce(d->forward(x), ones) + bce(d->forward(fake.detach()), zeros);
    value.backward();
    adam_d->step();
    g->zero_grad(true);
    bce(d->forward(fake), ones).backward({}, {}, false, of_g);
    adam_g->step();
    return value;
  };
}

Step contractive(const Tensor& x, const Tensor& v) {
  const Model model = model_of(mlp({784, 256, 64}, torch::sigmoid, torch::sigmoid), mlp({64, 784}, torch::sigmoid));
  const Tensor seen = x.clone().requires_grad_();
  return [=, optimizer = adam(*model), parameters = model->parameters()] {
    model->zero_grad(true);
    const Tensor h = model->encoder->forward(seen);
    const Tensor slope = torch::autograd::grad({h}, {seen}, {v}, {}, true)[0];
    const Tensor loss = per_image(model->decoder->forward(h), x) + 0.1 * slope.square().sum() / x.size(0);
    loss.backward({}, {}, false, parameters);
    optimizer->step();
    return loss;
  };
}

Step encoding(const Tensor& x) {
  const Model model = deep({784, 1000, 500, 250, 30});
  return [=, batches = x.split(512)] {
    const c10::InferenceMode mode;
    Tensor h;
    for (const Tensor& batch : batches) h = model->encoder->forward(batch);
    return h;
  };
}

Step reading(const std::string& data) {
  return [=] { return torch::tensor(static_cast<float>(contender::training_set(data).first.size(0))); };
}

Step start(const std::string& workload, const std::string& data) {
  const Tensor x = inputs["images"], noise = inputs["noise"];
  if (workload == "a" || workload == "h") return autoencoder(deep({784, 128, 32}), x);
  if (workload == "b128" || workload == "b512") return autoencoder(deep({784, 1000, 500, 250, 30}), x);
  if (workload == "c") return variational(x, noise);
  if (workload == "d") return convolutional(x);
  if (workload == "e") return adversarial(x, noise);
  if (workload == "f") return contractive(x, noise);
  if (workload == "g") return encoding(x);
  if (workload == "i") return reading(data);
  TORCH_CHECK(false, "there is no workload '", workload, "'");
}

}  // namespace

int main(int argc, char** argv) {
  if (argc != 7) {
    std::fprintf(stderr, "expected WORKLOAD THREADS FILE STEPS SECONDS DATA\n");
    return 2;
  }
  const std::string workload = argv[1], data = argv[6];
  const int threads = std::atoi(argv[2]);
  torch::set_num_threads(threads);
  openblas_set_num_threads(threads);  // libtorch sets OpenMP's threads, which Debian's OpenBLAS does not use
  at::globalContext().setFlushDenormal(true);
  inputs = contender::read_inputs(argv[3]);
  std::pair<Tensor, Tensor> held;
  if (workload == "b128" || workload == "b512") held = contender::training_set(data);
  contender::take_part(start(workload, data), std::atoi(argv[4]), std::atof(argv[5]));
}
