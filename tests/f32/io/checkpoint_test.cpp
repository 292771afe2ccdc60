#include <hourglass/io/checkpoint.h>

#include <algorithm>

#include <hourglass/autograd/backward.h>
#include <hourglass/io/safetensors.h>
#include <hourglass/models/undercomplete.h>
#include <hourglass/nn/adam.h>
#include <hourglass/nn/batch_norm.h>
#include "tests/check.h"

using namespace hourglass;

namespace {

struct Trained {
  Rng rng;
  models::Undercomplete model;
  nn::Adam adam;
  Trained() : rng(1), model({.input = 20, .hidden = 8, .code = 3}, rng), adam(model.parameters()) {}
  void steps(int count) {
    for (int i = 0; i < count; ++i) {
      adam.zero_grad();
      backward(model.loss(rng.uniform({16, 20})).value);
      adam.step();
    }
  }
};

bool same(const nn::Parameters& a, const nn::Parameters& b) {
  return std::ranges::equal(a, b, [](const nn::Parameter& p, const nn::Parameter& q) {
    return p.name == q.name && std::ranges::equal(p.variable.value().values(), q.variable.value().values());
  });
}

}  // namespace

TEST_CASE("a checkpoint holds all that training needs to go on, bit for bit") {
  const TemporaryFolder folder;
  Trained whole, first;
  whole.steps(9);
  first.steps(4);
  io::save_checkpoint(folder / "c", first.model.parameters(), {&first.adam}, {{"note", "kept"}});
  Trained second;
  const auto notes = io::load_checkpoint(folder / "c", second.model.parameters(), {&second.adam});
  CHECK(notes.at("note") == "kept");
  second.rng.set_state(first.rng.state());
  second.steps(5);
  CHECK(same(second.model.parameters(), whole.model.parameters()));
}

TEST_CASE("weights are named as PyTorch names them, and only fit their model") {
  const TemporaryFolder folder;
  Rng rng(1);
  models::Undercomplete small({.input = 20, .hidden = 8, .code = 3}, rng),
      other({.input = 20, .hidden = 9, .code = 3}, rng);
  io::save_weights(folder / "w", small.parameters());
  const io::Archive archive = io::load(folder / "w");
  std::vector<std::string> names;
  for (const io::Entry& entry : archive.entries) names.push_back(entry.name);
  CHECK(names == std::vector<std::string>{"encoder.0.weight", "encoder.0.bias", "encoder.2.weight", "encoder.2.bias",
                                          "decoder.0.weight", "decoder.0.bias", "decoder.2.weight", "decoder.2.bias"});
  const Tensor before = other.parameters()[0].variable.value().clone();
  CHECK_FAILS(io::load_weights(folder / "w", other.parameters()),
              "encoder.0.weight is F32 [8, 20], expected [9, 20]; encoder.0.bias is");
  CHECK(std::ranges::equal(before.values(), other.parameters()[0].variable.value().values()));
  nn::Parameters half = small.parameters();
  half.resize(7);
  half.push_back({"extra", Tensor::zeros({2})});
  CHECK_FAILS(io::load_weights(folder / "w", half), "missing extra [2]; surplus decoder.2.bias [20]");
}

TEST_CASE("a counter is a whole number, as PyTorch has it") {
  const TemporaryFolder folder;
  nn::BatchNorm norm(2), again(2);
  const nn::Parameters parameters = norm.parameters(), others = again.parameters();
  for (int i = 0; i < 3; ++i) norm.forward(Tensor({2, 2}, {1, 2, 3, 5}));
  io::save_weights(folder / "w", parameters);
  CHECK(io::load(folder / "w").at("num_batches_tracked").integers() == std::vector<std::int64_t>{3});
  io::load_weights(folder / "w", others);
  CHECK(again.batches.item() == 3);
  CHECK(std::ranges::equal(again.running_var.values(), norm.running_var.values()));
}

TEST_CASE("a checkpoint of another format is refused") {
  const TemporaryFolder folder;
  Trained it;
  io::save_checkpoint(folder / "c", it.model.parameters(), {&it.adam}, {});
  io::Archive archive = io::load(folder / "c");
  archive.metadata["format"] = "99";
  io::save(folder / "c", archive);
  CHECK_FAILS(io::load_checkpoint(folder / "c", it.model.parameters(), {&it.adam}),
              "a checkpoint in format 99; this version of the library reads format 3");
  archive.metadata.erase("format");
  io::save(folder / "c", archive);
  CHECK_FAILS(io::load_checkpoint(folder / "c", it.model.parameters(), {&it.adam}), "not a checkpoint");
}
