#include "tests/pytorch.h"
#include <hourglass/hourglass.h>

using namespace hourglass;

namespace {

void data_() {
  pytorch::Section table("Data", 1e-6);
  SETUP(const data::Dataset digits = data::mnist(); const data::DataLoader loader(digits.train, {.batch_size = 128});)
  ROW(digits.train.count);
  ROW(digits.test.tensor().shape());
  ROW(digits.train.slice(0, 5).labels);
  ROW(const data::Images held_out = digits.train.slice(55000, 5000); held_out.slice(0, 2).tensor());
  ROW(digits.train.batch(std::vector<int>{5, 7}));
  ROW(reshape(digits.test.slice(0, 1).tensor(), {1, 1, 28, 28}));
  ROW(loader.batches());
  ROW(data::DataLoader(digits.train, {.batch_size = 128, .drop_last = true}).batches());
  ROW(data::DataLoader(digits.train.slice(0, 1000), {.batch_size = 128}).batches());
  ROW(double total = 0; for (const data::Batch& x : loader.epoch(1)) total += mean(2 * x - 1).item(); total);
  ROW(Index n = 0; for (const data::Batch& x : loader.epoch(1)) n += x.size(0); n);
}

}  // namespace

#define main  \
  declared(); \
  void first_model  // "int main() {" becomes "int declared(); void first_model() {"
#include "examples/first_model/main.cpp"
#undef main

TEST_CASE("the lines on data in docs/pytorch.md are compiled, and have the values that PyTorch gives") { data_(); }

TEST_CASE("the program at the top of docs/pytorch.md is examples/first_model, and does what the page states") {
  CHECK(pytorch::block(pytorch::read("docs/pytorch.md"), "cpp") == pytorch::read("examples/first_model/main.cpp"));
  CHECK(pytorch::block(pytorch::read("docs/pytorch.md"), "cmake") ==
        pytorch::read("examples/first_model/CMakeLists.txt"));
  const TemporaryFolder folder;
  const std::filesystem::path before = std::filesystem::current_path();
  std::filesystem::current_path(folder.path);
  first_model();
  std::filesystem::current_path(before);
  Rng rng(2);
  Model trained(rng);
  io::load_weights(folder / "weights.safetensors", trained.parameters());
  const NoGrad no_grad;
  const Tensor x = data::mnist().test.tensor();
  const Scalar nats = nn::binary_cross_entropy_with_logits(trained(x), x).value.item();
  CHECK_MESSAGE((nats > 60 && nats < 110), nats << " nats per image");
  CHECK(std::filesystem::file_size(folder / "digits.png") > 1000);
}
