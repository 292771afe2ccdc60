#include "lessons/common/run_options.h"

#include <string>
#include <vector>

#include <hourglass/tensor/parallel.h>
#include "tests/check.h"

using namespace hourglass;

namespace {

RunOptions parse(std::vector<std::string> words) {
  words.insert(words.begin(), "program");
  std::vector<char*> argv;
  for (std::string& word : words) argv.push_back(word.data());
  return RunOptions::parse("99_try", static_cast<int>(argv.size()), argv.data());
}

}  // namespace

TEST_CASE("without options a lesson runs in full, on MNIST, into its own folder") {
  const RunOptions o = parse({});
  CHECK(o.lesson == "99_try");
  CHECK(o.data == "mnist");
  CHECK(o.out == "out/99_try");
  CHECK(o.epochs == 0);
  CHECK(o.seed == 1);
  CHECK(o.threads == threads());
  CHECK_FALSE(o.quick);
  CHECK_FALSE(o.resume);
  CHECK(o.save_every == 60);
}

TEST_CASE("each option of a run is read") {
  const RunOptions o = parse({"--data", "fashion", "--out", "here", "--epochs", "010", "--seed", "0", "--threads", "3",
                              "--quick", "--resume", "--save-every", "0.5"});
  CHECK(o.data == "fashion");
  CHECK(o.out == "here");
  CHECK(o.epochs == 10);
  CHECK(o.seed == 0);
  CHECK(o.threads == 3);
  CHECK(o.quick);
  CHECK(o.resume);
  CHECK(o.save_every == 0.5);
}

TEST_CASE("a value that no run can have is refused, and the option is named") {
  CHECK_FAILS(parse({"--epochs", "0"}), "--epochs");
  CHECK_FAILS(parse({"--seed", "-1"}), "--seed");
  CHECK_FAILS(parse({"--seed", "9223372036854775808"}), "--seed");
  CHECK_FAILS(parse({"--threads", "1025"}), "--threads");
  CHECK_FAILS(parse({"--save-every", "-1"}), "--save-every");
  CHECK_FAILS(parse({"--data", "\xff"}), "--data");
  CHECK_FAILS(parse({"--epoch"}), "--epoch");
}
