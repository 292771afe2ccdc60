#include <fcntl.h>
#include <unistd.h>

#include <algorithm>
#include <cmath>
#include <csignal>
#include <cstdio>
#include <functional>
#include <utility>

#include <hourglass/io/checkpoint.h>
#include <hourglass/io/reader.h>
#include "lessons/common/run.h"
#include "tests/check.h"

using namespace hourglass;

namespace {

// No line of a run among those of the tests.
struct Silence {
  int before = ::dup(STDOUT_FILENO);
  Silence() {
    std::fflush(stdout);
    const int nowhere = ::open("/dev/null", O_WRONLY);
    ::dup2(nowhere, STDOUT_FILENO);
    ::close(nowhere);
  }
  ~Silence() {
    std::fflush(stdout);
    ::dup2(before, STDOUT_FILENO);
    ::close(before);
  }
};

data::Images images(Index count, int first) {
  data::Images made{count, 1, 1, {}, {}};
  for (Index i = 0; i < count; ++i) made.pixels.push_back(static_cast<std::uint8_t>(first + 7 * i));
  return made;
}

struct Killed {};

// A run with one weight, which depends on all that was seen and drawn, and on the order of it.
struct Training {
  data::Images train = images(10, 1), test = images(6, 100);
  Tensor weight = Tensor::zeros({1});
  nn::Parameters parameters{{"weight", Variable::parameter(weight)}};
  std::vector<std::string> words;
  std::vector<char*> argv;
  int steps = 0, stop_at = 0;
  bool kill = false;
  Run run;

  explicit Training(std::vector<std::string> options)
      : words((options.insert(options.begin(), {"loops", "--threads", "1"}), std::move(options))),
        argv(pointers(words)),
        run((std::signal(SIGINT, SIG_DFL), "99_loops"), "A title", "A question?", static_cast<int>(argv.size()),
            argv.data()) {
    weight = parameters[0].variable.value();
    run.keep(parameters, {});
  }

  static std::vector<char*> pointers(std::vector<std::string>& words) {
    std::vector<char*> found;
    for (std::string& word : words) found.push_back(word.data());
    return found;
  }

  // A moment at which Ctrl-C or the end may come.
  void moment() {
    if (++steps != stop_at) return;
    if (kill) throw Killed{};
    std::raise(SIGINT);
  }
  void draw() { weight.write_()[0] = Scalar(0.9) * weight.item() + run.rng.uniform({1}).item(); }
  void see(const Tensor& x) {
    moment();
    for (const Scalar value : x.values()) weight.write_()[0] = Scalar(0.9) * weight.item() + value;
    draw();
    run.log({weight, Unit::squared_error_per_image});
  }
};

using Program = std::function<void(Training& t)>;

// What a run leaves: its weights and its history.
std::string left(const std::string& out) {
  std::string all;
  for (const char* name : {"/weights.safetensors", "/history.csv"}) {
    const io::Bytes bytes = io::read_file(out + name, 1 << 16);
    all.append(bytes.begin(), bytes.end());
  }
  return all;
}

// How the program ends (0, 130, or -1 where it was killed), and its moments.
std::pair<int, int> outcome(const Program& program, const std::string& out, int stop_at, bool kill) {
  const Silence silence;
  Training t({"--resume", "--out", out, "--save-every", kill ? "0" : "1e6"});
  t.stop_at = stop_at;
  t.kill = kill;
  try {
    program(t);
    return {t.run.finish(), t.steps};
  } catch (const Run::Ended& end) {
    return {end.status, t.steps};
  } catch (const Killed&) {
    return {-1, t.steps};
  }
}

// Stopped at each of its moments and resumed, the program arrives at what it leaves undisturbed.
void survives(const Program& program, int first = 1) {
  const TemporaryFolder folder("/dev/shm");
  const int moments = outcome(program, folder / "whole", 0, false).second;
  const std::string whole = left(folder / "whole");
  CHECK(outcome(program, folder / "whole", 0, false).first == 0);  // nothing to resume
  CHECK(left(folder / "whole") == whole);
  for (int at = first; at <= moments; ++at) {
    const bool kill = at % 3 == 0;
    const std::string out = folder / std::to_string(at);
    CAPTURE(at);
    CHECK(outcome(program, out, at, kill).first == (kill ? -1 : 130));
    CHECK(outcome(program, out, 0, kill).first == 0);
    CHECK(left(out) == whole);
    std::filesystem::remove_all(out);
  }
  const std::string pieces = folder / "pieces";  // stopped at its fifth moment again and again
  int status = 130, times = 0;
  while (status == 130 && ++times < 100) status = outcome(program, pieces, 5, false).first;
  CHECK(status == 0);
  CHECK(left(pieces) == whole);
}

}  // namespace

