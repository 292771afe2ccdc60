#pragma once
#include <cmath>
#include <vector>

#include <hourglass/tensor/tensor.h>

/// 60 rows of 5 numbers in three classes that overlap: rows first … first + count - 1. In Python, with numpy as np:
///   i = np.arange(60)[:, None]; j = np.arange(5)[None, :]
///   x = np.sin(1.7*i + 0.9*j*j + 0.3*i*j) + 0.8*(j == i % 3); y = (i % 3)[:, 0]
inline hourglass::Tensor sample_rows(int first, int count) {
  hourglass::Tensor x({count, 5});
  hourglass::Scalar* to = x.write_();
  for (int i = first; i < first + count; ++i)
    for (int j = 0; j < 5; ++j) *to++ = std::sin(1.7 * i + 0.9 * j * j + 0.3 * i * j) + (j == i % 3 ? 0.8 : 0.0);
  return x;
}

inline std::vector<int> sample_labels(int first, int count) {
  std::vector<int> labels;
  for (int i = first; i < first + count; ++i) labels.push_back(i % 3);
  return labels;
}
