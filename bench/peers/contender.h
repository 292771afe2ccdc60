#pragma once
#include <torch/torch.h>
#include <zlib.h>

#include <array>
#include <chrono>
#include <cmath>
#include <cstdio>
#include <fstream>
#include <functional>
#include <iostream>
#include <map>
#include <nlohmann/json.hpp>
#include <string>
#include <utility>
#include <vector>

/// For a peer in C++ what contender.py is for one in Python: starts from the workload's file, prints what was computed,
/// then times itself at each command (bench/contender.h).
namespace contender {

using torch::Tensor;

/// The workload's file: weights under their names, "images", "noise".
inline std::map<std::string, Tensor> read_inputs(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  std::uint64_t size = 0;
  file.read(reinterpret_cast<char*>(&size), sizeof size);
  std::string header(size, ' ');
  file.read(header.data(), static_cast<std::streamsize>(size));
  std::map<std::string, Tensor> tensors;
  const nlohmann::json entries = nlohmann::json::parse(header);
  for (const auto& [name, entry] : entries.items()) {
    if (name == "__metadata__") continue;
    Tensor t = torch::empty(entry["shape"].get<std::vector<std::int64_t>>());
    file.seekg(static_cast<std::streamoff>(8 + size + entry["data_offsets"][0].get<std::uint64_t>()));
    file.read(static_cast<char*>(t.data_ptr()), static_cast<std::streamsize>(t.nbytes()));
    tensors[name] = t;
  }
  TORCH_CHECK(file, path, ": cannot be read");
  return tensors;
}

inline Tensor read_idx(const std::string& path, const std::vector<std::int64_t>& shape) {
  const gzFile file = gzopen(path.c_str(), "rb");
  TORCH_CHECK(file, path, ": cannot be opened");
  Tensor t = torch::empty(shape, torch::kByte);
  std::array<char, 16> header;  // four bytes, and four for each dimension
  gzread(file, header.data(), static_cast<unsigned>(4 + 4 * shape.size()));
  const int read = gzread(file, t.data_ptr(), static_cast<unsigned>(t.nbytes()));
  gzclose(file);
  TORCH_CHECK(read == static_cast<int>(t.nbytes()), path, ": is too short");
  return t;
}

/// 60,000 images and labels as bytes.
inline std::pair<Tensor, Tensor> training_set(const std::string& data) {
  return {read_idx(data + "/mnist/train-images-idx3-ubyte.gz", {60000, 28, 28}),
          read_idx(data + "/mnist/train-labels-idx1-ubyte.gz", {60000})};
}

inline double peak_megabytes() {
  std::ifstream status("/proc/self/status");
  for (std::string line; std::getline(status, line);)
    if (line.rfind("VmHWM:", 0) == 0) return std::atof(line.c_str() + 6) / 1024;
  return 0;
}

/// `step()` does what is timed once; all contenders must agree on the mean of what it returns.
inline void take_part(const std::function<Tensor()>& step, int steps, double seconds) {
  Tensor result;
  for (int i = 0; i < steps; ++i) result = step();
  std::printf("ready %.9g %.1f\n", result.to(torch::kDouble).mean().item<double>(), peak_megabytes());
  std::fflush(stdout);
  const auto microseconds = [&](int calls) {
    const auto begin = std::chrono::steady_clock::now();
    for (int i = 0; i < calls; ++i) step();
    return std::chrono::duration<double, std::micro>(std::chrono::steady_clock::now() - begin).count() / calls;
  };
  int calls = 0;
  for (std::string line; std::getline(std::cin, line);) {
    if (calls == 0) {
      microseconds(3);
      calls = std::max(1, static_cast<int>(std::ceil(seconds * 1e6 / microseconds(3))));
    }
    std::printf("%.3f\n", microseconds(calls));
    std::fflush(stdout);
  }
}

}  // namespace contender
