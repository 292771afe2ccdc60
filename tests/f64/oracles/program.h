#pragma once
#include <cmath>
#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include <hourglass/autograd/ops.h>
#include <hourglass/io/safetensors.h>

/// The cases of one file under tests/oracles (tools/python/oracles.py describes them).
struct Oracle {
  explicit Oracle(const std::string& name);
  hourglass::Tensor at(std::size_t n, const std::string& what) const;

  hourglass::io::Archive archive;
  nlohmann::json index, unsupported;
};

/// Runs a program over our ops: its inputs are numbered first, then its instructions; the last one is the result.
hourglass::Variable run_program(const nlohmann::json& program, std::vector<hourglass::Variable> values);

/// Cotangent c: number j is sin(0.7 + c + 1.3 j).
hourglass::Tensor cotangent(const hourglass::Shape& shape, int c);

/// The largest difference, in units of the largest entry of what is expected (of 1e-3 where that is smaller: a gradient
/// that should vanish is nothing but rounding). Infinite where shapes differ or what is expected is not finite.
double distance(const hourglass::Tensor& found, const hourglass::Tensor& expected);
