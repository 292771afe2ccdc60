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
  }
  void end_batch() { run.end_batch({weight, Unit::squared_error_per_image}); }
  // A whole batch.
  void train_on(const Tensor& x) {
    see(x);
    end_batch();
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

// Stopped at each of its moments and resumed, the program arrives at what it leaves undisturbed; so it does when each
// of its runs is stopped after a few moments, `piece`, of which those that a resumed run repeats are not all.
void survives(const Program& program, int first = 1, int piece = 5) {
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
  const std::string pieces = folder / "pieces";
  int status = 130, times = 0;
  while (status == 130 && ++times < 100) status = outcome(program, pieces, piece, false).first;
  CHECK(status == 0);
  CHECK(left(pieces) == whole);
}

}  // namespace

TEST_CASE("each loop over batches gives all of them, wherever it stands") {
  const TemporaryFolder folder;
  Training t({"--out", folder.path.string()});
  const auto seen = [](const Loops::Batches& batches, bool part = false) {
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
    const Loops::Batches again = t.run.batches(t.train, 4), other = t.run.batches(t.test, 4);
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
      for (const Tensor& x : t.run.batches(t.train, 5)) t.train_on(x);
      t.moment();
      t.draw();
      for (const Tensor& x : t.run.batches(t.train, 5)) t.train_on(x);
      t.draw();
      t.moment();
      t.run.end_epoch();
    }
  };
  survives(program, 6);  // the last moment of the first epoch
}

TEST_CASE("stopped in loops over other images, broken off, one in another, a run arrives at the same weights") {
  survives([](Training& t) {
    for ([[maybe_unused]] const int epoch : t.run.epochs(1)) {
      const Tensor noise = t.run.rng.uniform({1});
      for (const Tensor& x : t.run.batches(t.train, 4)) {
        t.see(x);
        if (t.run.rng.below(2) == 0) break;
        t.end_batch();
      }
      for (const Tensor& x : t.run.batches(t.train, 6)) {
        const Tensor drawn = t.run.rng.uniform({1});
        for (const Tensor& y : t.run.batches(t.test, 5)) t.train_on(y);
        t.see(x);
        t.see(drawn);
        for (const Tensor& y : t.run.batches(t.test, 3)) t.train_on(y);
        t.end_batch();
      }
      t.see(noise);
      for (const Tensor& x : t.run.batches(t.test, 4)) t.train_on(x);
      double sum = 0;
      for (const Tensor& x : t.run.batches(t.test, 4)) sum += static_cast<double>(x.data()[0] * t.weight.item());
      t.run.measure("sum", sum);
      t.moment();
      t.draw();
      t.run.end_epoch();
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
      for (const Tensor& x : t.run.batches(t.train, 5)) t.train_on(x);
      t.run.end_epoch();
    }
    CHECK((last == 1 || last == 0));
    const Tensor between = t.run.rng.uniform({1});
    for (const int epoch : t.run.epochs(1)) {
      CHECK(epoch == 2);
      t.see(between);
      for (const Tensor& x : t.run.batches(t.train, 5)) t.train_on(x);
      t.see(Tensor::full({1}, static_cast<Scalar>(before)));
      t.run.end_epoch();
    }
  });
}

TEST_CASE("stopped in a training that is broken off, a run arrives at the same weights, and is then finished") {
  survives([](Training& t) {
    for (const int epoch : t.run.epochs(5)) {
      if (epoch == 3) break;
      for (const Tensor& x : t.run.batches(t.train, 5)) t.train_on(x);
      t.run.end_epoch();
    }
    t.draw();
  });
}

TEST_CASE("a finished run that is resumed for more epochs arrives where one with as many does") {
  const TemporaryFolder folder;
  const auto train = [&](const std::string& out, const std::string& epochs) {
    Training t({"--resume", "--out", folder / out, "--epochs", epochs});
    for ([[maybe_unused]] const int epoch : t.run.epochs(1)) {
      for (const Tensor& x : t.run.batches(t.train, 5)) t.train_on(x);
      t.run.end_epoch();
    }
    t.run.rng.uniform({5});  // an evaluation that draws
    t.run.finish();
  };
  train("whole", "3");
  train("parts", "1");
  train("parts", "3");
  CHECK(left(folder / "whole") == left(folder / "parts"));
}

