#include "lessons/common/checkpoint.h"

#include <hourglass/io/checkpoint.h>
#include "tests/check.h"

using namespace hourglass;

namespace {

const Checkpoint::Owner owner{{"lesson", "99_try"}, {"training images", "10"}};

}  // namespace

TEST_CASE("a run's checkpoint holds where it stands, bit for bit") {
  const TemporaryFolder folder;
  const Checkpoint checkpoint(folder / "c", owner);
  CHECK_FALSE(checkpoint.exists());
  const nn::Parameters parameters{{"w", Variable::parameter(Tensor({2}, {1, 2}))}};
  Standing at;
  at.position = "here";
  at.epoch = 3;
  at.epochs = 8;
  at.images = 640;
  at.losses = 5;
  at.loss_sum = 0.1 + 0.2;
  at.seconds = 1.0 / 3;
  at.unit = "nats per image";
  at.history.set(1, "training", 2.0 / 7);
  at.finished = true;
  checkpoint.save(at, parameters, {});
  CHECK(checkpoint.exists());
  Tensor weight = parameters[0].variable.value();
  weight.fill_(0);
  const Standing found = checkpoint.restore(parameters, {});
  CHECK(weight.at({1}) == 2);
  CHECK(found.position == "here");
  CHECK(found.epoch == 3);
  CHECK(found.epochs == 8);
  CHECK(found.images == 640);
  CHECK(found.losses == 5);
  CHECK(found.loss_sum == 0.1 + 0.2);
  CHECK(found.seconds == 1.0 / 3);
  CHECK(found.unit == "nats per image");
  CHECK(found.history.csv() == at.history.csv());
  CHECK(found.finished);
}

TEST_CASE("a checkpoint of another run, of an earlier version or with numbers of no run is refused") {
  const TemporaryFolder folder;
  const std::string file = folder / "c";
  Checkpoint(file, owner).save({}, {}, {});
  CHECK(Checkpoint(file, owner).read().epoch == 1);
  CHECK_FAILS(Checkpoint(file, {{"lesson", "98_other"}}).read(),
              "c: of another run: its lesson is '99_try', here it is");
  CHECK_FAILS(Checkpoint(file, {{"training images", "9"}}).read(), "its training images are '10', here it is '9'");
  CHECK_FAILS(Checkpoint(file, {{"data", "mnist"}}).read(), "its data is '', here it is 'mnist'");
  const auto refuses = [&](const std::string& name, const std::string& value, const std::string& expected) {
    auto notes = io::checkpoint_notes(file);
    notes[name] = value;
    io::save_checkpoint(folder / "wrong", {}, {}, notes);
    CHECK_FAILS(Checkpoint(folder / "wrong", owner).read(), expected);
  };
  refuses("epoch", "0", "epoch 0, images done 0, losses 0, their sum 0, 0 seconds: a run does not stand there");
  refuses("images_done", "-1", "images done -1");
  refuses("losses", "-1", "losses -1");
  refuses("epoch", "two", "wrong: its note 'epoch' is 'two', expected a whole number");
  refuses("loss_sum", "1,5", "its note 'loss_sum' is '1,5', expected a number");
  refuses("loss_sum", "nan", "their sum nan");
  refuses("loss_sum", "inf", "their sum inf");
  refuses("seconds", "nan", "nan seconds");
  refuses("seconds", "-1", "-1 seconds");
  refuses("history", "no history", "wrong: ");
  auto notes = io::checkpoint_notes(file);
  notes.erase("position");
  io::save_checkpoint(file, {}, {}, notes);
  CHECK_FAILS(Checkpoint(file, owner).read(), "an earlier version of the library wrote it, without the position");
}
