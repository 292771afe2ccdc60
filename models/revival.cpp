#include <hourglass/models/revival.h>

#include <algorithm>
#include <cmath>

#include <hourglass/tensor/distances.h>
#include <hourglass/tensor/elementwise.h>
#include <hourglass/tensor/error.h>

namespace hourglass::HOURGLASS_BUILD::models {

namespace {

double length(const Scalar* v, Index size, Index step = 1) {
  double sum = 0;
  for (Index i = 0; i < size; ++i) sum += double(v[i * step]) * double(v[i * step]);
  return std::sqrt(sum);
}

// A row drawn with probability proportional to its squared length.
Index draw_row(const Tensor& rows, Rng& rng) {
  std::vector<double> until(static_cast<std::size_t>(rows.size(0)));
  double total = 0;
  for (Index i = 0; i < rows.size(0); ++i) {
    const double norm = length(rows.data() + i * rows.size(1), rows.size(1));
    until[static_cast<std::size_t>(i)] = total += norm * norm;
  }
  const double at = double(rng.uniform({1}).item()) * total;
  for (Index i = 0; i + 1 < rows.size(0); ++i)
    if (at < until[static_cast<std::size_t>(i)]) return i;
  return rows.size(0) - 1;
}

}  // namespace

Revival::Revival(Index units, int patience)
    : silent_(static_cast<std::size_t>(std::max<Index>(units, 1))), patience_(patience) {
  require(units >= 1 && patience >= 1, "Revival: ", units, " units and a patience of ", patience,
          ": both must be at least 1");
}

void Revival::watch(const Tensor& h) {
  const Index units = static_cast<Index>(silent_.size());
  require(h.dim() == 2 && h.size(1) == units, "Revival: ", h.shape(), " is not a batch of codes of ", units, " units");
  for (int& batches : silent_) ++batches;
  for (Index i = 0; i < h.numel(); ++i)
    if (h.data()[i] != 0) silent_[static_cast<std::size_t>(i % units)] = 0;
}

std::vector<Index> Revival::dead() const {
  std::vector<Index> all;
  for (std::size_t j = 0; j < silent_.size(); ++j)
    if (silent_[j] > patience_) all.push_back(static_cast<Index>(j));
  return all;
}

Index Revival::revive(const nn::Linear& encoder, const nn::Linear& decoder, const Tensor& x, const Tensor& r,
                      Rng& rng) {
  const std::vector<Index> units = dead();
  if (units.empty()) return 0;
  const Index input = x.size(1), code = static_cast<Index>(silent_.size());
  const Tensor error = x - r;  // [n, input]
  require_finite(error, "Revival: errors");
  Tensor rows = encoder.weight.value(), bias = encoder.bias.value(),
         columns = decoder.weight.value();  // [code, input], [code], [input, code]
  double living = 0;
  for (Index j = 0; j < code; ++j)
    if (silent_[static_cast<std::size_t>(j)] <= patience_) living += length(rows.data() + j * input, input);
  const Index alive = code - static_cast<Index>(units.size());
  const double typical = alive > 0 ? living / static_cast<double>(alive) : 1;
  Index revived = 0;
  for (const Index j : units) {
    const Scalar* e = error.data() + draw_row(error, rng) * input;
    const double norm = length(e, input);
    if (norm == 0) break;  // nothing is left to explain
    for (Index i = 0; i < input; ++i) {
      rows.write_()[j * input + i] = static_cast<Scalar>(double(e[i]) / norm * typical);
      columns.write_()[i * code + j] = static_cast<Scalar>(double(e[i]) / norm);
    }
    bias.write_()[j] = 0;
    silent_[static_cast<std::size_t>(j)] = 0;
    ++revived;
  }
  return revived;
}

}  // namespace hourglass::HOURGLASS_BUILD::models
