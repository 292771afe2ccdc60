// A model of one's own, that of examples/own_model, trained by several processes on one machine or on many. The ten
// lines marked MPI are all that a program for one process lacks.
//
//     mpirun -n 2 -x OMP_NUM_THREADS=1 many_machines DATA [EPOCHS] [--resume]
//
// trains on DATA ("mnist", or a folder of PNG and JPEG files). After each epoch it writes weights.safetensors, and
// checkpoint.safetensors, from which --resume goes on.
#include <hourglass/hourglass.h>
#include <hourglass/io/mpi/mpi.h>  // MPI

#include <cstdio>
#include <cstdlib>
#include <exception>
#include <string>

using namespace hourglass;

struct Robust : models::Autoencoder {
  Robust(Index pixels, Rng& rng) {
    encoder = nn::mlp({pixels, 128, 16}, Activation::relu, Activation::none, rng);
    decoder = nn::mlp({16, 128, pixels}, Activation::relu, Activation::sigmoid, rng);
  }
  // L, the mean over the images: [n, pixels] to one number
  Variable loss(const Tensor& x) {
    const double eps = 0.05;
    const Variable difference = decode(encode(x)) - x;
    return sum(sqrt(square(difference) + eps * eps) - eps) / x.size(0);
  }
};

int main(int argc, char** argv) try {
  mpi::Session ranks(argc, argv);  // MPI
  if (argc < 2) {
    std::puts("usage: many_machines DATA [EPOCHS] [--resume]");
    return 2;
  }
  const int epochs = argc > 2 ? std::atoi(argv[2]) : 5;
  const bool resume = std::string(argv[argc - 1]) == "--resume";

  const data::Dataset pictures = data::open(argv[1]);
  const data::DataLoader loader(pictures.train, {.batch_size = 128,
                                                 .shuffle = true,
                                                 .rank = ranks.rank(),      // MPI
                                                 .ranks = ranks.count()});  // MPI
  Rng rng(1);
  Robust model(pictures.train.pixels_per_image(), rng);
  nn::Adam adam(model.parameters(), {.learning_rate = 1e-3});
  if (resume && ranks.is_root())  // MPI: the root alone
    io::load_checkpoint("checkpoint.safetensors", model.parameters(), {&adam});
  ranks.broadcast(model.parameters());  // MPI
  ranks.broadcast(adam.state());        // MPI
  const long done = adam.steps() / long(loader.batches());  // epochs
  for (long epoch = done + 1; epoch <= epochs; ++epoch) {
    double total = 0;
    for (const Tensor& x : loader.epoch(epoch)) {
      const Variable loss = model.loss(x);
      adam.zero_grad();
      backward(loss);
      ranks.average_gradients(model.parameters(), x.size(0));  // MPI
      adam.step();
      total += double(loss.item()) * double(x.size(0));
    }
    total = ranks.sum(total);        // MPI
    if (!ranks.is_root()) continue;  // MPI: files and terminal belong to the root
    std::printf("epoch %ld: %.3f an image\n", epoch, total / double(loader.images()));
    io::save_checkpoint("checkpoint.safetensors", model.parameters(), {&adam}, {});
    io::save_weights("weights.safetensors", model.parameters());
  }
  return 0;
} catch (const std::exception& e) {
  std::fprintf(stderr, "%s\n", e.what());
  return 1;
}