TEST_CASE("each loop over batches gives all of them, wherever it stands") {
  const TemporaryFolder folder;
  Training t({"--out", folder.path.string()});
  const auto seen = [](const Run::Batches& batches, bool part = false) {
    std::vector<int> all;
    for (const Tensor& x : batches) {
      for (const Scalar value : x.values()) all.push_back(static_cast<int>(std::lround(value * 255)));
      if (part) break;
    }
    return all;
  };
  const auto sorted = [](std::vector<int> values) {
    std::sort(values.begin(), values.end());
    return values;
  };
  const std::vector<int> train(t.train.pixels.begin(), t.train.pixels.end()),
      test(t.test.pixels.begin(), t.test.pixels.end());
  CHECK(sorted(seen(t.run.batches(t.train, 4))) == train);
  for (const int epoch : t.run.epochs(2)) {
    const std::vector<int> first = seen(t.run.batches(t.train, 4));
    std::vector<int> order;
    for (const int index : t.run.rng.fork(static_cast<std::uint64_t>(epoch)).permutation(10))
      order.push_back(train[static_cast<std::size_t>(index)]);
    CHECK(first == order);
    const Run::Batches again = t.run.batches(t.train, 4), other = t.run.batches(t.test, 4);
    const std::vector<int> second = seen(again);
    CHECK(sorted(second) == train);
    CHECK(second != first);
    CHECK(sorted(seen(other)) == test);
    CHECK(seen(again, true).size() == 4);
    CHECK(sorted(seen(again)) == train);
    int outer = 0;
    for (const Tensor& x : again) {
      outer += static_cast<int>(x.size(0));
      CHECK(sorted(seen(again)) == train);
      CHECK(sorted(seen(other)) == test);
    }
    CHECK(outer == 10);
  }
  CHECK(sorted(seen(t.run.batches(t.test, 4))) == test);
}

TEST_CASE("a batch has its labels") {
  const TemporaryFolder folder;
  Training t({"--out", folder.path.string()});
  for (int i = 0; i < 10; ++i) t.train.labels.push_back(t.train.pixels[static_cast<std::size_t>(i)]);
  int count = 0;
  for ([[maybe_unused]] const int epoch : t.run.epochs(1))
    for (const data::Batch& x : t.run.batches(t.train, 3))
      for (Index row = 0; row < x.size(0); ++row, ++count)
        CHECK(std::lround(x.at({row, 0}) * 255) == x.labels.at(static_cast<std::size_t>(row)));
  CHECK(count == 10);
}

TEST_CASE("stopped anywhere in two loops over the same images, a run arrives at the same weights") {
  const auto program = [](Training& t) {
    for ([[maybe_unused]] const int epoch : t.run.epochs(2)) {
      t.draw();
      for (const Tensor& x : t.run.batches(t.train, 5)) t.see(x);
      t.moment();
      t.draw();
      for (const Tensor& x : t.run.batches(t.train, 5)) t.see(x);
      t.draw();
      t.moment();
    }
  };
  survives(program, 6);  // the last moment of the first epoch
}

TEST_CASE("stopped in loops over other images, broken off, one in another, a run arrives at the same weights") {
  survives([](Training& t) {
    t.run.after_epoch([&] {
      double sum = 0;
      for (const Tensor& x : t.run.batches(t.test, 4)) sum += static_cast<double>(x.data()[0] * t.weight.item());
      t.run.measure("sum", sum);
      t.moment();
      t.draw();
    });
    for ([[maybe_unused]] const int epoch : t.run.epochs(1)) {
      const Tensor noise = t.run.rng.uniform({1});
      for (const Tensor& x : t.run.batches(t.train, 4)) {
        t.see(x);
        if (t.run.rng.below(2) == 0) break;
      }
      for (const Tensor& x : t.run.batches(t.train, 6)) {
        const Tensor drawn = t.run.rng.uniform({1});
        for (const Tensor& y : t.run.batches(t.test, 5)) t.see(y);
        t.see(x);
        t.see(drawn);
        for (const Tensor& y : t.run.batches(t.test, 3)) t.see(y);
      }
      t.see(noise);
      for (const Tensor& x : t.run.batches(t.test, 4)) t.see(x);
    }
  });
}

TEST_CASE("stopped anywhere in two phases of training, a run arrives at the same weights") {
  survives([](Training& t) {
    int last = 0;
    double before = 0;  // not kept: a resumed run computes it again
    for (const Tensor& x : t.run.batches(t.test, 4)) before = 0.5 * before + static_cast<double>(x.data()[0]);
    before += static_cast<double>(t.run.rng.uniform({1}).item());
    for (const int epoch : t.run.epochs(1)) {
      last = epoch;
      for (const Tensor& x : t.run.batches(t.train, 5)) t.see(x);
    }
    CHECK((last == 1 || last == 0));
    const Tensor between = t.run.rng.uniform({1});
    for (const int epoch : t.run.epochs(1)) {
      CHECK(epoch == 2);
      t.see(between);
      for (const Tensor& x : t.run.batches(t.train, 5)) t.see(x);
      t.see(Tensor::full({1}, static_cast<Scalar>(before)));
    }
  });
}

TEST_CASE("stopped in a training that is broken off, a run arrives at the same weights, and is then finished") {
  survives([](Training& t) {
    for (const int epoch : t.run.epochs(5)) {
      if (epoch == 3) break;
      for (const Tensor& x : t.run.batches(t.train, 5)) t.see(x);
    }
    t.draw();
  });
}

