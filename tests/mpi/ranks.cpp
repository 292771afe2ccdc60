// What tests/mpi/ranks.sh compares: one short training, by ranks of MPI, or by one process that takes their parts.
//
//     mpirun -n 3 ranks MODEL FILE                  writes the weights
//     ranks MODEL FILE --parts 3                    the same, in one process without MPI
//     mpirun -n 3 ranks MODEL FILE --fault KIND     rank 1 does what it should not
#include <cstdlib>
#include <functional>
#include <memory>
#include <stdexcept>
#include <string>
#include <vector>

#define main example
#include "examples/many_machines/main.cpp"  // the model of one's own
#undef main

namespace {

// A model, and the loss of some images with random numbers of a rank's own.
struct Training {
  std::shared_ptr<nn::Module> model;
  std::function<Variable(const Tensor& x, Rng& rng)> loss;
};

Training training(const std::string& name) {
  Rng rng(1);
  if (name == "undercomplete") {
    auto model = std::make_shared<models::Undercomplete>(models::Undercomplete::Sizes{784, 64, 16}, rng);
    return {model, [model](const Tensor& x, Rng&) { return model->loss(x).value; }};
  }
  if (name == "denoising") {
    auto model = std::make_shared<models::Denoising>(models::Denoising::Options{.sizes = {784, 64, 16}}, rng);
    return {model, [model](const Tensor& x, Rng& noise) { return model->loss(x, noise).value; }};
  }
  if (name == "variational") {
    auto model = std::make_shared<models::Variational>(models::Variational::Options{.hidden = {64}, .code = 8}, rng);
    return {model, [model](const Tensor& x, Rng& noise) { return model->loss(x, noise).value; }};
  }
  require(name == "own", "no model '", name, "'");
  auto model = std::make_shared<Robust>(784, rng);
  return {model, [model](const Tensor& x, Rng&) { return model->loss(x); }};
}

// Two epochs of 11 steps; the last batch has 40 images. So three ranks get 32 each, and 13, 13 and 14.
constexpr int epochs = 2;
data::DataLoader loader_of(const data::Images& images, int rank, int ranks) {
  return data::DataLoader(images, {.batch_size = 96, .shuffle = true, .rank = rank, .ranks = ranks});
}

// The random numbers of a rank in a step.
Rng noise_of(int step, int rank) {
  return Rng(2).fork(static_cast<std::uint64_t>(step)).fork(static_cast<std::uint64_t>(rank));
}

// What rank 1 does in the seventh step.
void commit(const std::string& fault, mpi::Session& ranks, const nn::Parameters& parameters) {
  if (fault == "throws") throw std::runtime_error("the disk of this machine is full");
  if (fault == "exits") std::exit(0);
  if (fault == "sums") ranks.sum(1);
  if (fault == "other") ranks.average_gradients({parameters[0]}, 1);
  if (fault == "none") ranks.average_gradients(parameters, 0);
  if (fault == "second") {
    int none = 0;
    char** nothing = nullptr;
    const mpi::Session second(none, nothing);
  }
}

void train_together(Training& it, const data::Images& images, mpi::Session& ranks, const std::string& fault) {
  nn::Adam adam(it.model->parameters());
  const data::DataLoader loader = loader_of(images, ranks.rank(), ranks.count());
  if (!ranks.is_root())  // other initial weights: the root's count
    for (const nn::Parameter& p : it.model->parameters()) Tensor(p.variable.value()).fill_(ranks.rank());
  ranks.broadcast(it.model->parameters());
  int step = 0;
  for (int epoch = 1; epoch <= epochs; ++epoch)
    for (const Tensor& x : loader.epoch(static_cast<std::uint64_t>(epoch))) {
      Rng noise = noise_of(++step, ranks.rank());
      adam.zero_grad();
      backward(it.loss(x, noise));
      if (step == 7 && ranks.rank() == 1) {
        if (fault == "returns") return;
        commit(fault, ranks, it.model->parameters());
      }
      ranks.average_gradients(it.model->parameters(), x.size(0));
      adam.step();
    }
}

// One process: Σ_r (n_r / n) g_r over the parts, by plain loops.
void train_in_parts(Training& it, const data::Images& images, int parts) {
  const nn::Parameters parameters = it.model->parameters();
  nn::Adam adam(parameters);
  int step = 0;
  for (int epoch = 1; epoch <= epochs; ++epoch)
    for (Index done = 0, next = 0; done < images.count; done = next) {
      ++step;
      std::vector<std::vector<Scalar>> total(parameters.size());
      for (int part = 0; part < parts; ++part) {
        const data::Batch x = *loader_of(images, part, parts).epoch(static_cast<std::uint64_t>(epoch), done).begin();
        next = x.done;
        Rng noise = noise_of(step, part);
        adam.zero_grad();
        backward(it.loss(x, noise));
        const Scalar share = static_cast<Scalar>(x.size(0)) / static_cast<Scalar>(next - done);
        for (std::size_t p = 0; p < parameters.size(); ++p) {
          const auto g = parameters[p].variable.grad().values();
          total[p].resize(g.size());
          for (std::size_t i = 0; i < g.size(); ++i) {
            const Scalar term = share * g[i];
            total[p][i] = part == 0 ? term : total[p][i] + term;
          }
        }
      }
      for (std::size_t p = 0; p < parameters.size(); ++p)
        parameters[p].variable.set_grad(Tensor(parameters[p].variable.shape(), total[p]));
      adam.step();
    }
}

}  // namespace

int main(int argc, char** argv) try {
  set_threads(1);  // one core a rank
  require(argc == 3 || argc == 5, "usage: ranks MODEL FILE [--parts R | --fault KIND]");
  const std::string option = argc == 5 ? argv[3] : "";
  Training it = training(argv[1]);
  const data::Images images = data::mnist().train.first(1000);
  if (option == "--parts") {
    train_in_parts(it, images, std::atoi(argv[4]));
    io::save_weights(argv[2], it.model->parameters());
    return 0;
  }
  mpi::Session ranks(argc, argv);
  train_together(it, images, ranks, option == "--fault" ? argv[4] : "");
  if (ranks.is_root()) io::save_weights(argv[2], it.model->parameters());
  return 0;
} catch (const std::exception& e) {
  return std::fprintf(stderr, "%s\n", e.what()), 1;
}
