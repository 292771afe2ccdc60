#include <fcntl.h>
#include <sys/wait.h>
#include <unistd.h>

#include <csignal>
#include <fstream>
#include <nlohmann/json.hpp>

#include <hourglass/io/reader.h>
#include <hourglass/io/writer.h>
#include <hourglass/report/history.h>
#include <hourglass/report/picture.h>
#include "tests/check.h"

using namespace hourglass;

namespace {

const std::string lesson = HOURGLASS_BINARY "/lessons/01_encoder_decoder";

int run(const std::string& arguments) {
  const int status = std::system(("'" + lesson + "' --quick " + arguments + " >/dev/null 2>&1").c_str());
  return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
}

io::Bytes weights(const std::string& folder) { return io::read_file(folder + "/weights.safetensors", 1 << 24); }

// All that a lesson writes.
std::string said(const std::string& arguments, const std::string& program = lesson) {
  const TemporaryFolder folder;
  const std::string file = folder / "said";
  std::system(("'" + program + "' --quick " + arguments + " >'" + file + "' 2>&1").c_str());
  const io::Bytes bytes = io::read_file(file, 1 << 16);
  return {bytes.begin(), bytes.end()};
}

pid_t start(const std::vector<std::string>& arguments) {
  const pid_t child = fork();
  if (child != 0) return child;
  dup2(open("/dev/null", O_WRONLY), STDOUT_FILENO);
  std::vector<char*> argv{const_cast<char*>(lesson.c_str())};
  for (const std::string& argument : arguments) argv.push_back(const_cast<char*>(argument.c_str()));
  argv.push_back(nullptr);
  execv(lesson.c_str(), argv.data());
  std::_Exit(127);
}

std::map<std::string, double> metrics(const std::string& folder) {
  const io::Bytes bytes = io::read_file(folder + "/metrics.json", 1 << 20);
  return report::Metrics::parse({bytes.begin(), bytes.end()}, folder).values;
}

}  // namespace

TEST_CASE("the same seed gives the same file of weights at any thread count; another seed another") {
  const TemporaryFolder folder;
  CHECK(run("--threads 1 --out " + (folder / "one")) == 0);
  CHECK(run("--threads 2 --out " + (folder / "two")) == 0);
  CHECK(run("--threads 3 --out " + (folder / "three")) == 0);
  CHECK(run("--seed 2 --out " + (folder / "other")) == 0);
  CHECK(weights(folder / "one") == weights(folder / "two"));
  CHECK(weights(folder / "one") == weights(folder / "three"));
  CHECK(weights(folder / "one") != weights(folder / "other"));
}

TEST_CASE("a run writes the documented files") {
  const TemporaryFolder folder;
  CHECK(run("--out " + (folder / "a")) == 0);
  for (const char* name : {"report.html", "reconstructions.png", "error.png", "history.csv", "weights.safetensors",
                           "checkpoint.safetensors"})
    CHECK_MESSAGE(std::filesystem::file_size(folder.path / "a" / name) > 0, name);
  std::ifstream file(folder / "a/metrics.json");
  const auto json = nlohmann::json::parse(file);
  CHECK(json["lesson"] == "01_encoder_decoder");
  CHECK(json["metrics"]["test_squared_error_per_image"].get<double>() > 0);
}

TEST_CASE("interrupted twice and resumed, a run arrives at the weights of a whole one") {
  const TemporaryFolder folder;
  CHECK(run("--epochs 30 --out " + (folder / "whole")) == 0);
  const std::string interrupted = "--epochs 30 --resume --out " + (folder / "parts");
  for (const char* seconds : {"0.35", "0.4"})  // reading the data takes about 0.25
    CHECK(std::system(("timeout -s INT " + std::string(seconds) + " '" + lesson + "' --quick " + interrupted +
                       " >/dev/null 2>&1; [ $? -ge 124 ]")
                          .c_str()) == 0);
  CHECK(run(interrupted) == 0);
  CHECK(weights(folder / "whole") == weights(folder / "parts"));
  CHECK(run(interrupted) == 0);  // finished already
}

TEST_CASE("a run that was killed after its last epoch and before its end is brought to its end") {
  const TemporaryFolder folder;
  CHECK(run("--out " + (folder / "whole")) == 0);
  const std::string out = folder / "cut";
  // a folder stands where metrics.json, written after the weights, must go: so the run ends before its last checkpoint
  std::filesystem::create_directories(out + "/metrics.json");
  CHECK(run("--out " + out) == 1);
  std::filesystem::remove(out + "/metrics.json");
  std::filesystem::remove(out + "/weights.safetensors");
  CHECK(run("--resume --out " + out) == 0);
  CHECK(weights(folder / "whole") == weights(out));
  CHECK(metrics(folder / "whole") == metrics(out));
}

