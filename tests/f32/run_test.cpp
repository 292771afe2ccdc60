#include "lessons/common/run.h"

#include <sys/wait.h>
#include <unistd.h>

#include <csignal>
#include <cstdio>
#include <limits>

#include <hourglass/autograd/backward.h>
#include <hourglass/io/network.h>
#include <hourglass/io/reader.h>
#include <hourglass/io/safetensors.h>
#include <hourglass/models/undercomplete.h>
#include <hourglass/nn/adam.h>
#include "tests/check.h"

using namespace hourglass;

TEST_CASE("a diverging run stops, names step and weight, and leaves the last good checkpoint") {
  const TemporaryFolder folder;
  std::string out = folder.path.string();
  std::vector<std::string> words = {"lesson", "--quick", "--out", out};
  std::vector<char*> argv;
  for (std::string& word : words) argv.push_back(word.data());
  Run run("01_encoder_decoder", "A title", "A question?", static_cast<int>(argv.size()), argv.data());
  const data::Dataset digits = run.dataset();
  models::Undercomplete model({.input = 784, .hidden = 8, .code = 2}, run.rng);
  nn::Adam adam(model.parameters(), {});
  run.keep(model.parameters(), {&adam});
  for ([[maybe_unused]] int epoch : run.epochs(1)) {
    for (const Tensor& x : run.batches(digits.train, 500)) run.end_batch(model.loss(x));
    run.end_epoch();
  }
  const auto diverge = [&] {
    for ([[maybe_unused]] int epoch : run.epochs(1))
      for ([[maybe_unused]] const Tensor& x : run.batches(digits.train, 500))
        run.end_batch({Tensor::scalar(std::numeric_limits<Scalar>::quiet_NaN()), Unit::squared_error_per_image});
  };
  const io::Bytes good = io::read_file(folder / "checkpoint.safetensors", 1 << 22);
  CHECK_FAILS(diverge(), "all weights are finite still");
  Tensor weight = model.parameters()[2].variable.value();
  weight.write_()[3] = std::numeric_limits<Scalar>::infinity();
  CHECK(nn::first_not_finite(model.parameters()) == "encoder.2.weight");
  const std::string said = failure(diverge);
  CHECK(said.find("the training diverges: the loss is nan in epoch 2, step 1") != std::string::npos);
  CHECK(said.find("encoder.2.weight is the first weight that is not finite") != std::string::npos);
  CHECK_FAILS(run.finish(), "a weight is not a finite number");
  CHECK(io::read_file(folder / "checkpoint.safetensors", 1 << 22) == good);
}

namespace {

bool ends_at_once(int signal) {
  struct sigaction action {};
  sigaction(signal, nullptr, &action);
  return action.sa_handler == SIG_DFL;
}

// Two epochs; `evaluate` is called after each.
void train(const std::string& out, const std::function<void(Run& run)>& evaluate) {
  std::string threads = "--threads", one = "1", out_option = "--out", folder = out, name = "lesson", quick = "--quick",
              epochs = "--epochs", two = "2";
  char* argv[] = {name.data(),    quick.data(), epochs.data(),     two.data(),
                  threads.data(), one.data(),   out_option.data(), folder.data()};
  std::signal(SIGINT, SIG_DFL);  // doctest has its own
  std::signal(SIGTERM, SIG_DFL);
  Run run("01_encoder_decoder", "A title", "A question?", 8, argv);
  const data::Dataset digits = run.dataset();
  models::Undercomplete model({.input = 784, .hidden = 8, .code = 2}, run.rng);
  run.keep(model.parameters(), {});
  CHECK(ends_at_once(SIGINT));
  for ([[maybe_unused]] int epoch : run.epochs(1)) {
    for (const Tensor& x : run.batches(digits.train, 500)) {
      CHECK_FALSE(ends_at_once(SIGTERM));
      run.end_batch(model.loss(x));
    }
    evaluate(run);
    run.end_epoch();
  }
  CHECK(ends_at_once(SIGINT));
  CHECK(ends_at_once(SIGTERM));
}

}  // namespace

TEST_CASE("before and after training, Ctrl-C ends a run at once") {
  const TemporaryFolder folder;
  train(folder.path.string(), [](Run&) { CHECK_FALSE(ends_at_once(SIGINT)); });
}

TEST_CASE("Ctrl-C while a run evaluates an epoch saves, and exits with 130") {
  const TemporaryFolder folder;
  const pid_t child = ::fork();
  if (child == 0) {
    std::freopen("/dev/null", "w", stdout);
    try {
      train(folder.path.string(), [](Run&) { std::raise(SIGTERM); });
    } catch (const Run::Ended& end) {
      std::_Exit(end.status);
    }
    std::_Exit(1);
  }
  int status = 0;
  ::waitpid(child, &status, 0);
  CHECK(WIFEXITED(status));
  CHECK(WEXITSTATUS(status) == 130);
  const io::Archive saved = io::load(folder / "checkpoint.safetensors");
  CHECK(saved.metadata.at("epoch") == "2");
  CHECK(saved.metadata.at("images_done") == "0");
}

TEST_CASE("a run's file of weights describes its networks") {
  const TemporaryFolder folder;
  std::string out = folder.path.string();
  std::vector<std::string> words = {"lesson", "--quick", "--out", out};
  std::vector<char*> argv;
  for (std::string& word : words) argv.push_back(word.data());
  Run run("01_encoder_decoder", "A title", "A question?", static_cast<int>(argv.size()), argv.data());
  models::Undercomplete one({.input = 20, .hidden = 8, .code = 2}, run.rng),
      other({.input = 20, .hidden = 8, .code = 3}, run.rng);
  nn::Parameters all;
  run.add(all, "", one), run.add(all, "other.", other);
  run.keep(all, {});
  CHECK(run.finish() == 0);
  const io::Archive file = io::load(folder / "weights.safetensors");
  std::string names;
  for (const auto& [name, text] : file.metadata) {
    names += name + " ";
    for (const nn::LayerSpec& layer : io::parse_network(text, name))
      CHECK(file.find(layer.prefix + "weight") != nullptr);
  }
  CHECK(names == "network.decoder network.encoder network.other.decoder network.other.encoder ");
}