TEST_CASE("a finished run that is resumed for more epochs arrives where one with as many does") {
  const TemporaryFolder folder;
  const auto train = [&](const std::string& out, const std::string& epochs) {
    Training t({"--resume", "--out", folder / out, "--epochs", epochs});
    for ([[maybe_unused]] const int epoch : t.run.epochs(1))
      for (const Tensor& x : t.run.batches(t.train, 5)) t.see(x);
    t.run.rng.uniform({5});  // an evaluation that draws
    t.run.finish();
  };
  train("whole", "3");
  train("parts", "1");
  train("parts", "3");
  CHECK(left(folder / "whole") == left(folder / "parts"));
}

TEST_CASE("an evaluation that fails leaves the loops as they were") {
  const TemporaryFolder folder;
  Training t({"--out", folder.path.string(), "--save-every", "0"});
  const auto train = [&] {
    for ([[maybe_unused]] const int epoch : t.run.epochs(1)) continue;
  };
  t.run.after_epoch([] { fail("no evaluation"); });
  CHECK_FAILS(train(), "no evaluation");
  t.run.after_epoch([] {});
  std::filesystem::remove(folder / "checkpoint.safetensors");
  std::vector<bool> saved;
  for ([[maybe_unused]] const int epoch : t.run.epochs(1))
    for ([[maybe_unused]] const Tensor& x : t.run.batches(t.train, 5))
      saved.push_back(std::filesystem::exists(folder / "checkpoint.safetensors"));
  CHECK(saved == std::vector<bool>{false, true});
}

TEST_CASE("a second Ctrl-C ends a run at once, also in a loop that begins after the first") {
  const TemporaryFolder folder;
  Training t({"--out", folder.path.string()});
  const auto handler = [] {
    struct sigaction action {};
    sigaction(SIGINT, nullptr, &action);
    return action.sa_handler;
  };
  const auto train = [&] {
    for ([[maybe_unused]] const int epoch : t.run.epochs(1)) {
      CHECK((handler() != SIG_DFL));
      std::raise(SIGINT);
      for (const Tensor& x : t.run.batches(t.train, 5)) {
        CHECK((handler() == SIG_DFL));
        t.see(x);
      }
    }
  };
  CHECK_THROWS_AS(train(), Run::Ended);
  CHECK(t.steps == 1);
  CHECK((handler() == SIG_DFL));
}

TEST_CASE("a checkpoint that a program does not lead to is refused, and so are loops that are not nested") {
  const TemporaryFolder folder;
  const std::string out = folder.path.string(), checkpoint = folder / "checkpoint.safetensors";
  const auto two_loops = [](Training& t) {
    for ([[maybe_unused]] const int phase : {1, 2})
      for ([[maybe_unused]] const int epoch : t.run.epochs(1)) {
        for (const Tensor& x : t.run.batches(t.train, 5)) t.see(x);
        for (const Tensor& x : t.run.batches(t.test, 6)) t.see(x);
      }
  };
  const auto one_loop = [](Training& t) {
    for ([[maybe_unused]] const int epoch : t.run.epochs(1))
      for (const Tensor& x : t.run.batches(t.train, 5)) t.see(x);
    t.run.finish();
  };
  const auto fewer_images = [](Training& t) {
    t.test = t.test.slice(0, 3);
    for ([[maybe_unused]] const int epoch : t.run.epochs(1)) {
      for (const Tensor& x : t.run.batches(t.train, 5)) t.see(x);
      for (const Tensor& x : t.run.batches(t.test, 2)) t.see(x);
    }
  };
  const auto resumed = [&](const Program& program) {
    Training t({"--resume", "--out", out});
    program(t);
  };
  REQUIRE(outcome(two_loops, out, 3, false).first == 130);
  CHECK_FAILS(resumed(one_loop), "the run was stopped in a loop over batches that this program does not begin");
  CHECK_FAILS(resumed(fewer_images), "DataLoader: 6 images are done of an epoch of 3");
  REQUIRE(outcome(two_loops, out, 2, false).first == 130);  // in the second phase
  CHECK_FAILS(resumed(one_loop), "stopped in a loop over epochs that this program does not begin");
  io::save_checkpoint(checkpoint, {}, {}, [&] {
    auto notes = io::checkpoint_notes(checkpoint);
    notes.erase("position");
    return notes;
  }());
  CHECK_FAILS(resumed(one_loop), "an earlier version of the library wrote it, without the position");

  Training t({"--out", out});
  for ([[maybe_unused]] const int epoch : t.run.epochs(1)) {
    CHECK_FAILS(t.run.epochs(1).begin(), "epochs: a loop over epochs within another one");
    const Run::Batches train = t.run.batches(t.train, 5), test = t.run.batches(t.test, 5);
    auto outer = train.begin();
    const auto inner = test.begin();
    CHECK_FAILS(++outer, "batches: a loop goes on before another one, which began within it, is over");
  }
}
