// Times training steps side by side: ours, the matrix products alone, and other frameworks (bench/README.md).
#include <fmt/format.h>
#include <unistd.h>

#include <CLI/CLI.hpp>
#include <chrono>
#include <cmath>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <memory>
#include <thread>

#include <hourglass/data/mnist.h>
#include <hourglass/io/options.h>
#include <hourglass/io/writer.h>
#include <hourglass/tensor/blas.h>
#include <hourglass/tensor/error.h>
#include <hourglass/tensor/parallel.h>
#include "bench/child.h"
#include "bench/contender.h"
#include "bench/prediction.h"
#include "bench/rows.h"
#include "bench/scaling.h"
#include "bench/workloads.h"

namespace hourglass::HOURGLASS_BUILD::bench {
namespace {

struct Settings {
  std::string json, scaling;  // where to write
  std::string python;         // how to start the peers in Python, empty for none
  std::string libtorch;       // the program of the peer in C++, likewise
  std::vector<std::string> only;
  std::vector<int> threads = {1, 2};
  bool predict = false;
  int rounds = 9, steps = 5;  // how often each is timed; after how many steps the losses must agree
  double seconds = 0.2;       // how long one timing lasts
};

// How far the losses of two contenders may be apart, relatively: single precision, summed in another order.
constexpr double tolerance = 1e-3;

struct Peer {
  std::string name;
  std::vector<std::string> command;
};

std::vector<Peer> peers(const Settings& settings) {
  std::vector<Peer> all;
  const std::string folder = HOURGLASS_PEERS, &python = settings.python;
  if (!python.empty())
    all = {{"torch-eager", {python, folder + "/with_torch.py", "eager"}},
           {"torch-compile", {python, folder + "/with_torch.py", "compile"}},
           {"jax", {python, folder + "/with_jax.py"}}};
  // its OpenMP and OpenBLAS have threads of their own; those that wait actively would occupy the processors
  if (!settings.libtorch.empty())
    all.push_back({"libtorch", {"env", "OMP_WAIT_POLICY=passive", std::filesystem::absolute(settings.libtorch)}});
  return all;
}

// A contender of a workload: its command, and where its times are stored.
struct Entrant {
  std::string name;
  std::vector<std::string> command;
  Row* row;
  Times* times;
  double* peak_mb;
  std::unique_ptr<Contender> process = {};
  double checked = 0;
};

// Waits until it is ready; false where it cannot do this workload.
bool is_ready(Entrant& e) {
  const auto line = e.process->line();
  require(line.has_value(), "bench: ", e.name, " did not start: ", e.process->last_words());
  if (line->starts_with("no ")) {
    std::printf("  %s: %s\n", e.name.c_str(), line->c_str() + 3);
    return false;
  }
  require(std::sscanf(line->c_str(), "ready %lf %lf", &e.checked, e.peak_mb) == 2, "bench: ", e.name, " printed '",
          *line, "', expected 'ready NUMBER MB'");
  return true;
}

void expect_equal(const Entrant& e, const Entrant& ours) {
  require(std::abs(e.checked - ours.checked) <= tolerance * std::abs(ours.checked), "bench: ", e.name, " computes ",
          e.checked, " where ours computes ", ours.checked, ": the computations differ, so it is not timed");
}

void start(Entrant& e, const std::string& log) { e.process = std::make_unique<Contender>(e.command, log); }

// Everybody stays alive; in each round each is timed once.
void time_steps(std::vector<Entrant>& all, bool floor, const Settings& settings, const std::string& log) {
  for (Entrant& e : all) {
    start(e, log);
    if (!is_ready(e)) {
      e.process.reset();
      continue;
    }
    expect_equal(e, all[0]);
  }
  for (int round = 0; round < settings.rounds; ++round)
    for (Entrant& e : all) {
      if (!e.process) continue;
      e.times->all.push_back(e.process->ask("step"));
      if (e.name != "ours" || !floor) continue;
      e.row->panels.all.push_back(e.process->ask("panels"));
      e.row->blas.all.push_back(e.process->ask("blas"));
    }
}

// A new process each time, from its start to the word that it is ready, after its first step.
void time_starts(std::vector<Entrant>& all, const Settings& settings, const std::string& log) {
  for (int round = 0; round < settings.rounds; ++round)
    for (Entrant& e : all) {
      const auto begin = std::chrono::steady_clock::now();
      start(e, log);
      if (!is_ready(e)) continue;
      e.times->all.push_back(
          std::chrono::duration<double, std::micro>(std::chrono::steady_clock::now() - begin).count());
      expect_equal(e, all[0]);
      e.process.reset();
    }
}

std::vector<Row> measure(const Workload& work, const Settings& settings, const std::string& folder) {
  const std::string file = folder + "/" + work.name + ".safetensors", log = folder + "/log";
  Inputs inputs;
  work.start(inputs);
  inputs.save(file);
  std::vector<Row> rows(settings.threads.size());
  std::vector<Entrant> all;
  const auto enter = [&](const std::string& name, std::vector<std::string> command, Row& row, Times& times,
                         double& peak_mb) {
    const int steps = work.from_process_start ? 1 : settings.steps;
    command.insert(command.end(), {work.name, std::to_string(row.threads), file, std::to_string(steps),
                                   std::to_string(settings.seconds), data::folder_of_data()});
    all.push_back({name, command, &row, &times, &peak_mb});
  };
  for (std::size_t i = 0; i < rows.size(); ++i) {
    Row& row = rows[i];
    row.workload = work.name;
    row.what = work.what;
    row.threads = settings.threads[i];
    enter("ours", {std::filesystem::canonical("/proc/self/exe"), "child"}, row, row.ours, row.peak_mb);
    for (const Peer& peer : peers(settings))
      enter(peer.name, peer.command, row, row.peers[peer.name], row.peers_peak_mb[peer.name]);
  }
  work.from_process_start ? time_starts(all, settings, log) : time_steps(all, !work.products.empty(), settings, log);
  return rows;
}

std::string machine() {
  std::string line, model = "unknown processor";
  for (std::ifstream info("/proc/cpuinfo"); std::getline(info, line);)
    if (line.starts_with("model name")) model = line.substr(line.find(": ") + 2);
  return fmt::format("{}, {} cores, {}", model, std::thread::hardware_concurrency(), blas::describe());
}

Settings parse(int argc, char** argv) {
  Settings s;
  bool quick = false;
  CLI::App app{"Times training steps beside the matrix products alone and beside other frameworks."};
  app.add_option("--json", s.json, "write the medians into this file");
  app.add_option("--peers", s.python, "time the peers too, with this Python");
  app.add_option("--libtorch", s.libtorch, "time libtorch too, with this program")->check(CLI::ExistingFile);
  app.add_option("--only", s.only, "only these workloads")->delimiter(',');
  app.add_option("--threads", s.threads, "at these numbers of threads; 1,2 by default")
      ->delimiter(',')
      ->transform(io::whole_number(1, 1024));
  app.add_flag("--predict", s.predict, "predict steps on up to 16 cores instead, from the pieces of their loops");
  app.add_option("--scaling", s.scaling, "instead, how time and memory grow, with charts into this folder");
  app.add_option("--rounds", s.rounds, "how often each is timed")->transform(io::whole_number(1, 1000));
  app.add_option("--seconds", s.seconds, "how long one timing lasts")
      ->transform(io::real_number("seconds", 0.001, 60));
  app.add_flag("--quick", quick, "a smoke run: one short round");
  io::parse_options(app, argc, argv);
  if (quick) {
    s.rounds = 1;
    s.steps = 1;
    s.seconds = 0;
  }
  for (const std::string& name : s.only) workload(name);
  return s;
}

// A folder that goes with its owner.
struct Folder {
  std::string path = (std::filesystem::temp_directory_path() / "hourglass-bench-XXXXXX").string();
  Folder() { require(mkdtemp(path.data()) != nullptr, path, ": cannot be made"); }
  ~Folder() { std::filesystem::remove_all(path); }
};

void run(const Settings& settings) {
  const std::string where = machine();
  std::printf("%s\n", where.c_str());
  const Folder folder;
  if (!settings.scaling.empty())
    return scaling(settings.scaling, folder.path + "/log", settings.rounds, settings.seconds);
  if (settings.predict) return predict(settings.only, settings.rounds, settings.seconds);
  std::vector<Row> rows;
  for (const Workload& work : workloads()) {
    if (!settings.only.empty() && std::ranges::find(settings.only, work.name) == settings.only.end()) continue;
    std::printf("%s: %s\n", work.name.c_str(), work.what.c_str());
    std::fflush(stdout);
    for (Row& row : measure(work, settings, folder.path)) rows.push_back(std::move(row));
  }
  std::printf("\n%s", text(rows).c_str());
  if (!settings.json.empty()) io::write_file(settings.json, json(where, rows));
}

}  // namespace
}  // namespace hourglass::HOURGLASS_BUILD::bench

int main(int argc, char** argv) {
  using namespace hourglass;
  try {
    if (argc > 1 && std::string_view(argv[1]) == "child") return bench::child(argc, argv);
    if (argc > 1 && std::string_view(argv[1]) == "point") return bench::point(argc, argv);
    bench::run(bench::parse(argc, argv));
    return 0;
  } catch (const std::exception& error) {
    std::fprintf(stderr, "%s\n", error.what());
    return 1;
  }
}