TEST_CASE("stopped where passes do not end with end_batch, a run repeats them and arrives at the same weights") {
  survives([](Training& t) {
    for ([[maybe_unused]] const int epoch : t.run.epochs(1)) {
      for (const data::Batch& x : t.run.batches(t.train, 3)) {
        t.see(x);
        if (x.done == 6) continue;
        t.draw();
        t.end_batch();
      }
      for (const Tensor& x : t.run.batches(t.train, 5)) {
        t.see(x);
        for (const Tensor& y : t.run.batches(t.test, 3)) t.train_on(y);
        t.see(x);
      }
      t.moment();
      t.run.end_epoch();
    }
  }, 1, 6);
}

TEST_CASE("an evaluation that fails leaves the loops as they were") {
  const TemporaryFolder folder;
  Training t({"--out", folder.path.string(), "--save-every", "0"});
  const auto evaluate = [&] {
    for ([[maybe_unused]] const int epoch : t.run.epochs(1))
      for ([[maybe_unused]] const Tensor& x : t.run.batches(t.test, 5)) fail("no evaluation");
  };
  CHECK_FAILS(evaluate(), "no evaluation");
  std::vector<bool> saved;
  for ([[maybe_unused]] const int epoch : t.run.epochs(1))
    for (const Tensor& x : t.run.batches(t.train, 5)) {
      saved.push_back(std::filesystem::exists(folder / "checkpoint.safetensors"));
      t.train_on(x);
    }
  CHECK(saved == std::vector<bool>{false, true});
}

TEST_CASE("a loop by itself saves nothing and counts nothing; the calls at the end of its passes do") {
  const TemporaryFolder folder;
  const std::string file = folder / "checkpoint.safetensors";
  Training t({"--out", folder.path.string(), "--save-every", "0", "--epochs", "2"});
  for ([[maybe_unused]] const int epoch : t.run.epochs(2))
    for (const Tensor& x : t.run.batches(t.train, 5)) t.see(x);
  CHECK_FALSE(std::filesystem::exists(file));
  for (const int epoch : t.run.epochs(2)) {
    for (const Tensor& x : t.run.batches(t.train, 5)) {
      t.train_on(x);
      CHECK(io::checkpoint_notes(file).at("epoch") == std::to_string(epoch));
    }
    CHECK(io::checkpoint_notes(file).at("losses") == "2");
    CHECK_FALSE(std::filesystem::exists(folder / "history.csv"));
    break;
  }
}

TEST_CASE("a checkpoint is written at the end of each epoch, and of the last one behind its last batch") {
  const TemporaryFolder folder;
  const std::string file = folder / "checkpoint.safetensors";
  Training t({"--out", folder.path.string(), "--save-every", "1e6", "--epochs", "2"});
  std::vector<std::string> stands;
  const auto note = [&] {
    if (!std::filesystem::exists(file)) return stands.push_back("none");
    const auto notes = io::checkpoint_notes(file);
    stands.push_back(notes.at("epoch") + ":" + notes.at("images_done"));
  };
  for ([[maybe_unused]] const int epoch : t.run.epochs(2)) {
    for (const Tensor& x : t.run.batches(t.train, 5)) t.train_on(x), note();
    for (const Tensor& x : t.run.batches(t.test, 6)) t.train_on(x), note();
    t.run.end_epoch();
    note();
  }
  CHECK(stands == std::vector<std::string>{"none", "none", "none", "2:0", "2:0", "2:10", "2:16", "2:16"});
}

