#include <fcntl.h>
#include <sys/wait.h>
#include <unistd.h>

#include <csignal>
#include <fstream>
#include <nlohmann/json.hpp>

#include "io/reader.h"
#include "tests/check.h"

using namespace hourglass;

namespace {

const std::string lesson = HOURGLASS_BINARY "/lessons/01_encoder_decoder";

int run(const std::string& arguments) {
  const int status = std::system(("'" + lesson + "' --quick " + arguments + " >/dev/null 2>&1").c_str());
  return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
}

io::Bytes weights(const std::string& folder) { return io::read_file(folder + "/weights.safetensors", 1 << 24); }

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

TEST_CASE("a run leaves what the contract says") {
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

TEST_CASE("Ctrl-C saves and exits with 130") {
  const TemporaryFolder folder;
  const pid_t child = fork();
  if (child == 0) {
    dup2(open("/dev/null", O_WRONLY), STDOUT_FILENO);
    execl(lesson.c_str(), lesson.c_str(), "--epochs", "100", "--out", (folder / "a").c_str(), nullptr);
    std::_Exit(127);
  }
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
