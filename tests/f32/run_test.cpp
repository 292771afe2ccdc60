#include "lessons/common/run.h"

#include <cmath>
#include <limits>

#include "autograd/backward.h"
#include "io/network.h"
#include "io/reader.h"
#include "io/safetensors.h"
#include "models/undercomplete.h"
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
  for ([[maybe_unused]] int epoch : run.epochs(1))
    for (const Tensor& x : run.batches(digits.train, 500)) run.log(model.loss(x));
  const io::Bytes good = io::read_file(folder / "checkpoint.safetensors", 1 << 22);
  CHECK_FAILS(run.log({Tensor::scalar(std::numeric_limits<Scalar>::quiet_NaN()), Unit::squared_error_per_image}),
              "all weights are finite still");
  Tensor weight = model.parameters()[2].variable.value();
  weight.write_()[3] = std::numeric_limits<Scalar>::infinity();
  CHECK(nn::first_not_finite(model.parameters()) == "encoder.2.weight");
  const std::string said = failure([&] { run.log({Tensor::scalar(NAN), Unit::squared_error_per_image}); });
  CHECK(said.find("the training diverges: the loss is nan in epoch 2, step 1") != std::string::npos);
  CHECK(said.find("encoder.2.weight is the first weight that is not finite") != std::string::npos);
  CHECK_FAILS(run.finish(), "a weight is not a finite number");
  CHECK(io::read_file(folder / "checkpoint.safetensors", 1 << 22) == good);
}

TEST_CASE("a run's file of weights says which networks they make") {
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
    for (const nn::Note& layer : io::parse_network(text, name)) CHECK(file.find(layer.prefix + "weight") != nullptr);
  }
  CHECK(names == "network.decoder network.encoder network.other.decoder network.other.encoder ");
}