TEST_CASE("killed behind its last epoch, a run makes the figures of this epoch again") {
  const TemporaryFolder folder;
  const auto program = [](Training& t) {
    t.stop_at = t.kill ? 5 : 0;
    for (const int epoch : t.run.epochs(2)) {
      for (const Tensor& x : t.run.batches(t.train, 5)) t.train_on(x);
      t.run.show("figure", "A figure", std::to_string(epoch), report::Picture(1, 1, 0));
      t.run.measure("drawn", static_cast<double>(t.run.rng.uniform({1}).item()));
      t.run.end_epoch();
    }
    if (t.kill) t.moment();
  };
  const Program whole = program;
  CHECK(outcome(whole, folder / "whole", 0, false).first == 0);
  Training killed({"--epochs", "2", "--out", folder / "killed"});
  killed.kill = true;
  CHECK_THROWS_AS(program(killed), Killed);
  std::filesystem::remove(folder / "killed/figure.png");
  std::filesystem::remove(folder / "killed/error.png");
  Training resumed({"--epochs", "2", "--resume", "--out", folder / "killed"});
  program(resumed);
  resumed.run.finish();
  CHECK(resumed.steps == 0);  // no batch again
  CHECK(std::filesystem::exists(folder / "killed/figure.png"));
  CHECK(std::filesystem::exists(folder / "killed/error.png"));
  CHECK(left(folder / "killed") == left(folder / "whole"));
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
        t.train_on(x);
      }
    }
  };
  CHECK_THROWS_AS(train(), Run::Ended);
  CHECK(t.steps == 1);
  CHECK((handler() == SIG_DFL));
}

TEST_CASE("a checkpoint that a program does not lead to is refused, and so are calls that end no pass") {
  const TemporaryFolder folder;
  const std::string out = folder.path.string(), checkpoint = folder / "checkpoint.safetensors";
  const auto two_loops = [](Training& t) {
    for ([[maybe_unused]] const int phase : {1, 2})
      for ([[maybe_unused]] const int epoch : t.run.epochs(1)) {
        for (const Tensor& x : t.run.batches(t.train, 5)) t.train_on(x);
        for (const Tensor& x : t.run.batches(t.test, 6)) t.train_on(x);
        t.run.end_epoch();
      }
  };
  const auto one_loop = [](Training& t) {
    for ([[maybe_unused]] const int epoch : t.run.epochs(1)) {
      for (const Tensor& x : t.run.batches(t.train, 5)) t.train_on(x);
      t.run.end_epoch();
    }
    t.run.finish();
  };
  const auto fewer_images = [](Training& t) {
    t.test = t.test.slice(0, 3);
    for ([[maybe_unused]] const int epoch : t.run.epochs(1)) {
      for (const Tensor& x : t.run.batches(t.train, 5)) t.train_on(x);
      for (const Tensor& x : t.run.batches(t.test, 2)) t.train_on(x);
      t.run.end_epoch();
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
}

TEST_CASE("calls that end no pass are refused, and the run goes on as without them") {
  const TemporaryFolder folder;
  const auto program = [](Training& t, bool wrong) {
    const auto refused = [&](const auto& call, const std::string& expected) {
      if (wrong) CHECK_FAILS(call(), expected);
    };
    const auto end_batch = [&] { t.end_batch(); };
    const auto end_epoch = [&] { t.run.end_epoch(); };
    refused(end_epoch, "end_epoch: epoch 1 has no loss");
    refused(end_batch, "end_batch: outside of a loop over batches in one over epochs");
    for ([[maybe_unused]] const Tensor& x : t.run.batches(t.train, 5)) refused(end_batch, "end_batch: outside");
    for ([[maybe_unused]] const int epoch : t.run.epochs(2)) {
      refused([&] { t.run.epochs(1).begin(); }, "epochs: a loop over epochs within another one");
      refused(end_batch, "end_batch: outside");
      for (const Tensor& x : t.run.batches(t.train, 5)) {
        t.train_on(x);
        refused(end_batch, "end_batch: called a second time for a batch");
        refused(end_epoch, "end_epoch: within a loop over batches");
      }
      t.run.end_epoch();
      refused(end_epoch, "has no loss: each of its batches ends with end_batch, and the epoch with one end_epoch");
    }
    t.run.finish();
  };
  for (const bool wrong : {false, true}) {
    Training t({"--out", folder / (wrong ? "wrong" : "right"), "--save-every", "0", "--epochs", "2"});
    program(t, wrong);
  }
  CHECK(left(folder / "wrong") == left(folder / "right"));
}
