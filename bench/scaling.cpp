#include "bench/scaling.h"

#include <fmt/format.h>

#include <filesystem>
#include <iostream>
#include <memory>

#include <hourglass/autograd/backward.h>
#include <hourglass/io/writer.h>
#include <hourglass/nn/adam.h>
#include <hourglass/nn/linear.h>
#include <hourglass/nn/loss.h>
#include <hourglass/report/gnuplot.h>
#include <hourglass/report/table.h>
#include <hourglass/tensor/error.h>
#include <hourglass/tensor/memory.h>
#include <hourglass/tensor/parallel.h>
#include "bench/contender.h"
#include "bench/rows.h"
#include "bench/stopwatch.h"

namespace hourglass::HOURGLASS_BUILD::bench {
namespace {

struct Sizes {
  std::vector<Index> sizes;
  Index batch = 128;
};

// The quantity that grows while the others are constant.
struct Growth {
  std::string name, label;
  std::vector<Index> values;
  Sizes (*sizes)(Index value);
};

const std::vector<Growth>& growths() {
  static const std::vector<Growth> all{
      {"batch",
       "images in a batch, network 784-128-32-128-784",
       {16, 32, 64, 128, 256, 512, 1024, 2048, 4096},
       [](Index n) {
         return Sizes{{784, 128, 32, 128, 784}, n};
       }},
      {"width",
       "hidden units n, network 784-n-32-n-784, batch 128",
       {64, 128, 256, 512, 1024, 2048, 4096},
       [](Index n) {
         return Sizes{{784, n, 32, n, 784}};
       }},
      {"depth",
       "layers, 256 units between them, batch 128",
       {2, 4, 8, 16, 32, 64},
       [](Index n) {
         Sizes sizes{std::vector<Index>(static_cast<std::size_t>(n) + 1, 256)};
         sizes.sizes.front() = sizes.sizes.back() = 784;
         return sizes;
       }},
  };
  return all;
}

const Growth& growth(const std::string& name) {
  for (const Growth& g : growths())
    if (g.name == name) return g;
  fail("bench: there is no growth '", name, "', expected batch, width or depth");
}

// A quantity over the one that grows.
struct Curve {
  std::vector<double> x, y;

  // Of y ~ x^a, by least squares over the logarithms of the upper half: below it, the constant part of a step still
  // matters.
  double exponent() const {
    double n = 0, sx = 0, sy = 0, sxx = 0, sxy = 0;
    for (std::size_t i = x.size() / 2; i < x.size(); ++i) {
      const double u = std::log(x[i]), v = std::log(y[i]);
      ++n;
      sx += u;
      sy += v;
      sxx += u * u;
      sxy += u * v;
    }
    return (n * sxy - sx * sy) / (n * sxx - sx * sx);
  }
};

struct Measured {
  Curve time, memory;  // microseconds a step; MB at most in a step, of tensors
};

Measured measure(const Growth& g, int threads, const std::string& log, int rounds, double seconds) {
  Measured found;
  for (const Index value : g.values) {
    Contender process({std::filesystem::canonical("/proc/self/exe"), "point", g.name, std::to_string(value),
                       std::to_string(threads), std::to_string(seconds)},
                      log);
    const auto line = process.line();
    double megabytes = 0;
    require(line && std::sscanf(line->c_str(), "ready %lf", &megabytes) == 1, "bench: ", g.name, " ", value,
            " did not start: ", process.last_words());
    Times times;
    for (int round = 0; round < rounds; ++round) times.all.push_back(process.ask("step"));
    found.time.x.push_back(static_cast<double>(value));
    found.time.y.push_back(times.median() / 1000);
    found.memory.x.push_back(static_cast<double>(value));
    found.memory.y.push_back(megabytes);
  }
  return found;
}

void draw(const std::string& file, const Growth& g, const std::string& what, std::vector<report::Series> series) {
  report::Chart chart{what, g.label, what, std::move(series)};
  chart.log_x = chart.log_y = true;
  const report::Output png = report::png(chart);
  require(png.found, "bench: charts are drawn by gnuplot, which is not installed (Debian's package gnuplot-nox)");
  require(png.status == 0, "bench: gnuplot failed: ", png.text);
  io::write_file(file, png.text);
}

}  // namespace

void scaling(const std::string& folder, const std::string& log, int rounds, double seconds) {
  std::filesystem::create_directories(folder);
  for (const Growth& g : growths()) {
    const Measured one = measure(g, 1, log, rounds, seconds), two = measure(g, 2, log, rounds, seconds);
    report::Table table{{g.name, "ms, 1 thread", "ms, 2 threads", "MB"}, {}};
    for (std::size_t i = 0; i < one.time.x.size(); ++i)
      table.rows.push_back({fmt::format("{}", one.time.x[i]), fmt::format("{:.3g}", one.time.y[i]),
                            fmt::format("{:.3g}", two.time.y[i]), fmt::format("{:.3g}", one.memory.y[i])});
    table.rows.push_back({"exponent", fmt::format("{:.2f}", one.time.exponent()),
                          fmt::format("{:.2f}", two.time.exponent()), fmt::format("{:.2f}", one.memory.exponent())});
    std::printf("%s\n%s\n", g.label.c_str(), table.text().c_str());
    std::fflush(stdout);
    draw(folder + "/time_" + g.name + ".png", g, "Milliseconds a training step",
         {{"1 thread", one.time.x, one.time.y}, {"2 threads", two.time.x, two.time.y}});
    draw(folder + "/memory_" + g.name + ".png", g, "MB of tensors at most in a step",
         {{"1 thread", one.memory.x, one.memory.y}});
  }
}

int point(int argc, char** argv) {
  require(argc >= 6, "bench point: expected AXIS VALUE THREADS SECONDS");
  const Sizes sizes = growth(argv[2]).sizes(std::atoll(argv[3]));
  set_threads(std::atoi(argv[4]));
  Rng rng(1);
  nn::Sequential model = nn::mlp(sizes.sizes, Activation::relu, Activation::sigmoid, rng);
  nn::Adam adam(model.parameters());
  const Tensor x = rng.uniform({sizes.batch, sizes.sizes.front()});
  const auto step = [&] {
    adam.zero_grad();
    backward(nn::squared_error(model(x), x).value);
    adam.step();
  };
  for (int i = 0; i < 3; ++i) step();
  std::printf("ready %.3f\n", static_cast<double>(memory::usage().peak) / 1e6);
  std::fflush(stdout);
  Stopwatch watch(step, std::atof(argv[5]));
  for (std::string question; std::getline(std::cin, question);) {
    std::printf("%.3f\n", watch.microseconds());
    std::fflush(stdout);
  }
  return 0;
}

}  // namespace hourglass::HOURGLASS_BUILD::bench