TEST_CASE("a checkpoint within an epoch is gone on from; one of another run is refused") {
  const TemporaryFolder folder;
  const std::string out = folder / "a", checkpoint = out + "/checkpoint.safetensors";
  CHECK(run("--out " + out) == 0);
  const io::Bytes whole = weights(out);
  std::filesystem::remove(checkpoint);
  const pid_t child = start({"--quick", "--save-every", "0", "--out", out});
  for (int i = 0; i < 10000 && !std::filesystem::exists(checkpoint); ++i) usleep(1000);
  kill(child, SIGKILL);
  waitpid(child, nullptr, 0);
  std::filesystem::remove(out + "/weights.safetensors");
  CHECK(said("--resume --seed 2 --out " + out).find("of another run: its seed is '1', here it is '2'") !=
        std::string::npos);
  CHECK(run("--resume --out " + out) == 0);
  CHECK(weights(out) == whole);
}

TEST_CASE("what cannot be gone on from is refused, and nothing is overwritten") {
  const TemporaryFolder folder;
  const std::string out = folder / "a", pictures = folder / "pictures";
  const auto refuses = [&](const std::string& arguments, const std::string& expected,
                           const std::string& program = lesson) {
    const std::string line = said(arguments + " --resume --out " + out, program);
    CHECK_MESSAGE(line.find(expected) != std::string::npos, line);
  };
  std::filesystem::create_directories(pictures);
  const auto save = [&](int i) {
    io::write_file(pictures + "/" + std::to_string(i) + ".png",
                   report::Picture(28, 28, static_cast<std::uint8_t>(i)).png());
  };
  for (int i = 10; i < 30; ++i) save(i);
  CHECK(run("--data " + pictures + " --out " + out) == 0);
  for (int i = 30; i < 35; ++i) save(i);
  refuses("--data " + pictures, "of another run: its training images are '16', here it is '20'");
  std::filesystem::remove_all(out);

  std::filesystem::create_directories(out + "/metrics.json");  // the run ends before it has finished
  CHECK(run("--epochs 2 --out " + out) == 1);
  const io::Bytes history = io::read_file(out + "/history.csv", 1 << 16);
  refuses("--epochs 1", "epoch 2 has begun, and this run has 1: to resume it needs --epochs 2 or more");
  CHECK(io::read_file(out + "/history.csv", 1 << 16) == history);
  refuses("", "its lesson is '01_encoder_decoder', here it is '04_undercomplete'",
          HOURGLASS_BINARY "/lessons/04_undercomplete");
}

TEST_CASE("a second run into the same folder is refused, and the first one is not disturbed") {
  const TemporaryFolder folder;
  const std::string out = folder / "a";
  const pid_t child = start({"--epochs", "100", "--save-every", "0", "--out", out});
  for (int i = 0; i < 2400 && !std::filesystem::exists(out + "/checkpoint.safetensors"); ++i) usleep(50000);
  CHECK(said("--out " + out).find("--out: another run is writing to '" + out + "'") != std::string::npos);
  kill(child, SIGKILL);
  waitpid(child, nullptr, 0);
  CHECK(run("--out " + out) == 0);
}

TEST_CASE("a run that is to be resumed and has no checkpoint reports that it starts anew") {
  const TemporaryFolder folder;
  const std::string out = folder / "a";
  CHECK(said("--resume --out " + out).find("no checkpoint in " + out + ": starting anew") != std::string::npos);
}

TEST_CASE("Ctrl-C saves and exits with 130") {
  const TemporaryFolder folder;
  const pid_t child = start({"--epochs", "100", "--out", folder / "a"});
  for (int i = 0; i < 2400 && !std::filesystem::exists(folder.path / "a/checkpoint.safetensors"); ++i) usleep(50000);
  const auto saved = [&] { return io::read_file(folder / "a/checkpoint.safetensors", 1 << 24); };
  const io::Bytes before = saved();
  kill(child, SIGINT);
  int status = 0;
  waitpid(child, &status, 0);
  CHECK(WIFEXITED(status));
  CHECK(WEXITSTATUS(status) == 130);
  CHECK(saved() != before);
}
